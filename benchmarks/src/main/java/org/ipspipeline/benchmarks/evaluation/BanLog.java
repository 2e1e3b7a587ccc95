package org.ipspipeline.benchmarks.evaluation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts bans and unbans in fail2ban's own log, as far as it is written. */
final class BanLog {

    private final Path file;
    private long position;
    private String rest = "";
    private boolean started;
    private long bans;
    private long unbans;

    BanLog(Path file) {
        this.file = file;
    }

    /** Reads what is new. */
    void read() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(channel.size() - position, 1 << 24));
            int read = channel.read(bytes, position);
            if (read <= 0) {
                return;
            }
            position += read;
            String text = rest + new String(bytes.array(), 0, read, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            text.substring(0, end).lines().forEach(this::count);
            rest = text.substring(end);
        }
    }

    private void count(String line) {
        if (line.contains("] Ban ")) {
            bans++;
        } else if (line.contains("] Unban ")) {
            unbans++;
        } else if (line.contains("Jail '") && line.endsWith("started")) {
            started = true;
        }
    }

    boolean hasStarted() {
        return started;
    }

    /** Bans since the start. */
    long bans() {
        return bans;
    }

    /** Bans in force. */
    long active() {
        return bans - unbans;
    }
}
