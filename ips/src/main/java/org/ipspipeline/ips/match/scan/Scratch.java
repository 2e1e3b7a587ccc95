package org.ipspipeline.ips.match.scan;

import com.gliwka.hyperscan.jni.hs_scratch_t;
import com.gliwka.hyperscan.jni.hyperscan;
import org.bytedeco.javacpp.PointerPointer;

/** The working memory of one scanner, freed when the scanner is no longer reachable. */
final class Scratch {

    private final hs_scratch_t scratch;

    Scratch(HyperscanDatabase database) {
        // The library reads the pointer that it is given: null asks for new memory.
        try (PointerPointer<hs_scratch_t> result = new PointerPointer<hs_scratch_t>(1).put(0, null)) {
            Hyperscan.check(hyperscan.hs_alloc_scratch(database.pointer(), result), "hs_alloc_scratch");
            scratch = result.get(hs_scratch_t.class);
        }
        HyperscanDatabase.CLEANER.register(this, new Release(scratch));
    }

    private record Release(hs_scratch_t scratch) implements Runnable {
        @Override
        public void run() {
            hyperscan.hs_free_scratch(scratch);
        }
    }

    hs_scratch_t pointer() {
        return scratch;
    }
}
