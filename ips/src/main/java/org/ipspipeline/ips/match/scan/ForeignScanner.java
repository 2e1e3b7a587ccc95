package org.ipspipeline.ips.match.scan;

import com.gliwka.hyperscan.jni.hyperscan;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls {@code hs_scan} through {@code java.lang.foreign}; hits come by {@link HitRecorder} where it is there, else by a call back. */
final class ForeignScanner extends HyperscanScanner {

    private static final ForeignCalls CALLS =
            Objects.requireNonNull(Hyperscan.instance().foreign());

    /** Constant, so that the call is compiled in place. */
    private static final MethodHandle SCAN = CALLS.scan();

    private static final int NO_FLAGS = 0;

    private final HyperscanDatabase database;
    private final Scratch scratch;
    private final long recorder;
    private final DirectPointers pointers = new DirectPointers();
    private @Nullable Hits boundHits;
    private ForeignCalls.@Nullable Callback callback;

    /**
     * @param database what to look for
     * @param recorder the address of {@link HitRecorder}'s function, {@link HitRecorder#NONE} for a call back
     */
    ForeignScanner(HyperscanDatabase database, long recorder) {
        this.database = database;
        this.recorder = recorder;
        this.scratch = new Scratch(database);
    }

    @Override
    boolean call(ByteBuffer bytes, int from, int length, Hits hits) {
        int result;
        try {
            result = (int) SCAN.invokeExact(
                    database.pointer().address(),
                    pointers.of(bytes).address() + from,
                    length,
                    NO_FLAGS,
                    scratch.pointer().address(),
                    recorder != HitRecorder.NONE ? recorder : callbackFor(hits),
                    pointers.of(hits.memory()).address());
        } catch (Throwable e) {
            throw new IllegalStateException("hs_scan could not be called", e);
        } finally {
            // What the addresses belong to must not be freed during the call.
            Reference.reachabilityFence(this);
            Reference.reachabilityFence(bytes);
            Reference.reachabilityFence(hits);
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
