package org.ipspipeline.ips.source.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.ipspipeline.testing.Machine;

/** Writes a journal as systemd does, with its own program. */
final class JournalFile {

    static final String PROGRAM = "/lib/systemd/systemd-journal-remote";
    private static final long EPOCH_MICROS = 1_700_000_000_000_000L;

    private final Path file;
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private long time = EPOCH_MICROS;

    JournalFile(Path file) {
        Machine.needsFile(PROGRAM);
        Machine.needsPrograms("journalctl");
        this.file = file;
    }

    /** Adds an entry, a microsecond after the one before. */
    JournalFile entry(String unit, String message) {
        time++;
        field("__REALTIME_TIMESTAMP", "" + time);
        field("__MONOTONIC_TIMESTAMP", "" + (time - EPOCH_MICROS));
        field("_BOOT_ID", "a64b3f7f7d4c4f8d8e6b8d2c5f1e0a11");
        field("_HOSTNAME", "box");
        field("SYSLOG_IDENTIFIER", "sshd");
        field("_PID", "4711");
        field("_SYSTEMD_UNIT", unit);
        field("MESSAGE", message);
        entries.write('\n');
        return this;
    }

    /** Has what was added since the last time written. */
    void write() throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(PROGRAM, "--output=" + file, "-")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream input = process.getOutputStream()) {
            entries.writeTo(input);
        }
        assertThat(process.waitFor()).isZero();
        entries.reset();
    }

    private void field(String name, String value) {
        final byte[] bytes = value.getBytes(UTF_8);
        if (value.indexOf('\n') < 0) {
            entries.writeBytes((name + "=").getBytes(UTF_8));
        } else {
            entries.writeBytes((name + "\n").getBytes(UTF_8));
            entries.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(bytes.length)
                    .array());
        }
        entries.writeBytes(bytes);
        entries.write('\n');
    }
}
