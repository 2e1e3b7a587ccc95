/**
 * Lines from systemd's journal, through {@code journalctl}: it runs as a child in its export format, which
 * {@link org.ipspipeline.ips.source.journal.JournalSource} turns into lines of the form that syslog writes into files.
 *
 * <pre>
 *   journalctl -o export --follow --pipe--> ExportReader --JournalEntry--> JournalLine --> LineHandover --fill--> pipeline
 *        ^                                       |
 *        +------------ --after-cursor <----------+  when it ends
 * </pre>
 *
 * <p>Uses {@code source}, {@code source.stream} and {@code source.process}.
 */
@NullMarked
package org.ipspipeline.ips.source.journal;

import org.jspecify.annotations.NullMarked;
