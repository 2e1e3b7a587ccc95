package org.ipspipeline.ips.match.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
