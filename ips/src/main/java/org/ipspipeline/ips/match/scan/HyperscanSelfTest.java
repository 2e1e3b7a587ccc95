package org.ipspipeline.ips.match.scan;

import com.gliwka.hyperscan.jni.hs_compile_error_t;
import com.gliwka.hyperscan.jni.hs_database_t;
import com.gliwka.hyperscan.jni.hyperscan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the library finds what it must: version 5.4.12 of the native artifact misses matches on x86 (Vectorscan's
 * issues 358 and 382), such as that of the expression here.
 */
final class HyperscanSelfTest {

    private static final String EXPRESSION = "curl.*\\|\\s*python";
    private static final String LINE = "curl -s https://example.org/install.sh |   python -\n";

    private HyperscanSelfTest() {}

    /** Runs it; the end of a sentence that says what is wrong, or null. */
    static @Nullable String run() {
        if (!Hyperscan.instance().isLoaded()) {
            return null;
        }
        try {
            boolean sound = finds(new JavaCppScanner(compile()))
                    && finds(HyperscanDatabase.compile(List.of(new Expression(bytes("|   PYTHON"), true)))
                            .newScanner());
            return sound ? null : "its library misses matches that it must find";
        } catch (IllegalStateException e) {
            return "its library fails its self-test (" + e.getMessage() + ")";
        }
    }

    private static boolean finds(HitScanner scanner) {
        byte[] line = bytes(LINE);
        ByteBuffer buffer = ByteBuffer.allocateDirect(line.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(0, line);
        Hits hits = new Hits(16);
        boolean complete = scanner.scan(buffer, 0, line.length, hits);
        return complete && hits.count() > 0 && hits.end(0) == LINE.indexOf("python") + "python".length();
    }

    private static hs_database_t compile() {
        try (PointerPointer<BytePointer> text = new PointerPointer<>(1);
                BytePointer expression = new BytePointer(EXPRESSION);
                IntPointer flags = new IntPointer(1L);
                IntPointer numbers = new IntPointer(1L);
                PointerPointer<hs_database_t> compiled = new PointerPointer<>(1);
                PointerPointer<hs_compile_error_t> error = new PointerPointer<>(1)) {
            text.put(0, expression);
            flags.put(0, hyperscan.HS_FLAG_DOTALL);
            numbers.put(0, 0);
            Hyperscan.check(
                    hyperscan.hs_compile_multi(text, flags, numbers, 1, hyperscan.HS_MODE_BLOCK, null, compiled, error),
                    "hs_compile_multi");
            return compiled.get(hs_database_t.class);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
