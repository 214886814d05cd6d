package io.mdc.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mdc.report.Durations;
import java.time.Duration;
import java.util.Locale;

/**
 * What runs that share work will take on this machine.
 *
 * @param runs how many
 * @param groups that share θ, one after another
 * @param seconds of all condensations
 * @param alone seconds that they would take one by one
 * @param peakMib resident memory in MiB at its peak; 0 where the system does not tell
 * @param deviceMib memory of a device in MiB; 0 where none is used
 */
public record FamilyEstimate(
        int runs,
        int groups,
        double seconds,
        @JsonProperty("seconds_alone") double alone,
        @JsonProperty("peak_rss_mib") long peakMib,
        @JsonProperty("device_mib") long deviceMib)
        implements Prediction {

    /** Of no run. */
    public static final FamilyEstimate NONE = new FamilyEstimate(0, 0, 0, 0, 0, 0);

    /** This one and others after it. */
    public FamilyEstimate and(FamilyEstimate next) {
        return new FamilyEstimate(
                runs + next.runs,
                groups + next.groups,
                seconds + next.seconds,
                alone + next.alone,
                Math.max(peakMib, next.peakMib),
                Math.max(deviceMib, next.deviceMib));
    }

    /** The estimate in one line for people. */
    @Override
    public String line() {
        return String.format(
                Locale.ROOT,
                "condensing should take %s (%d %s in %d %s; one by one %s, %.1f times as long)%s",
                text(seconds),
                runs,
                runs == 1 ? "run" : "runs",
                groups,
                groups == 1 ? "group" : "groups",
                text(alone),
                seconds > 0 ? alone / seconds : 1,
                Memory.text(peakMib, deviceMib));
    }

    private static String text(double seconds) {
        return Durations.text(Duration.ofMillis(Math.round(seconds * 1000)));
    }
}
