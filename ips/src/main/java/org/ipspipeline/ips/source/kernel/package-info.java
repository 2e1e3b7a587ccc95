/**
 * The system calls that the JDK lacks, through jnr-ffi: inotify, io_uring, Unix datagram sockets. Every use has a
 * fallback for machines where they are missing or forbidden. Uses no other package.
 */
@NullMarked
package org.ipspipeline.ips.source.kernel;

import org.jspecify.annotations.NullMarked;
