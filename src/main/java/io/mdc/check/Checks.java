package io.mdc.check;

import io.mdc.base.DataException;
import io.mdc.method.ClassMethod;
import io.mdc.method.Method;
import io.mdc.tensor.Backend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the cases and checks them. */
public final class Checks {
    private static final String RESOURCES = "reference/";
    private static final String INDEX = RESOURCES + "index.txt";

    private static final Map<String, Check> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("decode-", new DecodeCheck());
        KINDS.put("augment-", new AugmentCheck());
        KINDS.put("network-", new NetworkCheck());
        KINDS.put("tangent-", new TangentCheck());
        for (Method method : Method.values()) {
            if (method.base() instanceof ClassMethod base) {
                KINDS.put(base.referenceCases(), new ObjectiveCheck(base));
            }
        }
        KINDS.put("trajectory-", new TrajectoryCheck());
        KINDS.put("update-", new UpdateCheck());
        KINDS.put("train-", new TrainCheck());
        KINDS.put("lbpe", new ScoreCheck());
    }

    private final List<ReferenceCase> cases;

    private Checks(List<ReferenceCase> cases) {
        this.cases = cases;
    }

    /** The cases that are part of the program. */
    public static Checks builtIn() {
        try (BufferedReader index = new BufferedReader(
                new InputStreamReader(Checks.class.getResourceAsStream(INDEX), StandardCharsets.UTF_8))) {
            return new Checks(index.lines()
                    .map(name -> new ReferenceCase(
                            name, file -> Checks.class.getResourceAsStream(RESOURCES + name + "/" + file)))
                    .toList());
        } catch (IOException e) {
            throw new DataException("the program's reference cases cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The cases in the folders of a directory.
     *
     * @throws DataException if it cannot be read or holds no case
     */
    public static Checks in(Path directory) {
        try (Stream<Path> folders = Files.list(directory)) {
            List<ReferenceCase> cases = folders.filter(folder -> Files.exists(folder.resolve("case.json")))
                    .sorted()
                    .map(folder -> new ReferenceCase(folder.getFileName().toString(), file -> {
                        Path path = folder.resolve(file);
                        return Files.exists(path) ? Files.newInputStream(path) : null;
                    }))
                    .toList();
            if (cases.isEmpty()) {
                throw new DataException(directory + ": no reference cases (folders with a case.json) in here");
            }
            return new Checks(cases);
        } catch (IOException e) {
            throw new DataException(directory + ": cannot be read as a directory of reference cases", e);
        }
    }

    /** Checks every case with every backend, in that order. */
    public List<CheckResult> run(List<Backend> backends) {
        List<CheckResult> results = new ArrayList<>();
        for (ReferenceCase reference : cases) {
            for (Backend backend : backends) {
                results.add(run(reference, backend));
            }
        }
        return results;
    }

    private static CheckResult run(ReferenceCase reference, Backend backend) {
        String name = reference.name();
        double tolerance = Tolerance.of(name, backend.precision());
        try {
            Check check = KINDS.entrySet().stream()
                    .filter(kind -> name.startsWith(kind.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow(() -> new DataException(
                            "is of no known kind; names begin with " + String.join(", ", KINDS.keySet())));
            double error = check.relativeError(reference, backend);
            return CheckResult.measured(name, backend, error, tolerance);
        } catch (SkippedException e) {
            return CheckResult.skipped(name, backend, tolerance, e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw new DataException("reference case " + name + ": " + e.getMessage(), e);
        }
    }
}
