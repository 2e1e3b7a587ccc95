/** Loads, attaches, fills and reads the XDP program that drops banned clients. */
@NullMarked
package org.ipspipeline.bpf;

import org.jspecify.annotations.NullMarked;
