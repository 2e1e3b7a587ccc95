/**
 * Tells a web service of bans and their ends, as JSON, in batches.
 */
@NullMarked
package org.ipspipeline.ips.enforce.webhook;

import org.jspecify.annotations.NullMarked;
