/**
 * {@code scan --filter}: what a filter of fail2ban finds in files, told as a summary, as a verdict for each line, or as an
 * explanation of one line.
 *
 * <p>Uses {@code filter}, {@code line} and {@code address}.
 */
@NullMarked
package org.ipspipeline.ips.scan.filter;

import org.jspecify.annotations.NullMarked;
