/**
 * The date of a line: where it stands and which moment it names, by fail2ban's date patterns. Uses the regex package.
 *
 * <pre>
 *   "{^LN-BEG}%ExY-%m-%d %H:%M:%S" --DatePatterns--&gt; DateTemplate \
 *   "EPOCH", "{DATE}", defaults    --------------&gt; DateTemplate  }--DateDetector--&gt; DetectedDate (from, to, moment)
 * </pre>
 */
@NullMarked
package org.ipspipeline.ips.filter.date;

import org.jspecify.annotations.NullMarked;
