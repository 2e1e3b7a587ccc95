package org.ipspipeline.ips.match.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A short line that an expression with one address is likely to match: it passes over what the tree cannot say, and over conditions. */
public final class SampleLine {

    /** Letters and digits rather than others. */
    private static final byte[] PREFERRED = "a0A -".getBytes(StandardCharsets.US_ASCII);

    private final byte[] head;
    private final byte[] tail;
    private final boolean ipv4;
    private final boolean ipv6;

    private SampleLine(Writing writing) {
        ipv4 = writing.tag == null || writing.tag.takesIpv4();
        ipv6 = writing.tag != null && writing.tag.takesIpv6();
        head = writing.head == null ? new byte[0] : writing.head;
        tail = writing.bytes.toByteArray();
    }

    /** What comes before the address is set aside when it comes. */
    private static final class Writing {
        private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private byte @Nullable [] head;
        private @Nullable AddressTag tag;

        void write(RegexNode node) {
            if (node instanceof RegexNode.Literal literal) {
                bytes.write(literal.value());
            } else if (node instanceof RegexNode.OneOf oneOf) {
                bytes.write(member(oneOf.set()));
            } else if (node instanceof RegexNode.Sequence sequence) {
                sequence.parts().forEach(this::write);
            } else if (node instanceof RegexNode.Choice choice) {
                write(choice.parts().get(0));
            } else if (node instanceof RegexNode.Capture capture) {
                write(capture.part());
            } else if (node instanceof RegexNode.Repeat repeat) {
                for (int i = 0; i < repeat.min(); i++) {
                    write(repeat.part());
                }
            } else if (node instanceof RegexNode.Address address) {
                tag = address.tag();
                head = bytes.toByteArray();
                bytes = new ByteArrayOutputStream();
            }
        }

        private static int member(ByteSet set) {
            for (byte preferred : PREFERRED) {
                if (set.mayContain(preferred)) {
                    return preferred;
                }
            }
            int value = 0;
            while (value < 0xFF && !set.mayContain(value)) {
                value++;
            }
            return value;
        }
    }

    /**
     * Makes one up.
     *
     * @param expression holds one address
     * @return the line
     */
    public static SampleLine of(RegexNode expression) {
        Writing writing = new Writing();
        writing.write(expression);
        return new SampleLine(writing);
    }

    /** {@return whether an IPv4 address can stand in it} */
    public boolean takesIpv4() {
        return ipv4;
    }

    /** {@return whether an IPv6 address can stand in it} */
    public boolean takesIpv6() {
        return ipv6;
    }

    /**
     * The line.
     *
     * @param address stands where the address does
     * @return its bytes, without a newline
     */
    public byte[] with(String address) {
        byte[] between = address.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream line = new ByteArrayOutputStream(head.length + between.length + tail.length);
        line.writeBytes(head);
        line.writeBytes(between);
        line.writeBytes(tail);
        return line.toByteArray();
    }
}
