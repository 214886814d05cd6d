package io.mdc.network;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/**
 * What of a JSON text is handed on to DL4J's reader, which loads and initialises any class that the text names.
 *
 * <p>DL4J names the classes of layers, vertices, activations and the like in fields {@code @class}, and those of
 * distributions in fields {@code type}.
 */
final class NetworkJson {
    /** In bytes; the configuration of a ResNet-50 has half a million. */
    static final int LONGEST = 1 << 24;

    private static final List<String> CLASSES = List.of("@class", "type");
    private static final List<String> PACKAGES = List.of(
            "org.deeplearning4j.nn.conf.",
            "org.deeplearning4j.nn.weights.",
            "org.nd4j.linalg.activations.",
            "org.nd4j.linalg.learning.",
            "org.nd4j.linalg.lossfunctions.",
            "org.nd4j.linalg.schedule.");
    private static final String OWN = InstanceNormalization.class.getName();

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxNumberLength(50)
                    .maxStringLength(1 << 16)
                    .maxDocumentLength(LONGEST)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private NetworkJson() {}

    /**
     * The same value as a text in which nothing is named but DL4J's classes and this project's.
     *
     * @throws IOException if it is no JSON object, names another class or is out of proportion
     */
    static String checked(String json) throws IOException {
        JsonNode tree = MAPPER.readTree(json);
        if (!tree.isObject()) {
            throw new IOException("no JSON object");
        }
        for (String field : CLASSES) {
            for (JsonNode name : tree.findValues(field)) {
                requireAllowed(name);
            }
        }
        return tree.toString();
    }

    private static void requireAllowed(JsonNode name) throws IOException {
        String text = name.isTextual() ? name.textValue() : name.toString();
        if (!name.isTextual() || !(text.equals(OWN) || PACKAGES.stream().anyMatch(text::startsWith))) {
            throw new IOException("it names the class " + text + ", which is none of DL4J's");
        }
    }
}
