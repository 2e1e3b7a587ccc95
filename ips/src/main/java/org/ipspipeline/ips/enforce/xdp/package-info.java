/** Drops the packets of banned clients in the kernel's XDP hook, through the module {@code bpf}. */
@NullMarked
package org.ipspipeline.ips.enforce.xdp;

import org.jspecify.annotations.NullMarked;
