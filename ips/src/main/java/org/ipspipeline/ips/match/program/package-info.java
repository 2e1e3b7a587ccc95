/**
 * Token programs: expressions that are sequences of literals, runs of characters, optional parts and one address, translated into
 * a few instructions that work on a line's bytes. They allocate nothing and come with a budget; a verdict is exactly that of {@link
 * java.util.regex}, or {@link org.ipspipeline.ips.match.program.Verdict#UNSURE}.
 *
 * <pre>
 *   client &lt;HOST&gt; exceeded .* limit      LITERAL "client "   ADDRESS   LITERAL " exceeded "   RUN [^\n] 0..   LITERAL " limit"   MATCH
 * </pre>
 *
 * The package uses {@code match.syntax} and {@code address}.
 */
@NullMarked
package org.ipspipeline.ips.match.program;

import org.jspecify.annotations.NullMarked;
