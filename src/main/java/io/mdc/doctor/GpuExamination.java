package io.mdc.doctor;

import io.mdc.backend.DriverAnswer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** NVIDIA GPUs against what can run on them. */
final class GpuExamination implements Examination {
    private static final String FIELDS = "name,driver_version,memory.total";

    /** One that older drivers do not know; then they tell of no other either. */
    private static final String CAPABILITY = ",compute_cap";

    private static final Pattern KERNEL_MODULE = Pattern.compile("Kernel Module\\s+(?:for \\S+\\s+)?(\\d+[.\\d]*)");

    /** The oldest Linux driver on which programs of CUDA 11 run. */
    private static final int OLDEST_DRIVER = 450;

    /** That of CUDA 10, the first which reads the PTX of our kernels. */
    private static final int OLDEST_FOR_KERNELS = 410;

    private static final String SUBJECT = "GPU";

    /**
     * One that nvidia-smi lists.
     *
     * @param found what it says of it
     * @param capability unless the driver is one that does not know of it
     * @param driver its version
     */
    private record Listed(String found, Optional<Capability> capability, String driver) {
        static Listed parse(String line) {
            String[] fields = line.split(",", -1);
            Optional<Capability> capability = Capability.parse(fields.length > 3 ? fields[3] : "");
            String driver = fields.length > 1 ? fields[1].strip() : "unknown";
            String found = fields[0].strip() + ", capability "
                    + capability.map(Capability::toString).orElse("unknown") + ", driver " + driver
                    + (fields.length > 2 ? ", " + fields[2].strip() : "");
            return new Listed(found, capability, driver);
        }

        boolean isTooOld() {
            return capability.isPresent() && !capability.get().runsKernels();
        }

        /** One that is not told is taken for new enough. */
        boolean hasDriver(int oldest) {
            Matcher number = Pattern.compile("^(\\d{1,6})").matcher(driver);
            return !number.find() || Integer.parseInt(number.group(1)) >= oldest;
        }
    }

    @Override
    public List<Finding> examine(Surroundings here) {
        List<Listed> listed = listed(here);
        if (here.wantsCuda()) {
            return listed.isEmpty()
                    ? List.of(none(here))
                    : listed.stream().map(gpu -> forNd4j(here, gpu)).toList();
        }
        DriverAnswer answer = here.driver().get();
        if (listed.isEmpty() && !answer.usable()) {
            return List.of(none(here));
        }
        List<Finding> findings = new ArrayList<>();
        listed.forEach(gpu -> findings.add(forKernels(gpu)));
        boolean suited = listed.stream().anyMatch(gpu -> !gpu.isTooOld() && gpu.hasDriver(OLDEST_FOR_KERNELS));
        findings.add(answered(answer, suited));
        return findings;
    }

    private static List<Listed> listed(Surroundings here) {
        return table(here, FIELDS + CAPABILITY)
                .or(() -> table(here, FIELDS))
                .map(table -> table.lines()
                        .filter(line -> !line.isBlank())
                        .map(Listed::parse)
                        .toList())
                .orElse(List.of());
    }

    private static Optional<String> table(Surroundings here, String fields) {
        return here.command()
                .apply(List.of("nvidia-smi", "--query-gpu=" + fields, "--format=csv,noheader"))
                .filter(table -> !table.isBlank());
    }

    private static Finding none(Surroundings here) {
        Optional<String> driver = here.text("proc/driver/nvidia/version");
        if (driver.isPresent()) {
            Matcher version = KERNEL_MODULE.matcher(driver.get());
            return Finding.advised(
                    SUBJECT,
                    "an NVIDIA driver" + (version.find() ? " " + version.group(1) : "")
                            + ", but nvidia-smi tells of no GPU",
                    "install nvidia-smi, or give the container access to the GPU, and ask again");
        }
        return here.wantsCuda()
                ? Finding.advised(
                        SUBJECT,
                        "no NVIDIA GPU or no driver, though MDC_BACKEND is cuda",
                        "unset MDC_BACKEND to run on the CPU, or install the driver")
                : Finding.fine(SUBJECT, "no NVIDIA GPU; runs on the CPU");
    }

    /** What the kernels of {@code --backend cuda} need, which the driver compiles. */
    private static Finding forKernels(Listed gpu) {
        if (gpu.isTooOld()) {
            return Finding.fine(SUBJECT, gpu.found() + ": too old for --backend cuda, which needs 7.0");
        }
        return gpu.hasDriver(OLDEST_FOR_KERNELS)
                ? Finding.fine(SUBJECT, gpu.found())
                : Finding.advised(
                        SUBJECT,
                        gpu.found(),
                        "install a driver from " + OLDEST_FOR_KERNELS + " on, which --backend cuda needs");
    }

    /** Containers may have nvidia-smi without the library, and the environment may hide what it lists. */
    private static Finding answered(DriverAnswer answer, boolean suited) {
        if (answer.usable()) {
            return Finding.fine(
                    SUBJECT, "--backend cuda computes on " + answer.text() + ", others on the CPU (docs/gpu.md)");
        }
        String found = "--backend cuda cannot be used: " + answer.text() + "; runs on the CPU";
        return suited
                ? Finding.advised(
                        SUBJECT,
                        found,
                        "have a container given the driver's capability compute"
                                + " (NVIDIA_DRIVER_CAPABILITIES=compute,utility), and CUDA_VISIBLE_DEVICES name a GPU")
                : Finding.fine(SUBJECT, found);
    }

    private static Finding forNd4j(Surroundings here, Listed gpu) {
        if (gpu.capability().isPresent() && !gpu.capability().get().isSupported()) {
            return Finding.advised(
                    SUBJECT,
                    gpu.found()
                            + ": the CUDA build has no machine code for it (3.7 to 8.6, and 8.7 and 8.9, which run that"
                            + " of 8.6)",
                    "unset MDC_BACKEND, and run with --backend cuda or on the CPU");
        } else if (!gpu.hasDriver(OLDEST_DRIVER)) {
            return Finding.advised(
                    SUBJECT, gpu.found(), "install a driver from " + OLDEST_DRIVER + " on: CUDA 11.6 needs it");
        } else if (!hasToolkit(here)) {
            return Finding.advised(
                    SUBJECT,
                    gpu.found() + ", no CUDA 11.6 in /usr/local/cuda-11.6 or CUDA_PATH",
                    "install CUDA 11.6, or set CUDA_PATH to it");
        }
        return Finding.fine(SUBJECT, gpu.found());
    }

    private static boolean hasToolkit(Surroundings here) {
        return here.variable("CUDA_PATH").isPresent()
                || Files.isDirectory(here.root().resolve("usr/local/cuda-11.6"));
    }
}
