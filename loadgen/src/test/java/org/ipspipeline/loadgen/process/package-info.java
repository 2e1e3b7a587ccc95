/** The module's commands as processes of their own, for tests. */
@NullMarked
package org.ipspipeline.loadgen.process;

import org.jspecify.annotations.NullMarked;
