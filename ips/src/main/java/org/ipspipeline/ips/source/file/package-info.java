/**
 * Log files that grow, rotate, vanish and come back. A {@link org.ipspipeline.ips.source.file.FileSource} follows the files of a
 * pattern; each path it follows is a chain of files, the old ones read to their end before the new:
 *
 * <pre>
 *   FileSource -- FollowedPath  /var/log/auth.log --+-- FollowedFile (renamed away, being drained)
 *              |                                     +-- FollowedFile (at the path now)
 *              +- FollowedPath  /var/log/mail.log ----- FollowedFile
 * </pre>
 *
 * <p>A position in a file is remembered with a {@link org.ipspipeline.ips.source.file.Fingerprint} of the bytes in front of
 * it, so that a file is known again by its content after it was renamed, copied, or cut back and written anew.
 *
 * <p>Of a program that is killed and started again at any moment, this is promised: no line is lost that is still in some file, and
 * those that are given a second time, since nobody knows whether they had been handled, are counted as repeated.
 * {@code RotationTortureTest} holds it to that.
 */
@NullMarked
package org.ipspipeline.ips.source.file;

import org.jspecify.annotations.NullMarked;
