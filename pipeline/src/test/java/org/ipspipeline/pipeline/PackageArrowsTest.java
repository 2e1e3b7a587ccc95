package org.ipspipeline.pipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages of this module use each other in one direction, and nothing of the other modules. */
@AnalyzeClasses(packages = "org.ipspipeline.pipeline", importOptions = ImportOption.DoNotIncludeTests.class)
final class PackageArrowsTest {

    private static final String ROOT = "org.ipspipeline.pipeline";

    @ArchTest
    static final ArchRule theDslUsesTheEngineAndThatUsesTheParts = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("dsl")
            .definedBy(ROOT)
            .layer("engine")
            .definedBy(ROOT + ".engine")
            .layer("stage")
            .definedBy(ROOT + ".stage")
            .layer("claim")
            .definedBy(ROOT + ".claim")
            .layer("cpu")
            .definedBy(ROOT + ".cpu")
            .layer("idle")
            .definedBy(ROOT + ".idle")
            .layer("metrics")
            .definedBy(ROOT + ".metrics")
            .layer("topology")
            .definedBy(ROOT + ".topology")
            .whereLayer("dsl")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("stage")
            .mayNotAccessAnyLayer()
            .whereLayer("claim")
            .mayNotAccessAnyLayer()
            .whereLayer("cpu")
            .mayNotAccessAnyLayer()
            .whereLayer("idle")
            .mayNotAccessAnyLayer()
            .whereLayer("metrics")
            .mayNotAccessAnyLayer()
            .whereLayer("topology")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule noPackagesUseEachOtherInACircle =
            slices().matching("org.ipspipeline.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingKnowsOfOtherModules = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.ipspipeline.ipc..",
                    "org.ipspipeline.bpf..",
                    "org.ipspipeline.ips..",
                    "org.ipspipeline.loadgen..",
                    "org.ipspipeline.benchmarks..");
}
