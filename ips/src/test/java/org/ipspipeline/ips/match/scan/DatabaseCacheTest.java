package org.ipspipeline.ips.match.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiled databases that are kept on the disk. */
final class DatabaseCacheTest {

    private static final String LINE = "a line with a needle and hay\n";

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void needsHyperscan() {
        Machine.needs(Hyperscan.problem() == null, "Hyperscan");
        directory = temporary.resolve("cache");
    }

    @Test
    void whatIsCompiledOnceIsReadAndFindsTheSame() throws Exception {
        DatabaseCache first = cache(10, 1 << 20);
        HyperscanDatabase compiled = first.database(literals("needle", "hay"), HyperscanDatabase.Kind.LITERALS);
        HyperscanDatabase again = first.database(literals("needle", "hay"), HyperscanDatabase.Kind.LITERALS);
        DatabaseCache ofNextProcess = cache(10, 1 << 20);
        HyperscanDatabase read = ofNextProcess.database(literals("needle", "hay"), HyperscanDatabase.Kind.LITERALS);
        assertThat(first.compiled()).isEqualTo(1);
        assertThat(ofNextProcess.compiled()).isZero();
        assertThat(scan(read)).isEqualTo(scan(compiled)).isEqualTo(scan(again)).containsExactly("0@20", "1@28");
        assertThat(Files.getPosixFilePermissions(directory)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void otherLiteralsOrAnotherCaseOrKindIsAnotherDatabase() throws Exception {
        DatabaseCache cache = cache(10, 1 << 20);
        cache.database(literals("needle", "hay"), HyperscanDatabase.Kind.LITERALS);
        cache.database(literals("hay", "needle"), HyperscanDatabase.Kind.LITERALS);
        cache.database(literals("needleh", "ay"), HyperscanDatabase.Kind.LITERALS);
        cache.database(literals("needle", "hay"), HyperscanDatabase.Kind.EXPRESSIONS);
        cache.database(List.of(expression("needle", true), expression("hay", false)), HyperscanDatabase.Kind.LITERALS);
        assertThat(cache.compiled()).isEqualTo(5);
    }

    @Test
    void whatIsTornOrAlteredIsCompiledAnewAndReplaced() throws Exception {
        DatabaseCache cache = cache(10, 1 << 20);
        cache.database(literals("needle"), HyperscanDatabase.Kind.LITERALS);
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        for (int at : new int[] {0, 9, 13, 16, whole.length / 2, whole.length - 1}) {
            byte[] altered = whole.clone();
            altered[at] ^= 1;
            Files.write(file, altered);
            long before = cache.compiled();
            assertThat(scan(cache.database(literals("needle"), HyperscanDatabase.Kind.LITERALS)))
                    .containsExactly("0@20");
            assertThat(cache.compiled()).as("byte %d", at).isEqualTo(before + 1);
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
        Files.write(file, Arrays.copyOf(whole, 10));
        assertThat(scan(cache.database(literals("needle"), HyperscanDatabase.Kind.LITERALS)))
                .containsExactly("0@20");
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @Test
    void whatOthersMayHaveWrittenIsNotTrusted() throws Exception {
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwx---"));
        assertThatThrownBy(() -> cache(10, 1 << 20)).hasMessage(directory + " may be written by others");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        DatabaseCache cache = cache(10, 1 << 20);
        cache.database(literals("needle"), HyperscanDatabase.Kind.LITERALS);
        Files.setPosixFilePermissions(onlyFile(), PosixFilePermissions.fromString("rw-rw-rw-"));
        cache.database(literals("needle"), HyperscanDatabase.Kind.LITERALS);
        assertThat(cache.compiled()).isEqualTo(2);

        Path link = Files.createSymbolicLink(temporary.resolve("link"), directory);
        assertThatThrownBy(() -> CacheDirectory.open(link, 1, 1)).hasMessage(link + " is no directory");
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused() throws Exception {
        Machine.needsRoot();
        Files.createDirectory(directory);
        Files.setAttribute(directory, "unix:uid", 65_534);
        assertThatThrownBy(() -> cache(10, 1 << 20)).hasMessage(directory + " belongs to another user");
    }

    @Test
    void thoseNotUsedForLongestMakeRoom() throws Exception {
        DatabaseCache cache = cache(3, 1 << 20);
        List<String> words = List.of("one", "two", "three");
        for (String word : words) {
            cache.database(literals(word), HyperscanDatabase.Kind.LITERALS);
        }
        long age = 100_000;
        for (Path file : files()) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - age--));
        }
        cache.database(literals("one"), HyperscanDatabase.Kind.LITERALS);
        cache.database(literals("four"), HyperscanDatabase.Kind.LITERALS);
        assertThat(files()).hasSize(3);
        assertThat(cache.compiled()).isEqualTo(4);
        cache.database(literals("one"), HyperscanDatabase.Kind.LITERALS);
        cache.database(literals("four"), HyperscanDatabase.Kind.LITERALS);
        assertThat(cache.compiled()).as("both are still there").isEqualTo(4);

        DatabaseCache small = cache(3, 1);
        small.database(literals("five"), HyperscanDatabase.Kind.LITERALS);
        assertThat(files()).isEmpty();
    }

    @Test
    void severalMayFillItAtOnce() throws Exception {
        DatabaseCache cache = cache(10, 1 << 20);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String word = i % 2 == 0 ? "needle" : "hay";
                tasks.add(() ->
                        scan(cache(10, 1 << 20).database(literals("line", word), HyperscanDatabase.Kind.LITERALS)));
            }
            List<Future<List<String>>> results = threads.invokeAll(tasks);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).containsExactly("0@6", i % 2 == 0 ? "1@20" : "1@28");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(files()).hasSize(2);
        assertThat(cache.compiled()).isZero();
    }

    private DatabaseCache cache(int maxFiles, long maxBytes) throws IOException {
        return new DatabaseCache(CacheDirectory.open(directory, maxFiles, maxBytes));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private Path onlyFile() throws IOException {
        List<Path> files = files();
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    private static List<Expression> literals(String... texts) {
        return Stream.of(texts).map(text -> expression(text, false)).toList();
    }

    private static Expression expression(String text, boolean caseless) {
        return new Expression(text.getBytes(StandardCharsets.ISO_8859_1), caseless);
    }

    private static List<String> scan(ScanDatabase database) {
        byte[] line = LINE.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocateDirect(256 + line.length).put(256, line);
        Hits hits = new Hits(16);
        assertThat(database.newScanner().scan(bytes, 256, 256 + line.length, hits))
                .isTrue();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < hits.count(); i++) {
            found.add(hits.id(i) + "@" + (hits.end(i) - 256));
        }
        return found;
    }
}
