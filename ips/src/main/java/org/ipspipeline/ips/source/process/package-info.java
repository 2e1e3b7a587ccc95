/**
 * Lines from programs: {@link org.ipspipeline.ips.source.process.Supervisor} runs a child process and starts it again when it
 * ends; {@link org.ipspipeline.ips.source.process.CommandSource} takes what a shell command prints. Uses {@code source} and
 * {@code source.stream}.
 */
@NullMarked
package org.ipspipeline.ips.source.process;

import org.jspecify.annotations.NullMarked;
