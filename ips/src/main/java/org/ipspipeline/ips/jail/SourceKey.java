package org.ipspipeline.ips.jail;

/**
 * What tells sources apart: two jails that name the same log share its source.
 *
 * @param text such as {@code file:/var/log/auth.log}
 * @param tail whether it begins at its end
 */
record SourceKey(String text, boolean tail) {}
