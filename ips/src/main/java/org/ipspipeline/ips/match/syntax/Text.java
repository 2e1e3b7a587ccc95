package org.ipspipeline.ips.match.syntax;

import java.nio.charset.StandardCharsets;

/** A text that a part of an expression matches: its bytes as characters, and whether ASCII letters may be in either case. */
record Text(String bytes, boolean eitherCase) {

    static final Text EMPTY = new Text("", false);

    static Text of(byte value) {
        return new Text(String.valueOf((char) (value & 0xFF)), false);
    }

    static Text inEitherCase(char letter) {
        return new Text(String.valueOf(letter), true);
    }

    int length() {
        return bytes.length();
    }

    Text then(Text next) {
        return new Text(bytes + next.bytes, eitherCase || next.eitherCase);
    }

    Needle needle() {
        return new Needle(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }
}
