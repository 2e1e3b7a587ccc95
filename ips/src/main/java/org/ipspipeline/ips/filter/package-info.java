/**
 * What fail2ban's filters mean: Python's regular expressions with fail2ban's tags, the date of a line, and the verdict over
 * a line: which failure it is, whose, and when. Knows nothing of configuration files.
 */
@NullMarked
package org.ipspipeline.ips.filter;

import org.jspecify.annotations.NullMarked;
