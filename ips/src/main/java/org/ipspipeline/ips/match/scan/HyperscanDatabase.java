package org.ipspipeline.ips.match.scan;

import com.gliwka.hyperscan.jni.hs_compile_error_t;
import com.gliwka.hyperscan.jni.hs_database_t;
import com.gliwka.hyperscan.jni.hyperscan;
import java.lang.ref.Cleaner;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/** A compiled database. Its native memory is freed when neither it nor one of its scanners is reachable any more. */
final class HyperscanDatabase implements ScanDatabase {

    static final Cleaner CLEANER = Cleaner.create();

    /** What the texts are. */
    enum Kind {
        /** Bytes to be found as they are. */
        LITERALS,
        /** Expressions, of each of which one match a scan is enough. */
        EXPRESSIONS
    }

    private final hs_database_t database;

    private HyperscanDatabase(hs_database_t database) {
        this.database = database;
        CLEANER.register(this, new Release(database));
    }

    /** Frees the native memory; a class of its own, so that it does not hold what it waits for. */
    private record Release(hs_database_t database) implements Runnable {
        @Override
        public void run() {
            hyperscan.hs_free_database(database);
        }
    }

    /**
     * Compiles expressions; the number of each is its index.
     *
     * @throws ExpressionException if Hyperscan refuses one
     */
    static HyperscanDatabase compile(List<Expression> expressions, Kind kind) throws ExpressionException {
        int count = expressions.size();
        BytePointer[] texts = new BytePointer[count];
        try (PointerPointer<BytePointer> textPointers = new PointerPointer<>(count);
                IntPointer flags = new IntPointer(count);
                IntPointer ids = new IntPointer(count);
                PointerPointer<hs_database_t> result = new PointerPointer<>(1);
                PointerPointer<hs_compile_error_t> error = new PointerPointer<>(1)) {
            for (int i = 0; i < count; i++) {
                Expression expression = expressions.get(i);
                texts[i] = new BytePointer(kind == Kind.LITERALS ? escaped(expression.text()) : expression.latin1());
                textPointers.put(i, texts[i]);
                flags.put(i, flags(expression, kind));
                ids.put(i, i);
            }
            int code = hyperscan.hs_compile_multi(
                    textPointers, flags, ids, count, hyperscan.HS_MODE_BLOCK, null, result, error);
            if (code != hyperscan.HS_SUCCESS) {
                throw failure(error.get(hs_compile_error_t.class));
            }
            return new HyperscanDatabase(result.get(hs_database_t.class));
        } finally {
            for (BytePointer text : texts) {
                if (text != null) {
                    text.close();
                }
            }
        }
    }

    /** Each byte as \xNN: the library's own call for literals stops at a zero. */
    private static String escaped(byte[] literal) {
        StringBuilder text = new StringBuilder();
        for (byte value : literal) {
            text.append(String.format("\\x%02x", value));
        }
        return text.toString();
    }

    private static int flags(Expression expression, Kind kind) {
        int caseless = expression.isCaseless() ? hyperscan.HS_FLAG_CASELESS : 0;
        return kind == Kind.LITERALS
                ? caseless
                : caseless
                        | hyperscan.HS_FLAG_DOTALL
                        | hyperscan.HS_FLAG_ALLOWEMPTY
                        | hyperscan.HS_FLAG_SINGLEMATCH
                        | hyperscan.HS_FLAG_PREFILTER;
    }

    private static ExpressionException failure(hs_compile_error_t error) {
        int index = error.expression();
        String message = error.message().getString();
        hyperscan.hs_free_compile_error(error);
        return new ExpressionException(index, message);
    }

    /** Writes the database down, for {@link #deserialize} on the same kind of processor with the same library. */
    byte[] serialize() {
        try (PointerPointer<BytePointer> bytes = new PointerPointer<>(1);
                SizeTPointer length = new SizeTPointer(1)) {
            Hyperscan.check(hyperscan.hs_serialize_database(database, bytes, length), "hs_serialize_database");
            BytePointer text = bytes.get(BytePointer.class);
            byte[] serialized = new byte[Math.toIntExact(length.get())];
            text.get(serialized);
            // The library took this memory from malloc, and has no call of its own to give it back.
            Pointer.free(text);
            return serialized;
        }
    }

    /** Reads what {@link #serialize} wrote: nothing else, the library does not defend itself. */
    static HyperscanDatabase deserialize(byte[] serialized) {
        try (BytePointer bytes = new BytePointer(serialized);
                PointerPointer<hs_database_t> result = new PointerPointer<>(1)) {
            Hyperscan.check(
                    hyperscan.hs_deserialize_database(bytes, serialized.length, result), "hs_deserialize_database");
            return new HyperscanDatabase(result.get(hs_database_t.class));
        }
    }

    @Override
    public HitScanner newScanner() {
        return newScanner(HitRecorder.address());
    }

    HitScanner newScanner(long recorder) {
        return Hyperscan.instance().foreign() == null
                ? new JavaCppScanner(this, recorder)
                : new ForeignScanner(this, recorder);
    }

    @Override
    public String engine() {
        return "Hyperscan " + Hyperscan.instance().version()
                + (Hyperscan.instance().foreign() == null ? " through JNI" : " through java.lang.foreign");
    }

    hs_database_t pointer() {
        return database;
    }
}
