package org.ipspipeline.ips.match.program;

import java.nio.ByteBuffer;
import org.ipspipeline.ips.address.AddressParser;
import org.ipspipeline.ips.match.syntax.AddressTag;

/** The address at one place of a line: found as the expression behind its tag finds it, and read. */
final class AddressToken {

    /** What follows cannot be any byte of an address or a name: it has to end where such bytes do. */
    static final int NOTHING_OF_IT_FOLLOWS = 1;
    /** What follows cannot be a byte of a name. */
    static final int NO_NAME_FOLLOWS = 2;
    /** What follows cannot be a byte of an IPv6 address. */
    static final int NO_IPV6_FOLLOWS = 4;
    /** What follows cannot be a digit. */
    static final int NO_DIGIT_FOLLOWS = 8;

    private static final int NONE = AddressShape.NONE;

    private final AddressParser parser = new AddressParser();

    private boolean valid;
    private int start;
    private int end;
    private int next;
    private boolean only;

    void clear() {
        valid = false;
        start = NONE;
        end = NONE;
        next = NONE;
    }

    /** Whether the text is an address: a name is none, nor are four numbers of which one is too large. */
    boolean isValid() {
        return valid;
    }

    long high() {
        return parser.high();
    }

    long low() {
        return parser.low();
    }

    int start() {
        return start;
    }

    /** The index after the address, without its bracket. */
    int end() {
        return end;
    }

    /** The index after all that the tag took. */
    int next() {
        return next;
    }

    /** Whether the expression has no other text to try here, but for a bracket that it may give back. */
    boolean isOnly() {
        return only;
    }

    /**
     * Takes the address that the expression would try first.
     *
     * @param limits what cannot follow: the less can, the fewer texts the expression could try
     */
    Verdict take(AddressTag tag, int limits, ByteBuffer bytes, int at, int to) {
        boolean bounded = (limits & NOTHING_OF_IT_FOLLOWS) != 0;
        only = bounded;
        if (tag.takesIpv4()) {
            int quick = parser.parseIpv4(bytes, at, to);
            if (quick != NONE && (quick == to || !AddressShape.mayContain(bytes.get(quick)))) {
                valid = true;
                return set(at, quick, quick);
            }
        }
        return bounded ? takeAll(tag, bytes, at, to) : takeFirst(tag, limits, bytes, at, to);
    }

    private Verdict takeAll(AddressTag tag, ByteBuffer bytes, int from, int to) {
        int all = AddressShape.endOfAny(bytes, from, to);
        int first = from;
        int last = all;
        if (tag.takesBrackets()) {
            first += first < last && bytes.get(first) == '[' ? 1 : 0;
            last -= first < last && bytes.get(last - 1) == ']' ? 1 : 0;
        }
        if (first < last) {
            if (tag.takesIpv4()) {
                int digits = AddressShape.endOfMappedPrefix(bytes, first, last);
                if (AddressShape.endOfIpv4(bytes, digits, last) == last) {
                    return read(bytes, digits, last, all);
                }
            }
            Verdict ipv6 = tag.takesIpv6() ? AddressShape.isIpv6(bytes, first, last) : Verdict.NO_MATCH;
            if (ipv6 != Verdict.NO_MATCH) {
                return ipv6 == Verdict.MATCH ? read(bytes, first, last, all) : ipv6;
            }
        }
        if (!tag.takesName()) {
            return Verdict.NO_MATCH;
        }
        if (AddressShape.hasBytesBeyondAscii(bytes, from, all)) {
            return Verdict.UNSURE;
        }
        return from < all && AddressShape.endOfName(bytes, from, all) == all ? set(from, all, all) : Verdict.NO_MATCH;
    }

    private Verdict takeFirst(AddressTag tag, int limits, ByteBuffer bytes, int from, int to) {
        int first = from;
        if (tag.takesBrackets() && first < to && bytes.get(first) == '[') {
            first++;
        }
        if (tag.takesIpv4()) {
            int digits = AddressShape.endOfMappedPrefix(bytes, first, to);
            int last = AddressShape.endOfIpv4(bytes, digits, to);
            if (last != NONE) {
                // Behind a mapped prefix, the expression may also take the beginning of it all for an IPv6 address.
                only = (limits & NO_DIGIT_FOLLOWS) != 0 && !tag.takesName() && digits == first;
                return read(bytes, digits, last, afterBracket(tag, bytes, last, to));
            }
            if (digits > first) {
                return Verdict.UNSURE;
            }
        }
        if (tag.takesIpv6() && AddressShape.mayBeginIpv6(bytes, first, to)) {
            int last = AddressShape.endOfHexDigitsAndColons(bytes, first, to);
            Verdict ipv6 = AddressShape.isIpv6(bytes, first, last);
            if (ipv6 == Verdict.MATCH) {
                only = (limits & NO_IPV6_FOLLOWS) != 0 && !tag.takesName();
                return read(bytes, first, last, afterBracket(tag, bytes, last, to));
            }
            if (ipv6 == Verdict.UNSURE || (limits & NO_IPV6_FOLLOWS) == 0) {
                return Verdict.UNSURE;
            }
        }
        if (!tag.takesName()) {
            return Verdict.NO_MATCH;
        }
        int last = AddressShape.endOfName(bytes, from, to);
        if (AddressShape.hasBytesBeyondAscii(bytes, from, AddressShape.endOfAny(bytes, from, to))) {
            return Verdict.UNSURE;
        }
        only = (limits & NO_NAME_FOLLOWS) != 0;
        return last == NONE ? Verdict.NO_MATCH : set(from, last, last);
    }

    private static int afterBracket(AddressTag tag, ByteBuffer bytes, int at, int to) {
        return tag.takesBrackets() && at < to && bytes.get(at) == ']' ? at + 1 : at;
    }

    private Verdict read(ByteBuffer bytes, int from, int to, int after) {
        valid = parser.parseWhole(bytes, from, to);
        return set(from, to, after);
    }

    private Verdict set(int from, int to, int after) {
        start = from;
        end = to;
        next = after;
        return Verdict.MATCH;
    }
}
