/**
 * The process as a service: what it tells systemd, and the signals that it takes. Uses no other package.
 */
@NullMarked
package org.ipspipeline.ips.service;

import org.jspecify.annotations.NullMarked;
