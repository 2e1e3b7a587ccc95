package org.ipspipeline.ips.match.program;

import java.nio.ByteBuffer;
import org.ipspipeline.ips.match.syntax.ByteSet;

/**
 * The texts that the expressions behind {@code <HOST>} and its kin match. They are wider than addresses: four numbers of up to
 * three digits are enough, whatever their values.
 */
final class AddressShape {

    static final int NONE = -1;

    /** All bytes that an address, its brackets or a name may have; characters beyond ASCII may be in names. */
    static final ByteSet ANY =
            ByteSet.of(c -> Character.isLetterOrDigit(c) || "_-.^:[]".indexOf(c) >= 0, ByteSet.Beyond.SOME);

    /** What a name may have. */
    static final ByteSet NAME =
            ByteSet.of(c -> Character.isLetterOrDigit(c) || "_-.^".indexOf(c) >= 0, ByteSet.Beyond.SOME);

    /** What an IPv6 address may have, brackets apart. */
    static final ByteSet IPV6 = ByteSet.of("0123456789abcdefABCDEF:");

    /** What may stand at the end of a dotted address. */
    static final ByteSet IPV4_END = ByteSet.of("0123456789");

    private static final byte PART = 1;

    private static final byte[] ANY_TABLE = ANY.table(PART, PART, PART);

    private static final int MOST_SEPARATED_GROUPS = 7;

    private AddressShape() {}

    static boolean mayContain(byte value) {
        return ANY_TABLE[value & 0xFF] != 0;
    }

    static int endOfAny(ByteBuffer bytes, int from, int to) {
        int end = from;
        while (end < to && ANY_TABLE[bytes.get(end) & 0xFF] != 0) {
            end++;
        }
        return end;
    }

    static boolean hasBytesBeyondAscii(ByteBuffer bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes.get(i) < 0) {
                return true;
            }
        }
        return false;
    }

    /** The end of {@code ::ffff:} or its like, {@code from} where it does not stand there. */
    static int endOfMappedPrefix(ByteBuffer bytes, int from, int to) {
        if (to - from < 7 || bytes.get(from) != ':' || bytes.get(from + 1) != ':') {
            return from;
        }
        int end = from + 2;
        while (end < to && end < from + 8 && bytes.get(end) == 'f') {
            end++;
        }
        return end - from >= 6 && end < to && bytes.get(end) == ':' ? end + 1 : from;
    }

    /** The end of four numbers with dots between them, each of at most three digits. */
    static int endOfIpv4(ByteBuffer bytes, int from, int to) {
        int at = from;
        for (int dots = 0; ; dots++) {
            int digits = 0;
            while (digits < 3 && at < to && isDigit(bytes.get(at))) {
                at++;
                digits++;
            }
            if (digits == 0) {
                return NONE;
            }
            if (dots == 3) {
                return at;
            }
            if (at >= to || bytes.get(at) != '.') {
                return NONE;
            }
            at++;
        }
    }

    /** Up to four digits and a colon. */
    static boolean mayBeginIpv6(ByteBuffer bytes, int from, int to) {
        int at = from;
        while (at < to && at < from + 4 && isHexDigit(bytes.get(at))) {
            at++;
        }
        return at < to && bytes.get(at) == ':';
    }

    static int endOfHexDigitsAndColons(ByteBuffer bytes, int from, int to) {
        int end = from;
        while (end < to && (bytes.get(end) == ':' || isHexDigit(bytes.get(end)))) {
            end++;
        }
        return end;
    }

    /** Whether groups of digits with one or two colons between them fill the range; more colons in a row are left open. */
    static Verdict isIpv6(ByteBuffer bytes, int from, int to) {
        int separated = 0;
        int at = from;
        while (at < to) {
            int digitsFrom = at;
            while (at < to && isHexDigit(bytes.get(at))) {
                at++;
            }
            int colonsFrom = at;
            while (at < to && bytes.get(at) == ':') {
                at++;
            }
            int digits = colonsFrom - digitsFrom;
            int colons = at - colonsFrom;
            if (colons > 2) {
                return Verdict.UNSURE;
            }
            boolean last = at == to;
            boolean fits = digits <= 4 && (digits > 0 || (colons == 2 && !last)) && (last ? colons != 1 : colons > 0);
            if (!fits) {
                return Verdict.NO_MATCH;
            }
            if (colons > 0) {
                separated++;
            }
        }
        return separated >= 1 && separated <= MOST_SEPARATED_GROUPS ? Verdict.MATCH : Verdict.NO_MATCH;
    }

    /** Word characters, hyphens, dots and circumflexes, the last a word character; no bytes beyond ASCII in the range. */
    static int endOfName(ByteBuffer bytes, int from, int to) {
        int end = from;
        while (end < to && isNameByte(bytes.get(end))) {
            end++;
        }
        while (end > from && !isWordByte(bytes.get(end - 1))) {
            end--;
        }
        return end == from ? NONE : end;
    }

    static boolean isWordByte(byte value) {
        return isDigit(value) || value == '_' || ((value | 0x20) >= 'a' && (value | 0x20) <= 'z');
    }

    private static boolean isNameByte(byte value) {
        return isWordByte(value) || value == '-' || value == '.' || value == '^';
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    private static boolean isHexDigit(byte value) {
        return isDigit(value) || ((value | 0x20) >= 'a' && (value | 0x20) <= 'f');
    }
}
