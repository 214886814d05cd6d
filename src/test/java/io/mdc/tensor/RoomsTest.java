package io.mdc.tensor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** How the packages of tensors may use one another. */
@AnalyzeClasses(packages = "io.mdc", importOptions = RoomsTest.MainClasses.class)
final class RoomsTest {
    private static final String FACE = "io.mdc.tensor";
    private static final String ND4J = FACE + ".nd4j";
    private static final String HOST = FACE + ".host";
    private static final String TILED = FACE + ".tiled";
    private static final String CUDA = FACE + ".cuda";

    @ArchTest
    static final ArchRule theFaceKnowsNoImplementation = noClasses()
            .that()
            .resideInAPackage(FACE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ND4J, HOST, TILED, "org.nd4j..", "org.bytedeco..");

    @ArchTest
    static final ArchRule nd4jKnowsNoOther = noClasses()
            .that()
            .resideInAPackage(ND4J)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HOST, TILED);

    @ArchTest
    static final ArchRule hostKnowsNoOther = noClasses()
            .that()
            .resideInAPackage(HOST)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ND4J, TILED, "org.nd4j..");

    @ArchTest
    static final ArchRule tiledKnowsNoOther = noClasses()
            .that()
            .resideInAPackage(TILED)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ND4J, HOST, "org.nd4j..");

    @ArchTest
    static final ArchRule onlyPrimitivesLookIntoStorages = noClasses()
            .that()
            .resideOutsideOfPackages(FACE, ND4J, HOST, TILED, CUDA)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Storage.class, HostStorage.class);

    /** Leaves out test classes. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-");
        }
    }
}
