package org.ipspipeline.ips.match.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.Test;

class ScanDatabaseTest {

    private static final List<String> NAMED = List.of("query", "zone transfer", "bad zone transfer request:");
    private static final HitScanner NAMED_PORTABLE =
            LiteralDatabases.portable(expressions(NAMED, false)).newScanner();
    private static final List<HitScanner> NAMED_SCANNERS =
            Hyperscan.problem() == null ? scanners(LiteralDatabases.of(expressions(NAMED, false))) : List.of();

    @Test
    void theLibraryPassesItsSelfTest() {
        Machine.needs(Hyperscan.instance().isLoaded(), "a library of Hyperscan's for this platform");
        assertThat(Hyperscan.problem()).isNull();
        assertThat(Hyperscan.instance().version()).startsWith("5.4.11");
    }

    @Property(tries = 100)
    void hyperscanFindsWhatJavaFinds(
            @ForAll("literals") List<String> literals, @ForAll("texts") String text, @ForAll boolean caseless) {
        if (Hyperscan.problem() != null) {
            return;
        }
        List<Expression> expressions = expressions(literals, caseless);
        List<String> expected = scan(LiteralDatabases.portable(expressions).newScanner(), text, 4096);
        for (HitScanner scanner : scanners(LiteralDatabases.of(expressions))) {
            assertThat(scan(scanner, text, 4096)).isEqualTo(expected);
        }
    }

