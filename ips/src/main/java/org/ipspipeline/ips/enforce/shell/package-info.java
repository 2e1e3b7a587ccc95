/** Programs that enforcement runs: with an end to their time, and with their last words in the message of a failure. */
@NullMarked
package org.ipspipeline.ips.enforce.shell;

import org.jspecify.annotations.NullMarked;
