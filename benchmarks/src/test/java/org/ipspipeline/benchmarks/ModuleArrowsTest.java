package org.ipspipeline.benchmarks;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A module uses only those to its left, bpf uses neither ipc nor pipeline, and no packages use each other in a circle. */
@AnalyzeClasses(packages = "org.ipspipeline", importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleArrowsTest {

    @ArchTest
    static final ArchRule modulesUseOnlyThoseToTheirLeft = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("ipc")
            .definedBy("org.ipspipeline.ipc..")
            .layer("pipeline")
            .definedBy("org.ipspipeline.pipeline..")
            .layer("bpf")
            .definedBy("org.ipspipeline.bpf..")
            .layer("ips")
            .definedBy("org.ipspipeline.ips..")
            .layer("loadgen")
            .definedBy("org.ipspipeline.loadgen..")
            .layer("benchmarks")
            .definedBy("org.ipspipeline.benchmarks..")
            .whereLayer("ipc")
            .mayNotAccessAnyLayer()
            .whereLayer("pipeline")
            .mayOnlyAccessLayers("ipc")
            .whereLayer("bpf")
            .mayNotAccessAnyLayer()
            .whereLayer("ips")
            .mayOnlyAccessLayers("ipc", "pipeline", "bpf")
            .whereLayer("loadgen")
            .mayOnlyAccessLayers("ipc", "pipeline", "bpf", "ips");

    @ArchTest
    static final ArchRule noPackagesUseEachOtherInACircle =
            slices().matching("org.ipspipeline.(**)").should().beFreeOfCycles();
}
