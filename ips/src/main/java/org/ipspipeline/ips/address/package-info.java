/**
 * An address as two longs: parsed from a line's bytes, written back as text, compared with prefixes; nothing of it
 * allocates on the way a line takes. IPv4 stands in its IPv4-mapped form, so that both families share every table:
 *
 * <pre>
 *            high                                low
 *   IPv6     first eight bytes, network order    last eight bytes, network order
 *   IPv4     0                                   0000 FFFF aabb ccdd      (::ffff:a.b.c.d)
 * </pre>
 *
 * The package uses nothing else of the project.
 */
@NullMarked
package org.ipspipeline.ips.address;

import org.jspecify.annotations.NullMarked;
