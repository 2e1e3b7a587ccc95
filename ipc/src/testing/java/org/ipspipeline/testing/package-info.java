/**
 * What the tests of every module share: asking the machine for what a test needs. Compiled into each module's tests, so
 * that no module depends on another for it.
 */
@NullMarked
package org.ipspipeline.testing;

import org.jspecify.annotations.NullMarked;
