package org.ipspipeline.pipeline.topology;

/** How stages are put into threads where the declaration does not say so stage by stage. */
public enum Layout {
    /** All of a segment in one thread, polling included; a pooled stage has threads of its own. */
    FUSED,
    /** A thread for polling and one for each stage, as often as there are workers. */
    STAGED,
    /** The one of the others, or a division between them, that suits the CPUs at hand. */
    AUTO
}
