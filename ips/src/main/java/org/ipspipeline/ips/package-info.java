/** The intrusion prevention system: matches lines, counts failures, bans clients. */
@NullMarked
package org.ipspipeline.ips;

import org.jspecify.annotations.NullMarked;
