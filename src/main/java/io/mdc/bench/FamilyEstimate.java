package io.mdc.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.mdc.report.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What runs that share work will take on this machine.
 *
 * @param runs how many
 * @param groups that share θ, one after another
 * @param seconds of all condensations
 * @param alone seconds that they would take one by one
 * @param peakMib resident memory in MiB at its peak; 0 where the system does not tell
 * @param deviceMib memory of a device in MiB; 0 where none is used
 * @param preparations seconds, among those of all, of what is made before the first loops and is not there yet, by
 *     where it is kept; copied
 */
public record FamilyEstimate(
        int runs,
        int groups,
        double seconds,
        @JsonProperty("seconds_alone") double alone,
        @JsonProperty("peak_rss_mib") long peakMib,
        @JsonProperty("device_mib") long deviceMib,
        @JsonIgnore Map<Path, Double> preparations)
        implements Prediction {

    /** Of no run. */
    public static final FamilyEstimate NONE = new FamilyEstimate(0, 0, 0, 0, 0, 0, Map.of());

    /** Copies the map. */
    public FamilyEstimate {
        preparations = Map.copyOf(preparations);
    }

    /** This one and others after it, which find what it has made. */
    public FamilyEstimate and(FamilyEstimate next) {
        Map<Path, Double> all = new HashMap<>(preparations);
        next.preparations.forEach((folder, making) -> all.merge(folder, making, Math::max));
        double twice = sum(preparations) + sum(next.preparations) - sum(all);
        return new FamilyEstimate(
                runs + next.runs,
                groups + next.groups,
                seconds + next.seconds - twice,
                alone + next.alone - twice,
                Math.max(peakMib, next.peakMib),
                Math.max(deviceMib, next.deviceMib),
                all);
    }

    /** The estimate in one line for people. */
    @Override
    public String line() {
        return String.format(
                Locale.ROOT,
                "condensing should take %s (%d %s in %d %s%s)%s",
                text(seconds),
                runs,
                runs == 1 ? "run" : "runs",
                groups,
                groups == 1 ? "group" : "groups",
                runs == groups ? "" : oneByOne(),
                Memory.text(peakMib, deviceMib));
    }

    private String oneByOne() {
        return String.format(
                Locale.ROOT, "; one by one %s, %.1f times as long", text(alone), seconds > 0 ? alone / seconds : 1);
    }

    private static double sum(Map<Path, Double> preparations) {
        return preparations.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static String text(double seconds) {
        return Durations.text(Duration.ofMillis(Math.round(seconds * 1000)));
    }
}
