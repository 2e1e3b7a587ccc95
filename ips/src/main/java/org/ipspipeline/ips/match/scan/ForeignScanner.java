package org.ipspipeline.ips.match.scan;

import com.gliwka.hyperscan.jni.hyperscan;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls {@code hs_scan} through {@code java.lang.foreign}. */
final class ForeignScanner implements HitScanner {

    private static final ForeignCalls CALLS =
            Objects.requireNonNull(Hyperscan.instance().foreign());

    /** Constant, so that the call is compiled in place. */
    private static final MethodHandle SCAN = CALLS.scan();

    private static final long NO_CONTEXT = 0;
    private static final int NO_FLAGS = 0;

    private final HyperscanDatabase database;
    private final Scratch scratch;
    private final DirectPointers pointers = new DirectPointers();
    private @Nullable Hits boundHits;
    private ForeignCalls.@Nullable Callback callback;

    ForeignScanner(HyperscanDatabase database) {
        this.database = database;
        this.scratch = new Scratch(database);
    }

    @Override
    public boolean scan(ByteBuffer bytes, int from, int to, Hits hits) {
        Objects.checkFromToIndex(from, to, bytes.capacity());
        hits.startAt(from);
        int result;
        try {
            result = (int) SCAN.invokeExact(
                    database.pointer().address(),
                    pointers.of(bytes).address() + from,
                    to - from,
                    NO_FLAGS,
                    scratch.pointer().address(),
                    callbackFor(hits),
                    NO_CONTEXT);
        } catch (Throwable e) {
            throw new IllegalStateException("hs_scan could not be called", e);
        } finally {
            // What the addresses belong to must not be freed during the call.
            Reference.reachabilityFence(this);
            Reference.reachabilityFence(bytes);
        }
        if (result == hyperscan.HS_SCAN_TERMINATED) {
            return false;
        }
        Hyperscan.check(result, "hs_scan");
        return true;
    }

    private long callbackFor(Hits hits) {
        ForeignCalls.Callback current = callback;
        if (current == null || boundHits != hits) {
            boundHits = hits;
            current = CALLS.callback(hits);
            callback = current;
        }
        return current.address();
    }
}