    /** What Hyperscan 5.4.11 misses without bytes behind the range (decision 0010). */
    @Property(tries = 3000)
    void literalsNearTheEndOfShortRangesAreFound(
            @ForAll @IntRange(max = 600) int length,
            @ForAll @IntRange(max = 63) int alignment,
            @ForAll @IntRange(max = 40) int back,
            @ForAll boolean roomBehind,
            @ForAll Random random) {
        if (Hyperscan.problem() != null) {
            return;
        }
        String literal = NAMED.get(random.nextInt(NAMED.size()));
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) "abcdeqz '(:\n".charAt(random.nextInt(12));
        }
        int at = length - literal.length() - back;
        if (at >= 0) {
            System.arraycopy(literal.getBytes(ISO_8859_1), 0, text, at, literal.length());
        }
        int room = roomBehind ? 64 : random.nextInt(64);
        ByteBuffer bytes = ByteBuffer.allocateDirect(1024).alignedSlice(64).slice(0, alignment + length + room);
        bytes.put(alignment, text);
        // A literal behind the range is none of its own.
        bytes.put(alignment + length, "query".getBytes(ISO_8859_1), 0, Math.min(5, room));
        Hits expected = new Hits(64);
        NAMED_PORTABLE.scan(bytes, alignment, alignment + length, expected);
        for (HitScanner scanner : NAMED_SCANNERS) {
            Hits found = new Hits(64);
            assertThat(scanner.scan(bytes, alignment, alignment + length, found))
                    .isTrue();
            assertThat(sorted(found)).isEqualTo(sorted(expected));
        }
    }

    private static List<Long> sorted(Hits hits) {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < hits.count(); i++) {
            all.add((long) hits.end(i) << 32 | hits.id(i));
        }
        all.sort(Comparator.naturalOrder());
        return all;
    }

    /** All ways to call Hyperscan. */
    private static List<HitScanner> scanners(ScanDatabase database) {
        HyperscanDatabase compiled = (HyperscanDatabase) database;
        List<HitScanner> scanners = new ArrayList<>();
        for (long recorder : new long[] {HitRecorder.NONE, HitRecorder.address()}) {
            scanners.add(compiled.newScanner(recorder));
            scanners.add(new JavaCppScanner(compiled, recorder));
        }
        return scanners;
    }

    @Test
    void hitsAreRecordedWithoutACallBack() {
        Machine.needs(System.getProperty("os.arch").equals("amd64"), "a processor that the machine code is for");
        assertThat(HitRecorder.address()).isNotEqualTo(HitRecorder.NONE);
    }

    @Property(tries = 100)
    void aScanGoesOnBehindFullHits(
            @ForAll("literals") List<String> literals,
            @ForAll("texts") String text,
            @ForAll @IntRange(min = 9, max = 20) int capacity) {
        List<Expression> expressions = expressions(literals, false);
        List<HitScanner> scanners = new ArrayList<>();
        scanners.add(LiteralDatabases.portable(expressions).newScanner());
        if (Hyperscan.problem() == null) {
            scanners.addAll(scanners(LiteralDatabases.of(expressions)));
        }
        for (HitScanner scanner : scanners) {
            Hits hits = new Hits(capacity);
            ByteBuffer bytes = direct(text);
            boolean complete = scanner.scan(bytes, 0, bytes.capacity(), hits);
            List<String> all = scan(scanner, text, 4096);
            assertThat(complete).isEqualTo(all.size() < capacity);
            assertThat(hits.count()).isEqualTo(Math.min(all.size(), capacity));
        }
    }

    @Test
    void moreThreadsThanCallbacksScanAtOnce() throws Exception {
        Machine.needs(Hyperscan.problem() == null, "a library of Hyperscan's for this platform");
        HyperscanDatabase database =
                HyperscanDatabase.compile(expressions(List.of("needle"), false), HyperscanDatabase.Kind.LITERALS);
        ByteBuffer bytes = direct("a needle in hay\n".repeat(100));
        ExecutorService threads = Executors.newFixedThreadPool(14);
        try {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < 14; i++) {
                HitScanner scanner = i % 2 == 0
                        ? new JavaCppScanner(database, HitRecorder.NONE)
                        : database.newScanner(HitRecorder.NONE);
                counts.add(threads.submit(() -> {
                    Hits hits = new Hits(1000);
                    scanner.scan(bytes, 0, bytes.capacity(), hits);
                    return hits.count();
                }));
            }
            for (Future<Integer> count : counts) {
                assertThat(count.get()).isEqualTo(100);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aDatabaseSurvivesBeingWrittenDown() throws ExpressionException {
        Machine.needs(Hyperscan.problem() == null, "a library of Hyperscan's for this platform");
        List<Expression> expressions = expressions(List.of("needle", "hay"), false);
        HyperscanDatabase database = HyperscanDatabase.compile(expressions, HyperscanDatabase.Kind.LITERALS);
        HyperscanDatabase copy = HyperscanDatabase.deserialize(database.serialize());
        assertThat(scan(copy.newScanner(), "hay, needle", 9)).isEqualTo(List.of("1@3", "0@11"));
    }

    @Test
    void aRefusedExpressionIsNamed() {
        Machine.needs(Hyperscan.problem() == null, "a library of Hyperscan's for this platform");
        List<Expression> expressions = expressions(List.of("good", "b[ad"), false);
        assertThatThrownBy(() -> HyperscanDatabase.compile(expressions, HyperscanDatabase.Kind.EXPRESSIONS))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.index()).isOne());
    }

    private static List<String> scan(HitScanner scanner, String text, int capacity) {
        ByteBuffer bytes = direct("??" + text);
        Hits hits = new Hits(capacity);
        assertThat(scanner.scan(bytes, 2, bytes.capacity(), hits)).isTrue();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < hits.count(); i++) {
            found.add(hits.id(i) + "@" + (hits.end(i) - 2));
        }
        found.sort(Comparator.comparingInt((String hit) -> Integer.parseInt(hit.substring(hit.indexOf('@') + 1)))
                .thenComparing(hit -> hit));
        return found;
    }

    private static List<Expression> expressions(List<String> literals, boolean caseless) {
        List<Expression> expressions = new ArrayList<>();
        for (int i = 0; i < literals.size(); i++) {
            expressions.add(new Expression(literals.get(i).getBytes(ISO_8859_1), caseless && i % 2 == 0));
        }
        return expressions;
    }

    private static ByteBuffer direct(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).clear();
    }

    @Provide
    Arbitrary<List<String>> literals() {
        return Arbitraries.strings()
                .withChars("abAB \n\0\u00e9")
                .ofMinLength(1)
                .ofMaxLength(12)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abAB \n\0\u00e9").ofMinLength(0).ofMaxLength(200);
    }
}
