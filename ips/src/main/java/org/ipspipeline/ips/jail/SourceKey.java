package org.ipspipeline.ips.jail;

import org.ipspipeline.ips.source.spec.SourceSpec;

/**
 * What tells sources apart: two jails that name the same log share its source.
 *
 * @param spec what is read
 * @param tail whether it begins at its end
 */
record SourceKey(SourceSpec spec, boolean tail) {}
