package org.ipspipeline.ipc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages of this module use each other in one direction; only two of them need a library, and that is optional. */
@AnalyzeClasses(packages = "org.ipspipeline.ipc", importOptions = ImportOption.DoNotIncludeTests.class)
final class PackageArrowsTest {

    private static final String ROOT = "org.ipspipeline.ipc";

    @ArchTest
    static final ArchRule theRingUsesItsPartsAndTheyOnlyTheLayout = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("ring")
            .definedBy(ROOT)
            .layer("membership")
            .definedBy(ROOT + ".membership")
            .layer("memory")
            .definedBy(ROOT + ".memory")
            .layer("futex")
            .definedBy(ROOT + ".futex")
            .layer("layout")
            .definedBy(ROOT + ".layout")
            .whereLayer("ring")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("membership")
            .mayOnlyAccessLayers("layout")
            .whereLayer("memory")
            .mayNotAccessAnyLayer()
            .whereLayer("futex")
            .mayNotAccessAnyLayer()
            .whereLayer("layout")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule noPackagesUseEachOtherInACircle =
            slices().matching("org.ipspipeline.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheFutexAndSystemVNeedALibrary = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".futex", ROOT + ".memory")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "org.ipspipeline.ipc..", "org.jspecify..");

    @ArchTest
    static final ArchRule nothingKnowsOfOtherModules = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.ipspipeline.pipeline..",
                    "org.ipspipeline.bpf..",
                    "org.ipspipeline.ips..",
                    "org.ipspipeline.loadgen..",
                    "org.ipspipeline.benchmarks..");
}
