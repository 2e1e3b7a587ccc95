/** Whole applications of this module's parts, as one embeds them; the tests run them. */
@NullMarked
package org.ipspipeline.ips.examples;

import org.jspecify.annotations.NullMarked;
