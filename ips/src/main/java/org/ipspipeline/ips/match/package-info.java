/**
 * Finds the lines of a block that a set of patterns matches, and whose address each of them has.
 *
 * <pre>
 *   block of lines --one scan for all literals--&gt; hits --by line--&gt; candidates --token program or expression--&gt; failures
 *                    (match.scan)                                            (match.program, filter.regex)
 * </pre>
 *
 * <p>A pattern is scanned for by its rarest mandatory literals alone: the alternation of address forms is what makes automata
 * slow. A candidate is then verified on its line, by a token program where the pattern is one, else by the backtracking
 * expression with a budget of steps. The first pattern of the set that matches a line counts.
 *
 * <p>Uses {@code line}, {@code address}, {@code filter.regex} and the packages below it.
 */
@NullMarked
package org.ipspipeline.ips.match;

import org.jspecify.annotations.NullMarked;
