/**
 * The daemon's figures for Prometheus, in its text format, over HTTP. The names are listed in {@code docs/metrics.md}. Uses
 * {@code daemon} and what that uses.
 */
@NullMarked
package org.ipspipeline.ips.metrics;

import org.jspecify.annotations.NullMarked;
