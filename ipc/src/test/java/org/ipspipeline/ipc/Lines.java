package org.ipspipeline.ipc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lines as text, for tests. */
final class Lines {

    private Lines() {}

    static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(ByteBuffer buffer, int offset, int length) {
        final byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static List<String> texts(LineBuffer lines) {
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < lines.count(); i++) {
            texts.add(text(lines.bytes(), lines.start(i), lines.length(i)));
        }
        return texts;
    }

    static int write(SegmentWriter writer, String line) {
        final byte[] bytes = bytes(line);
        return writer.write(bytes, 0, bytes.length, Stamps.NONE);
    }

    /** Reads up to so many lines in one call. */
    static List<String> read(SegmentReader reader, int limit) {
        final LineBuffer lines = LineBuffer.ofLines(limit, Short.MAX_VALUE);
        reader.read(lines, limit);
        return texts(lines);
    }

    /** Reads until there are no more lines. */
    static List<String> readAll(SegmentReader reader) {
        final List<String> all = new ArrayList<>();
        final LineBuffer lines = LineBuffer.ofLines(16, Short.MAX_VALUE);
        while (reader.read(lines, 16) > 0) {
            all.addAll(texts(lines));
            lines.clear();
        }
        return all;
    }
}
