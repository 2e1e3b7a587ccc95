/**
 * {@code bench match}: from a file's lines to counted addresses, beside the usual ways to do it, one core each.
 *
 * <pre>
 *   Corpus --writes--&gt; file --read by--&gt; MatchPeer (a JVM with one Engine) --lines a second--&gt; MatchComparison
 *                        |----read by--&gt; plain_match (C), mawk, ripgrep, fail2ban-regex ----&gt;
 * </pre>
 *
 * <p>The engines in Java and C go over the file several times and tell the rate of the passes after the first seconds; the
 * other programs are timed as whole processes. Uses {@code ips} and the package {@code comparison}.
 */
@NullMarked
package org.ipspipeline.benchmarks.match;

import org.jspecify.annotations.NullMarked;
