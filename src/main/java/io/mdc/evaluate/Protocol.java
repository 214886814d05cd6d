package io.mdc.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mdc.base.Json;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * How networks were trained and measured; results of two protocols are not to be mixed.
 *
 * @param settings text by key of all settings that shape an accuracy, in alphabetical order; copied
 * @param testImages real images they were measured on
 * @param data SHA-256 of the data set's images and labels
 * @param set {@link CondensedSet#sha256} of the condensed set
 */
public record Protocol(
        Map<String, String> settings,
        @JsonProperty("test_images") int testImages,
        String data,
        String set) {
    /** Copies the map. */
    public Protocol {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** A short name that no other protocol has. */
    public String key() {
        return brief(DigestUtils.sha256Hex(Json.line(this)));
    }

    /** What must be equal for runs to be compared: all but the condensed set and the seed. */
    Protocol comparable() {
        Map<String, String> compared = new TreeMap<>(settings);
        compared.remove(EvaluationSettings.SEED);
        return new Protocol(compared, testImages, data, "");
    }

    /** All that protocols can differ in: settings by key, and data, set and test images. */
    public Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>(settings);
        facts.put("test images", Integer.toString(testImages));
        facts.put("data", brief(data));
        facts.put("condensed set", brief(set));
        return facts;
    }

    private static String brief(String sha256) {
        return sha256.length() > 12 ? sha256.substring(0, 12) : sha256;
    }
}
