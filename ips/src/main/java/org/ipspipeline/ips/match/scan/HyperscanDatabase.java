package org.ipspipeline.ips.match.scan;

import com.gliwka.hyperscan.jni.hs_compile_error_t;
import com.gliwka.hyperscan.jni.hs_database_t;
import com.gliwka.hyperscan.jni.hs_scratch_t;
import com.gliwka.hyperscan.jni.hyperscan;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/** Literals, compiled by Hyperscan. The native database lives as long as this object. */
final class HyperscanDatabase implements ScanDatabase {

    private final hs_database_t database;

    private HyperscanDatabase(hs_database_t database) {
        this.database = database;
    }

    /**
     * Compiles literals; the number of each is its index.
     *
     * @param literals at least one
     * @throws IllegalStateException if Hyperscan refuses them, with its message
     */
    static HyperscanDatabase compile(List<Expression> literals) {
        int count = literals.size();
        try (PointerPointer<BytePointer> texts = new PointerPointer<>(count);
                IntPointer flags = new IntPointer(count);
                IntPointer numbers = new IntPointer(count);
                SizeTPointer lengths = new SizeTPointer(count);
                PointerPointer<hs_database_t> compiled = new PointerPointer<>(1);
                PointerPointer<hs_compile_error_t> error = new PointerPointer<>(1)) {
            BytePointer[] copies = new BytePointer[count];
            for (int i = 0; i < count; i++) {
                Expression literal = literals.get(i);
                copies[i] = new BytePointer(literal.text());
                texts.put(i, copies[i]);
                flags.put(i, literal.isCaseless() ? hyperscan.HS_FLAG_CASELESS : 0);
                numbers.put(i, i);
                lengths.put(i, literal.text().length);
            }
            int result = hyperscan.hs_compile_lit_multi(
                    texts, flags, numbers, lengths, count, hyperscan.HS_MODE_BLOCK, null, compiled, error);
            for (BytePointer copy : copies) {
                copy.close();
            }
            if (result != hyperscan.HS_SUCCESS) {
                hs_compile_error_t why = error.get(hs_compile_error_t.class);
                String message = why.message().getString();
                hyperscan.hs_free_compile_error(why);
                throw new IllegalStateException("Hyperscan refuses a literal: " + message);
            }
            return new HyperscanDatabase(compiled.get(hs_database_t.class));
        }
    }

    @Override
    public HitScanner newScanner() {
        ForeignCalls foreign = Hyperscan.instance().foreign();
        return foreign == null ? new JavaCppScanner(database) : new ForeignScanner(database, foreign);
    }

    @Override
    public String engine() {
        return "Hyperscan " + Hyperscan.instance().version() + " through "
                + (Hyperscan.instance().foreign() == null ? "JNI" : "java.lang.foreign");
    }

    /** Memory that one thread needs to scan. */
    static hs_scratch_t newScratch(hs_database_t database) {
        try (PointerPointer<hs_scratch_t> scratch = new PointerPointer<>(1)) {
            Hyperscan.check(hyperscan.hs_alloc_scratch(database, scratch.put(0, (Pointer) null)), "hs_alloc_scratch");
            return scratch.get(hs_scratch_t.class);
        }
    }
}
