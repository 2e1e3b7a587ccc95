/**
 * What the operator writes for a source, and the sources made of it: {@link org.ipspipeline.ips.source.spec.SourceSpec} parses,
 * {@link org.ipspipeline.ips.source.spec.Sources} opens. Uses all the other source packages; none uses it.
 */
@NullMarked
package org.ipspipeline.ips.source.spec;

import org.jspecify.annotations.NullMarked;
