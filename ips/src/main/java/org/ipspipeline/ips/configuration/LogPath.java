package org.ipspipeline.ips.configuration;

/**
 * A log file that a jail follows.
 *
 * @param pattern an absolute path, with {@code *}, {@code ?} and {@code [...]} as a shell expands them
 * @param tail whether to begin at the end of the file instead of with its recent lines
 */
public record LogPath(String pattern, boolean tail) {}
