/**
 * Compiled BPF programs: reads the objects that clang makes of {@code src/main/c}, creates their maps, links the
 * instructions to them and loads the result. An object without BTF is enough, and no library is needed.
 *
 * <pre>
 *   xdp_filter.o --ElfFile--&gt; sections, symbols, relocations
 *        --ObjectFile--&gt; map definitions + instructions --(maps created or taken over)--&gt; BpfProgram
 * </pre>
 *
 * Uses {@code org.ipspipeline.bpf.kernel}.
 */
@NullMarked
package org.ipspipeline.bpf.object;

import org.jspecify.annotations.NullMarked;
