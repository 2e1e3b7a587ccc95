package org.ipspipeline.ips.match.scan;

import com.gliwka.hyperscan.jni.hs_database_t;
import com.gliwka.hyperscan.jni.hs_scratch_t;
import com.gliwka.hyperscan.jni.hyperscan;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Scans through {@code java.lang.foreign}. A callback is made for each collection of hits that it is given. */
final class ForeignScanner implements HitScanner {

    /** Constant, so that the compiler can inline the call. Read only after the calls were found to be there. */
    private static final MethodHandle SCAN =
            Objects.requireNonNull(Hyperscan.instance().foreign()).scan();

    private final ForeignCalls calls;
    /** Keeps the native objects from being collected. */
    private final hs_database_t database;

    private final hs_scratch_t scratch;
    private final BufferPointers pointers = new BufferPointers();
    private @Nullable Hits known;
    private long callback;

    ForeignScanner(hs_database_t database, ForeignCalls calls) {
        this.calls = calls;
        this.database = database;
        this.scratch = HyperscanDatabase.newScratch(database);
    }

    @Override
    public boolean scan(ByteBuffer bytes, int from, int to, Hits hits) {
        if (known != hits) {
            callback = calls.callback(hits);
            known = hits;
        }
        hits.startAt(from);
        long start = pointers.of(bytes).address() + from;
        int result = scan(database.address(), start, to - from, scratch.address());
        if (result == hyperscan.HS_SCAN_TERMINATED) {
            return false;
        }
        Hyperscan.check(result, "hs_scan");
        return true;
    }

    private int scan(long databaseAddress, long start, int length, long scratchAddress) {
        try {
            return (int) SCAN.invokeExact(databaseAddress, start, length, 0, scratchAddress, callback, 0L);
        } catch (Throwable failure) {
            throw new IllegalStateException("hs_scan cannot be called", failure);
        }
    }
}
