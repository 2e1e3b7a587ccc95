/**
 * Chooses the best way of enforcement that a machine allows. Uses all of {@code enforce}.
 */
@NullMarked
package org.ipspipeline.ips.enforce.choice;

import org.jspecify.annotations.NullMarked;
