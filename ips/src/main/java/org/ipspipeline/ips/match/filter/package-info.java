/**
 * The filters of several jails over the lines of one log, quickly: a line that holds no literal of any expression costs the scan alone.
 *
 * <pre>
 *   LineBuffer --CandidateFinder--&gt; (line, failregexes that may match) --FilterEvaluator of each filter--&gt; FilterListener
 *                one scan a block    literals of all filters              date, prefregex, failregexes
 * </pre>
 *
 * <p>A {@link org.ipspipeline.ips.match.filter.FilterSet} is compiled once and shared; each log has a {@link
 * org.ipspipeline.ips.match.filter.FilterMatcher} of its own, because filters remember lines.
 *
 * <p>Uses {@code match}, {@code match.syntax}, {@code filter} and {@code ipc}.
 */
@NullMarked
package org.ipspipeline.ips.match.filter;

import org.jspecify.annotations.NullMarked;
