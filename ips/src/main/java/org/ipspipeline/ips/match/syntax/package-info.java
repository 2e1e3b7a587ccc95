/**
 * What a regular expression is made of, as far as the engine has to know it: read into a small tree, from which the literals that
 * every matching line must hold are found, and from which a token program is made.
 *
 * <pre>
 *   "^sshd: Failed \S+ for .* from &lt;HOST&gt;"  --RegexParser--&gt;  RegexNode  --MandatoryLiterals--&gt;  Needles ("sshd: Failed ")
 *                                                              |
 *                                                              +--&gt; org.ipspipeline.ips.match.program
 * </pre>
 *
 * The syntax is that of {@link java.util.regex.Pattern}, with tags such as {@code <HOST>} in it; what the tree cannot say becomes
 * {@link RegexNode.Unknown}, so that the rest is still of use. The package uses nothing else of the project.
 */
@NullMarked
package org.ipspipeline.ips.match.syntax;

import org.jspecify.annotations.NullMarked;
