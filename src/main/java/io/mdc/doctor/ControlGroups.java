package io.mdc.doctor;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The limits of the control groups, of either version, that this process is in. */
final class ControlGroups {
    private static final String V2 = "sys/fs/cgroup";

    private ControlGroups() {}

    /** Bytes of memory, if there is a limit. */
    static OptionalLong memory(Surroundings here) {
        Stream<String> limits = Stream.concat(
                groups(here, V2, "0::").map(group -> group + "/memory.max"),
                groups(here, "sys/fs/cgroup/memory", "[0-9]+:memory:").map(group -> group + "/memory.limit_in_bytes"));
        // Without a limit, version 2 says "max" and version 1 a number near 2^63.
        return limits.flatMap(file -> here.text(file).stream())
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .flatMapToLong(text -> LongStream.of(Long.parseLong(text)))
                .min();
    }

    /** Cores, if there is a limit. */
    static OptionalDouble cores(Surroundings here) {
        Function<String, DoubleStream> v2 = group -> here.text(group + "/cpu.max").stream()
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,15} [1-9]\\d{0,14}"))
                .mapToDouble(text -> quotient(text.split(" ")[0], text.split(" ")[1]));
        Function<String, DoubleStream> v1 = group -> here.text(group + "/cpu.cfs_quota_us").stream()
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,15}"))
                .flatMapToDouble(quota -> here.text(group + "/cpu.cfs_period_us").stream()
                        .map(String::strip)
                        .filter(period -> period.matches("[1-9]\\d{0,14}"))
                        .mapToDouble(period -> quotient(quota, period)));
        return DoubleStream.concat(
                        groups(here, V2, "0::").flatMapToDouble(v2),
                        groups(here, "sys/fs/cgroup/cpu", "[0-9]+:(?:[a-z_]+,)*cpu(?:,[a-z_]+)*:")
                                .flatMapToDouble(v1))
                .min();
    }

    private static double quotient(String quota, String period) {
        return (double) Long.parseLong(quota) / Long.parseLong(period);
    }

    /** The directories of a process's group and of those around it, the innermost first. */
    private static Stream<String> groups(Surroundings here, String mount, String prefix) {
        return here.text("proc/self/cgroup").stream()
                .flatMap(String::lines)
                .filter(line -> line.matches(prefix + "/.*"))
                .map(line -> line.substring(line.indexOf(":/") + 1))
                .flatMap(group -> Stream.iterate(
                        group.equals("/") ? "" : group,
                        path -> path != null,
                        path -> path.isEmpty() ? null : path.substring(0, path.lastIndexOf('/'))))
                .map(group -> mount + group);
    }
}
