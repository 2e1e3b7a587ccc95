/**
 * Python's regular expressions on java.util.regex: syntax and character classes translated, so that the verdicts are the
 * same; searches over a line's bytes, with a budget of steps. Uses nothing else of the project.
 */
@NullMarked
package org.ipspipeline.ips.filter.regex;

import org.jspecify.annotations.NullMarked;
