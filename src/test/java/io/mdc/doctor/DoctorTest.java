package io.mdc.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
    @TempDir
    private Path root;

    private MadeUpMachine machine;

    @BeforeEach
    void makeUp() {
        machine = new MadeUpMachine(root);
    }

    private Map<String, String> advice() {
        return Doctor.examine(machine.surroundings()).stream()
                .filter(finding -> finding.advice().isPresent())
                .collect(Collectors.toMap(
                        Finding::subject,
                        finding -> finding.found() + " -> " + finding.advice().orElseThrow()));
    }

    private String found(String subject) {
        return Doctor.examine(machine.surroundings()).stream()
                .filter(finding -> finding.subject().equals(subject))
                .map(Finding::found)
                .collect(Collectors.joining("\n"));
    }

    /** The advice, which is about this subject alone. */
    private String only(String subject) {
        assertEquals(List.of(subject), List.copyOf(advice().keySet()));
        return advice().get(subject);
    }

    @Test
    void aMachineThatIsWellGetsNoAdvice() {
        assertEquals(Map.of(), advice());
        assertEquals("AMD EPYC, avx2 fma avx512f avx512bw avx512vl", found("processor"));
        assertEquals("OpenBLAS 0.3.19, kernels SKYLAKEX (OPENBLAS_CORETYPE=SkylakeX)", found("BLAS"));
        assertEquals("no NVIDIA GPU; runs on the CPU", found("GPU"));
        assertTrue(found("memory").startsWith("16.0 GiB, 12.0 GiB free; fits: runs at width 16, "), found("memory"));
    }

    @Test
    void anOldProcessorRunsThePlainBuild() {
        machine.file("proc/cpuinfo", MadeUpMachine.cpu("Intel Xeon X5650", "GenuineIntel", "fpu sse4_2"))
                .libraries(() -> MadeUpMachine.libraries("plain", "NEHALEM"));
        assertTrue(
                only("processor").startsWith("Intel Xeon X5650, no avx2 or fma: the plain build"), advice().toString());
    }

    @Test
    void slowLibrariesOnAFastProcessorAreTold() {
        machine.libraries(() -> MadeUpMachine.libraries("plain", "HASWELL"));
        assertEquals(Set.of("native build", "BLAS"), advice().keySet());
        assertTrue(advice().get("BLAS")
                .endsWith("-> set OPENBLAS_CORETYPE=SkylakeX: products take half the time or less"));
    }

    @Test
    void librariesThatCannotBeLoadedStopNothingElse() {
        machine.libraries(() -> {
            throw new IllegalStateException(new UnsatisfiedLinkError("libgomp.so.1: no such file"));
        });
        assertTrue(
                only("native build").startsWith("onednn-avx2, cannot be loaded: libgomp.so.1: no such file -> remove"),
                advice().toString());
    }

    @ParameterizedTest
    @CsvSource({"9.0, false", "10.0, false", "8.9, true", "8.0, true", "7.2, true", "3.5, false", "3.7, true"})
    void aGpuForNd4jIsHeldAgainstTheMachineCodeThereIs(String capability, boolean runs) {
        machine.variable("MDC_BACKEND", "cuda");
        machine.variable("CUDA_PATH", "/opt/cuda");
        machine.nvidia("NVIDIA H100 80GB HBM3, 535.104.05, 81559 MiB, " + capability);
        String told = "NVIDIA H100 80GB HBM3, capability " + capability + ", driver 535.104.05, 81559 MiB";
        assertTrue(found("GPU").startsWith(told), found("GPU"));
        assertEquals(!runs, advice().containsKey("GPU"));
    }

    @ParameterizedTest
    @CsvSource({"12.0, true", "9.0, true", "7.0, true", "6.1, false"})
    void aGpuIsHeldAgainstWhatTheKernelsNeed(String capability, boolean runs) {
        machine.nvidia("NVIDIA H100 80GB HBM3, 535.104.05, 81559 MiB, " + capability);
        machine.driver(runs, runs ? "NVIDIA H100 80GB HBM3" : "it is too old");
        assertEquals(Map.of(), advice());
        assertTrue(
                found("GPU")
                        .endsWith(
                                runs
                                        ? "81559 MiB\n--backend cuda computes on NVIDIA H100 80GB HBM3,"
                                                + " others on the CPU (docs/gpu.md)"
                                        : ": too old for --backend cuda, which needs 7.0\n--backend cuda"
                                                + " cannot be used: it is too old; runs on the CPU"),
                found("GPU"));
    }

    /** As in a container without the driver's library, or where CUDA_VISIBLE_DEVICES is empty. */
    @Test
    void aGpuThatIsListedButNotShownToProgramsIsNotCalledUsable() {
        machine.nvidia("NVIDIA H100 80GB HBM3, 535.104.05, 81559 MiB, 9.0").driver(false, "no device");
        assertTrue(
                only("GPU")
                        .startsWith("--backend cuda cannot be used: no device; runs on the CPU -> have a container"
                                + " given the driver's capability compute"),
                only("GPU"));
        machine = new MadeUpMachine(root).driver(true, "NVIDIA H100 80GB HBM3");
        assertEquals("--backend cuda computes on NVIDIA H100 80GB HBM3, others on the CPU (docs/gpu.md)", found("GPU"));
    }

    @Test
    void aDriverThatDoesNotKnowTheCapabilityTellsTheRest() {
        machine.nvidia("Tesla V100, 418.87, 16160 MiB").driver(true, "Tesla V100");
        assertEquals(Map.of(), advice());
        assertTrue(found("GPU").startsWith("Tesla V100, capability unknown, driver 418.87, 16160 MiB\n"), found("GPU"));
        machine.nvidia("Tesla V100, 396.44, 16160 MiB").driver(false, "its driver is old");
        assertTrue(only("GPU").endsWith("-> install a driver from 410 on, which --backend cuda needs"), only("GPU"));
    }

    @Test
    void cudaThatIsWantedNeedsWhatItNeeds() {
        machine.variable("MDC_BACKEND", "cuda");
        assertTrue(only("GPU").endsWith("-> unset MDC_BACKEND to run on the CPU, or install the driver"));
        machine.nvidia("NVIDIA A100, 535.104.05, 40960 MiB, 8.0");
        assertTrue(only("GPU").endsWith("-> install CUDA 11.6, or set CUDA_PATH to it"));
        machine.variable("CUDA_PATH", "/opt/cuda");
        assertEquals(Map.of(), advice());
        machine.nvidia("Tesla V100, 418.87, 16160 MiB, 7.0");
        assertTrue(only("GPU").endsWith("-> install a driver from 450 on: CUDA 11.6 needs it"));
    }

    @Test
    void aDriverWithoutItsToolIsTold() {
        machine.file(
                "proc/driver/nvidia/version",
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023\n");
        assertTrue(only("GPU").startsWith("an NVIDIA driver 535.104.05, but nvidia-smi tells of no GPU -> "));
    }

    @Test
    void fullAndForbiddenDisksAreTold() {
        machine.place(true, 30_000_000);
        assertEquals(4, advice().size());
        assertEquals(
                "/made/up/DATA, 30 MB free: 1000 MB should be -> free some, or set MDC_DATA_DIR to another directory",
                advice().get("data and cache"));
        machine.place(false, 100 * MadeUpMachine.GIB);
        assertEquals(
                "/made/up/DATA, cannot be written -> set MDC_DATA_DIR to another directory",
                advice().get("data and cache"));
    }

    @ParameterizedTest
    @CsvSource({"US-ASCII, true", "ANSI_X3.4-1968, true", "ISO-8859-1, false", "UTF-8, false", "made-up, false"})
    void aLocaleOfAsciiIsTold(String encoding, boolean told) {
        machine.java(MadeUpMachine.java(17, encoding, true));
        assertEquals(told, advice().containsKey("locale"));
    }

    @Test
    void javaIsNewEnoughAndStartedByTheLauncher() {
        machine.java(MadeUpMachine.java(11, "UTF-8", true));
        assertTrue(only("java").endsWith("-> set JAVA_HOME to a Java 17 or newer"));
        machine.java(MadeUpMachine.java(21, "UTF-8", false));
        assertTrue(only("java").contains("not started by ./mdc -> start by ./mdc"));
    }

    @Test
    void nativeThreadsThatCompeteAreTold() {
        machine.variable("OMP_NUM_THREADS", "8");
        assertTrue(only("threads").startsWith("2 workers, one per core; OMP_NUM_THREADS=8 OPENBLAS_NUM_THREADS=1: "));
    }

    @Test
    void aContainersLimitsCount() {
        machine.file("proc/self/cgroup", "0::/box/inner\n")
                .file("sys/fs/cgroup/box/memory.max", "2147483648\n")
                .file("sys/fs/cgroup/box/inner/memory.max", "max\n")
                .file("sys/fs/cgroup/box/cpu.max", "150000 100000\n");
        assertEquals("2 of the machine's 2, control group's limit 1.5", found("cores"));
        assertTrue(found("memory").startsWith("16.0 GiB, control group's limit 2.0 GiB, 12.0 GiB free; fits: "));
        assertTrue(only("limits").endsWith("-> set MDC_HEAP to 512m and no limits in MDC_JAVA_OPTS"));
    }

    @Test
    void limitsOfVersionOneCountToo() {
        machine.file("proc/self/cgroup", "5:memory:/box\n4:cpu,cpuacct:/box\n")
                .file("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "1073741824\n")
                .file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n")
                .file("sys/fs/cgroup/cpu/box/cpu.cfs_quota_us", "50000\n")
                .file("sys/fs/cgroup/cpu/box/cpu.cfs_period_us", "100000\n");
        assertEquals("2 of the machine's 2, control group's limit 0.5", found("cores"));
        assertTrue(advice().get("memory")
                .endsWith("-> give --threads 1 and a smaller --chunk, or use a machine with more memory"));
    }

    @Test
    void memoryThatOthersHoldIsTold() {
        machine.file("proc/meminfo", "MemTotal:       16777216 kB\nMemAvailable:    1048576 kB\n");
        assertTrue(only("memory").contains("fits: runs at width 16 -> end other processes that hold memory"));
    }

    @Test
    void aBusyMachineIsTold() {
        machine.file("proc/loadavg", "3.50 0.20 0.30 1/200 4242\n");
        assertTrue(only("cores").startsWith("2 of the machine's 2; other processes keep 3.5 busy -> give --threads"));
    }

    @Test
    void whatASystemDoesNotTellIsUnknown() {
        machine.without("proc/cpuinfo")
                .without("proc/meminfo")
                .without("proc/loadavg")
                .without("proc/self/cgroup");
        assertEquals(Map.of(), advice());
        assertEquals("unknown, instruction sets unknown", found("processor"));
        assertEquals("unknown", found("memory"));
        assertEquals("2", found("cores"));
    }

    @Test
    void anExaminationThatFailsIsAFinding() {
        Examination broken = here -> {
            throw new IllegalStateException("so it is");
        };
        List<Finding> findings = Doctor.examine(List.of(broken, new JavaExamination()), machine.surroundings());
        assertEquals(2, findings.size());
        assertEquals("failed: so it is", findings.get(0).found());
    }

    @Test
    void aFindingIsALine() {
        assertThrows(IllegalArgumentException.class, () -> Finding.fine("java", "one\ntwo"));
        assertThrows(IllegalArgumentException.class, () -> Finding.advised("java", "old", " "));
    }

    @Test
    void thisMachineIsExamined() {
        List<Finding> findings = Doctor.examine(Surroundings.here());
        assertTrue(
                findings.stream().anyMatch(finding -> finding.subject().equals("native build")), findings.toString());
    }
}
