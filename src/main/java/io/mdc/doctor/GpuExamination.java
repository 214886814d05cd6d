package io.mdc.doctor;

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

    @Override
    public List<Finding> examine(Surroundings here) {
        Optional<String> table = table(here, FIELDS + CAPABILITY).or(() -> table(here, FIELDS));
        if (table.isPresent()) {
            List<Finding> findings = new ArrayList<>();
            table.get().lines().filter(line -> !line.isBlank()).forEach(line -> findings.add(gpu(here, line)));
            return findings;
        }
        Optional<String> driver = here.text("proc/driver/nvidia/version");
        if (driver.isPresent()) {
            Matcher version = KERNEL_MODULE.matcher(driver.get());
            return List.of(Finding.advised(
                    SUBJECT,
                    "an NVIDIA driver" + (version.find() ? " " + version.group(1) : "")
                            + ", but nvidia-smi tells of no GPU",
                    "install nvidia-smi, or give the container access to the GPU, and ask again"));
        }
        return List.of(
                here.wantsCuda()
                        ? Finding.advised(
                                SUBJECT,
                                "no NVIDIA GPU or no driver, though MDC_BACKEND is cuda",
                                "unset MDC_BACKEND to run on the CPU, or install the driver")
                        : Finding.fine(SUBJECT, "no NVIDIA GPU; runs on the CPU"));
    }

    private static Optional<String> table(Surroundings here, String fields) {
        return here.command()
                .apply(List.of("nvidia-smi", "--query-gpu=" + fields, "--format=csv,noheader"))
                .filter(table -> !table.isBlank());
    }

    private static Finding gpu(Surroundings here, String line) {
        String[] fields = line.split(",", -1);
        String name = fields[0].strip();
        Optional<Capability> capability = Capability.parse(fields.length > 3 ? fields[3] : "");
        String driver = fields.length > 1 ? fields[1].strip() : "unknown";
        String found =
                name + ", capability " + capability.map(Capability::toString).orElse("unknown") + ", driver " + driver
                        + (fields.length > 2 ? ", " + fields[2].strip() : "");
        return here.wantsCuda() ? forNd4j(here, found, capability, driver) : forKernels(found, capability, driver);
    }

    /** What the kernels of {@code --backend cuda} need, which the driver compiles. */
    private static Finding forKernels(String found, Optional<Capability> capability, String driver) {
        if (capability.isPresent() && !capability.get().runsKernels()) {
            return Finding.fine(SUBJECT, found + ": too old for --backend cuda, which needs 7.0; runs on the CPU");
        } else if (major(driver) < OLDEST_FOR_KERNELS) {
            return Finding.advised(
                    SUBJECT,
                    found + "; runs on the CPU",
                    "install a driver from " + OLDEST_FOR_KERNELS + " on, which --backend cuda needs");
        }
        return Finding.fine(
                SUBJECT,
                found + "; runs on the CPU, or with --backend cuda on it"
                        + (capability.isPresent() ? "" : " from capability 7.0 on") + " (docs/gpu.md)");
    }

    private static Finding forNd4j(Surroundings here, String found, Optional<Capability> capability, String driver) {
        if (capability.isPresent() && !capability.get().isSupported()) {
            return Finding.advised(
                    SUBJECT,
                    found + ": the CUDA build has no machine code for it (3.7 to 8.6, and 8.7 and 8.9, which run that"
                            + " of 8.6)",
                    "unset MDC_BACKEND, and run with --backend cuda or on the CPU");
        } else if (major(driver) < OLDEST_DRIVER) {
            return Finding.advised(
                    SUBJECT, found, "install a driver from " + OLDEST_DRIVER + " on: CUDA 11.6 needs it");
        } else if (!hasToolkit(here)) {
            return Finding.advised(
                    SUBJECT,
                    found + ", no CUDA 11.6 in /usr/local/cuda-11.6 or CUDA_PATH",
                    "install CUDA 11.6, or set CUDA_PATH to it");
        }
        return Finding.fine(SUBJECT, found);
    }

    private static boolean hasToolkit(Surroundings here) {
        return here.variable("CUDA_PATH").isPresent()
                || Files.isDirectory(here.root().resolve("usr/local/cuda-11.6"));
    }

    /** One that is not told is taken for new enough. */
    private static int major(String driver) {
        Matcher number = Pattern.compile("^(\\d{1,6})").matcher(driver);
        return number.find() ? Integer.parseInt(number.group(1)) : Integer.MAX_VALUE;
    }
}
