/**
 * Looks for many literals, or for expressions, in a range of bytes at once, and reports which ended where.
 *
 * <pre>
 *                        +-- ForeignScanner   java.lang.foreign, from JDK 22
 *   HitScanner --scan--&gt; +-- JavaCppScanner   JNI, before that                    --(id, end)--&gt; Hits
 *                        +-- PortableScanner  Java alone, where there is no Hyperscan
 * </pre>
 *
 * What a scanner reports is a candidate, never a verdict. Databases are compiled once, shared by all threads, and kept on disk.
 * The package uses {@code match.syntax}.
 */
@NullMarked
package org.ipspipeline.ips.match.scan;

import org.jspecify.annotations.NullMarked;
