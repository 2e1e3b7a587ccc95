package org.ipspipeline.ips.match;

import java.nio.ByteBuffer;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.address.AddressParser;
import org.ipspipeline.ips.line.LineBlock;

/**
 * Takes the address at a fixed place of every line: its n-th field, where fields lie between spaces or tabs. The first is
 * that of a line which holds nothing but an address, the form that the thesis measures as its short line. An address may
 * stand in brackets or quotes, and punctuation may follow it. For one thread.
 */
public final class AddressFields implements AddressLines {

    private final int field;
    private final AddressParser parser = new AddressParser();
    private long malformed;

    /**
     * Chooses the place.
     *
     * @param field the number of the field, from 1
     * @throws IllegalArgumentException if there is no such field
     */
    public AddressFields(int field) {
        if (field < 1) {
            throw new IllegalArgumentException("fields are counted from 1, not " + field);
        }
        this.field = field;
    }

    @Override
    public void match(LineBlock block) {
        LineBuffer lines = block.lines();
        ByteBuffer bytes = lines.bytes();
        int count = lines.count();
        for (int line = 0; line < count; line++) {
            int from = lines.start(line);
            int to = from + lines.length(line);
            if (parse(bytes, fieldStart(bytes, from, to), to)) {
                block.addFailure(line, 0, parser.high(), parser.low());
            } else {
                malformed++;
            }
        }
    }

    /** Where the field begins; the line's end if it has too few. */
    private int fieldStart(ByteBuffer bytes, int from, int to) {
        int at = skipBlanks(bytes, from, to);
        for (int before = 1; before < field; before++) {
            while (at < to && !isBlank(bytes.get(at))) {
                at++;
            }
            at = skipBlanks(bytes, at, to);
        }
        return at;
    }

    private boolean parse(ByteBuffer bytes, int from, int to) {
        int start = from < to && isOpening(bytes.get(from)) ? from + 1 : from;
        int end = parser.parse(bytes, start, to);
        return end != AddressParser.NONE && !goesOn(bytes, end, to);
    }

    /** Whether the address is but the beginning of a name, as in {@code 192.0.2.1.example.org}, or of a longer number. */
    private static boolean goesOn(ByteBuffer bytes, int end, int to) {
        int next = end < to && bytes.get(end) == '.' ? end + 1 : end;
        return next < to && isWord(bytes.get(next));
    }

    private static int skipBlanks(ByteBuffer bytes, int from, int to) {
        int at = from;
        while (at < to && isBlank(bytes.get(at))) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t';
    }

    private static boolean isOpening(byte character) {
        return character == '[' || character == '(' || character == '<' || character == '"' || character == '\'';
    }

    private static boolean isWord(byte character) {
        int lower = character | 0x20;
        return (lower >= 'a' && lower <= 'z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_';
    }

    @Override
    public long malformed() {
        return malformed;
    }
}
