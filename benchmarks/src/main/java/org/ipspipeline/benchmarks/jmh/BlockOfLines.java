package org.ipspipeline.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.ipspipeline.ipc.Stamps;
import org.ipspipeline.ips.line.LineBlock;

/** Lines as the thesis's server writes them, and the pattern that finds their clients. */
final class BlockOfLines {

    static final String PATTERN = "client <HOST> exceeded request rate limit";

    private static final int LINE_SIZE = 128;

    private BlockOfLines() {}

    /** A block with failures of as many clients as it has lines. */
    static LineBlock of(int lines) {
        LineBlock block = new LineBlock(lines, lines * LINE_SIZE);
        for (int i = 0; i < lines; i++) {
            byte[] line = line(i);
            block.lines().append(line, 0, line.length, Stamps.now());
        }
        return block;
    }

    static byte[] line(int client) {
        return String.format(
                        Locale.ROOT,
                        "2026-01-01 00:00:00 client 10.%d.%d.%d exceeded request rate limit",
                        client >>> 16 & 0xFF,
                        client >>> 8 & 0xFF,
                        client & 0xFF)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
