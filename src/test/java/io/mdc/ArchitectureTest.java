package io.mdc;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.ObjectInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules that keep the packages layered and the libraries in their place. */
@AnalyzeClasses(packages = "io.mdc", importOptions = ArchitectureTest.MainClasses.class)
final class ArchitectureTest {
    /** Packages from the lowest floor to the highest; each may use only those before it. */
    private static final List<String> FLOORS = List.of(
            "base",
            "setting",
            "paper",
            "numpy",
            "torch",
            "fetch",
            "tensor",
            "backend",
            "data",
            "shapes",
            "dataset",
            "augment",
            "batch",
            "network",
            "engine",
            "pretrained",
            "coreset",
            "synthetic",
            "matching",
            "objective",
            "subset",
            "evaluate",
            "export",
            "published",
            "robust",
            "task",
            "trajectory",
            "method",
            "condense",
            "order",
            "config",
            "report",
            "bench",
            "directory",
            "run",
            "family",
            "job",
            "reproduce",
            "page",
            "check",
            "doctor",
            "cli");

    @ArchTest
    static final ArchRule everyClassLivesOnAFloor =
            classes().should().resideInAnyPackage(packages(FLOORS)).because("a new package needs a place in FLOORS");

    @ArchTest
    static void everyPackageHasItsPackageInfo(JavaClasses classes) {
        List<String> missing = classes.stream()
                .map(javaClass -> javaClass.getPackageName().replace('.', '/'))
                .distinct()
                .filter(folder -> !Files.exists(Path.of("src/main/java", folder, "package-info.java")))
                .toList();
        assertEquals(List.of(), missing);
    }

    /** What is larger than this is not taken in at a glance, and says in a paragraph "Size:" why it is one package. */
    private static final long LINES_OF_A_PACKAGE = 2500;

    @ArchTest
    static void noPackageIsLargeWithoutAReason(JavaClasses classes) throws IOException {
        List<String> large = new ArrayList<>();
        for (String name :
                new TreeSet<>(classes.stream().map(JavaClass::getPackageName).toList())) {
            Path folder = Path.of("src/main/java", name.replace('.', '/'));
            boolean reason =
                    Files.readString(folder.resolve("package-info.java")).contains("<p>Size: ");
            if (reason != lines(folder) > LINES_OF_A_PACKAGE) {
                large.add(name + ": " + lines(folder) + " lines" + (reason ? ", which need no reason" : ""));
            }
        }
        assertEquals(List.of(), large, "split it, or say why it is one package");
    }

    private static long lines(Path folder) throws IOException {
        long lines = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines += Files.readAllLines(file).size();
            }
        }
        return lines;
    }

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching("io.mdc.(**)").should().beFreeOfCycles();

    @ArchTest
    static void noFloorUsesAHigherOne(JavaClasses classes) {
        for (int floor = 0; floor < FLOORS.size() - 1; floor++) {
            noClasses()
                    .that()
                    .resideInAPackage(inPackage(FLOORS.get(floor)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages(FLOORS.subList(floor + 1, FLOORS.size())))
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule onlyCliNamesPicocli = only("picocli..", "cli");

    @ArchTest
    static final ArchRule onlyPageNamesJte = only("gg.jte..", "page");

    @ArchTest
    static final ArchRule onlyTensorCreatesNd4jArrays = only("org.nd4j.linalg.factory..", "tensor");

    @ArchTest
    static final ArchRule onlyTensorRunsNd4jOps = only("org.nd4j.linalg.api.ops..", "tensor");

    @ArchTest
    static final ArchRule onlyTensorCallsNativeLibraries = only("org.bytedeco..", "tensor");

    @ArchTest
    static final ArchRule onlyTensorNetworkAndEngineNameNd4j = only("org.nd4j..", "tensor", "network", "engine");

    @ArchTest
    static final ArchRule onlyNetworkAndEngineNameDeeplearning4j = only("org.deeplearning4j..", "network", "engine");

    @ArchTest
    static final ArchRule onlyCliUsesStandardStreams = noClasses()
            .that()
            .resideOutsideOfPackage(inPackage("cli"))
            .should(ACCESS_STANDARD_STREAMS)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule randomnessComesFromSeededGenerators = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Random.class, ThreadLocalRandom.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(RandomGenerator.class, "getDefault")
            .orShould()
            .callMethod(Collections.class, "shuffle", List.class)
            .because("runs repeat only if every generator is seeded and passed in");

    @ArchTest
    static final ArchRule nothingReadsSerialisedObjects = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInput.class)
            .orShould()
            .callMethodWhere(JavaCall.Predicates.target(nameMatching("restore.*|load.*|deserialize|readObject"))
                    .and(JavaCall.Predicates.target(owner(resideInAnyPackage("org.deeplearning4j..", "org.nd4j..")))))
            .because("a serialised object runs code when it is read, and DL4J reads those it finds in a model file");

    /** Leaves out test classes, from any of the build's output directories. */
    static final class MainClasses implements ImportOption {
        private static final Pattern TEST_CLASSES = Pattern.compile(".*/target/test-[^/]*/.*");

        @Override
        public boolean includes(Location location) {
            return !location.matches(TEST_CLASSES);
        }
    }

    private static ArchRule only(String library, String... floors) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages(List.of(floors)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true);
    }

    private static String[] packages(List<String> floors) {
        return floors.stream().map(ArchitectureTest::inPackage).toArray(String[]::new);
    }

    private static String inPackage(String floor) {
        return "io.mdc." + floor + "..";
    }
}
