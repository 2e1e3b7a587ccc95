package org.ipspipeline.ips.match.scan;

import com.gliwka.hyperscan.jni.hyperscan;
import com.gliwka.hyperscan.jni.match_event_handler;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Calls {@code hs_scan} through JNI, as JavaCPP has bound it; hits come by {@link HitRecorder} where it is there, else by a call back. */
final class JavaCppScanner extends HyperscanScanner {

    /**
     * JavaCPP has room for ten callbacks in a JVM, and the eleventh is never called, without an error: so there is one, for all
     * threads.
     */
    private static final OnMatch ON_MATCH = new OnMatch();

    /** The hits of the scan that a thread is in. */
    private static final ThreadLocal<@Nullable Hits> CURRENT = new ThreadLocal<>();

    private final HyperscanDatabase database;
    private final Scratch scratch;
    private final DirectPointers pointers = new DirectPointers();
    private final match_event_handler handler;

    /**
     * @param database what to look for
     * @param recorder the address of {@link HitRecorder}'s function, {@link HitRecorder#NONE} for a call back
     */
    JavaCppScanner(HyperscanDatabase database, long recorder) {
        this.database = database;
        this.scratch = new Scratch(database);
        this.handler = recorder == HitRecorder.NONE ? ON_MATCH : new NativeFunction(recorder);
    }

    /** A function that is native already. What JavaCPP passes on is the first word of what a pointer to a function points to. */
    private static final class NativeFunction extends match_event_handler {
        NativeFunction(long address) {
            super(new LongPointer(new long[] {address, 0}));
        }
    }

    private static final class OnMatch extends match_event_handler {
        private native void allocate();

        @Override
        public int call(int id, long from, long to, int flags, @Nullable Pointer context) {
            Hits hits = CURRENT.get();
            return hits == null ? Hits.STOP : hits.onMatch(id, from, to, flags, 0);
        }
    }

    @Override
    boolean call(ByteBuffer bytes, int from, int length, Hits hits) {
        // A thread keeps its entry: setting the same again allocates nothing.
        CURRENT.set(hits);
        BytePointer data = pointers.of(bytes).position(from);
        BytePointer memory = pointers.of(hits.memory());
        int result = hyperscan.hs_scan(database.pointer(), data, length, 0, scratch.pointer(), handler, memory);
        if (result == hyperscan.HS_SCAN_TERMINATED) {
            return false;
        }
        Hyperscan.check(result, "hs_scan");
        return true;
    }
}
