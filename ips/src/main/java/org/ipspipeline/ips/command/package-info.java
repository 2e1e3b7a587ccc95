/**
 * The commands that this module contributes to the command line, and how all commands report what went wrong. A command
 * may use every other package of the module; none uses this one.
 */
@NullMarked
package org.ipspipeline.ips.command;

import org.jspecify.annotations.NullMarked;
