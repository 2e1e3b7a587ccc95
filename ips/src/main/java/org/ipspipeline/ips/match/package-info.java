/**
 * Which lines match which patterns, and whose address they hold.
 *
 * <pre>
 *   LineBlock --CandidateFinder--&gt; (line, patterns that may match) --LineConfirmer--&gt; failures in the LineBlock
 *              one scan a block      literals of match.scan              token program, else the expression
 * </pre>
 *
 * <p>A pattern is scanned for by its rarest mandatory literals alone: the alternation of address forms is what makes automata slow.
 * A candidate is then verified on its line, by a token program where the pattern is one, else by the backtracking expression with a
 * budget of steps. The first pattern of the set that matches a line counts. A {@link org.ipspipeline.ips.match.PatternSet} is compiled
 * once and shared; each thread has a {@link org.ipspipeline.ips.match.BlockMatcher} of its own, which allocates nothing a line.
 * Whoever judges lines by more than patterns gives a {@link org.ipspipeline.ips.match.CandidateFinder} a confirmer of his own.
 *
 * <p>Where every line is a failure no pattern is asked: {@link org.ipspipeline.ips.match.AddressLines} takes the address at a fixed place.
 *
 * <p>Uses {@code line}, {@code address}, {@code ipc}, {@code filter.regex} and its own subpackages.
 */
@NullMarked
package org.ipspipeline.ips.match;

import org.jspecify.annotations.NullMarked;
