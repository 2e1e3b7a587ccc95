package org.ipspipeline.ips.match.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks, before anything relies on it, that the library finds what it has to find. There are releases of it that miss matches on
 * common processors: an intrusion prevention that misses silently is worse than a slow one.
 */
final class HyperscanSelfTest {

    private static final int LITERALS = 40;
    private static final int BYTES = 4096;

    private HyperscanSelfTest() {}

    /** Returns what is wrong, null where nothing is. */
    static @Nullable String run() {
        if (!Hyperscan.instance().isLoaded()) {
            return null;
        }
        try {
            boolean well = findsPipedScript() && findsLiteralsAsJavaDoes() && findsLiteralsAtTheEnd();
            return well ? null : "version " + Hyperscan.instance().version() + " misses matches on this processor";
        } catch (ExpressionException | RuntimeException e) {
            return "its self-test fails (" + e.getMessage() + ")";
        }
    }

    /** An expression that 5.4.12 for x86 misses. */
    private static boolean findsPipedScript() throws ExpressionException {
        Expression expression = new Expression(latin1("curl.*\\|\\s*python"), false);
        HitScanner scanner = HyperscanDatabase.compile(List.of(expression), HyperscanDatabase.Kind.EXPRESSIONS)
                .newScanner();
        Hits hits = new Hits(8);
        for (int spaces = 0; spaces < 70; spaces++) {
            ByteBuffer bytes = direct("x".repeat(spaces) + "curl http://host/a" + " ".repeat(spaces) + "| python");
            hits.clear();
            if (!scanner.scan(bytes, 0, bytes.capacity(), hits) || hits.count() != 1) {
                return false;
            }
        }
        return true;
    }

    /** Literals of many lengths in text that is full of beginnings of them, at every alignment. */
    private static boolean findsLiteralsAsJavaDoes() throws ExpressionException {
        String text = text();
        List<Expression> literals = new ArrayList<>();
        for (int i = 0; i < LITERALS; i++) {
            int from = i * 97 % (BYTES - LITERALS);
            literals.add(new Expression(latin1(text.substring(from, from + 3 + i / 2)), false));
        }
        ByteBuffer bytes = direct(text);
        Hits expected = new Hits(BYTES * LITERALS);
        Hits found = new Hits(BYTES * LITERALS);
        new PortableDatabase(literals).newScanner().scan(bytes, 0, BYTES, expected);
        HyperscanDatabase.compile(literals, HyperscanDatabase.Kind.LITERALS)
                .newScanner()
                .scan(bytes, 0, BYTES, found);
        return sameEnds(expected, found);
    }

    /** What 5.4.11 misses without {@link HyperscanScanner#PADDING}. */
    private static boolean findsLiteralsAtTheEnd() throws ExpressionException {
        List<Expression> literals = List.of(
                new Expression(latin1("query"), false),
                new Expression(latin1("zone transfer"), false),
                new Expression(latin1("bad zone transfer request:"), false));
        HitScanner scanner = HyperscanDatabase.compile(literals, HyperscanDatabase.Kind.LITERALS)
                .newScanner();
        Hits hits = new Hits(8);
        String line = "client 192.0.2.1 (.): query (cache) './ANY/IN' denied\n";
        ByteBuffer bytes = direct(" ".repeat(256) + line);
        for (int from = 0; from <= 256; from++) {
            hits.clear();
            if (!scanner.scan(bytes, from, bytes.capacity(), hits) || hits.count() != 1) {
                return false;
            }
        }
        return true;
    }

    /** Literals that end at the same byte come in any order. */
    private static boolean sameEnds(Hits expected, Hits found) {
        if (expected.count() != found.count()) {
            return false;
        }
        long sums = 0;
        for (int i = 0; i < expected.count(); i++) {
            if (expected.end(i) != found.end(i)) {
                return false;
            }
            sums += expected.id(i) - found.id(i);
        }
        return sums == 0;
    }

    private static String text() {
        StringBuilder text = new StringBuilder();
        int state = 1;
        while (text.length() < BYTES) {
            state = state * 1_103_515_245 + 12_345;
            text.append("abcd \n".charAt((state >>> 16) % 6));
        }
        return text.toString();
    }

    private static ByteBuffer direct(String text) {
        return ByteBuffer.allocateDirect(text.length()).put(latin1(text)).clear();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
