package org.ipspipeline.ips.match.scan;

import com.gliwka.hyperscan.jni.hs_database_t;
import com.gliwka.hyperscan.jni.hs_scratch_t;
import com.gliwka.hyperscan.jni.hyperscan;
import com.gliwka.hyperscan.jni.match_event_handler;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Scans through JNI. JavaCPP holds at most ten live callbacks, and the eleventh silently matches nothing: so there is one for
 * all threads, which finds the hits of the thread that scans.
 */
final class JavaCppScanner implements HitScanner {

    private static final ThreadLocal<@Nullable Hits> CURRENT = new ThreadLocal<>();

    private static final match_event_handler ON_MATCH = new match_event_handler() {
        @Override
        public int call(int id, long from, long to, int flags, Pointer context) {
            Hits hits = CURRENT.get();
            return hits == null ? Hits.STOP : hits.onMatch(id, from, to, flags, 0);
        }
    };

    private final hs_database_t database;
    private final hs_scratch_t scratch;
    private final BufferPointers pointers = new BufferPointers();

    JavaCppScanner(hs_database_t database) {
        this.database = database;
        this.scratch = HyperscanDatabase.newScratch(database);
    }

    @Override
    public boolean scan(ByteBuffer bytes, int from, int to, Hits hits) {
        hits.startAt(from);
        CURRENT.set(hits);
        BytePointer start = pointers.of(bytes).position(from);
        int result = hyperscan.hs_scan(database, start, to - from, 0, scratch, ON_MATCH, null);
        if (result == hyperscan.HS_SCAN_TERMINATED) {
            return false;
        }
        Hyperscan.check(result, "hs_scan");
        return true;
    }
}
