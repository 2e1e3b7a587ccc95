package org.ipspipeline.ips.match.scan;

import com.gliwka.hyperscan.jni.hs_platform_info_t;
import com.gliwka.hyperscan.jni.hyperscan;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/** The native library: loaded once, tested once before it is trusted. */
public final class Hyperscan {

    private static final Hyperscan INSTANCE = new Hyperscan();

    private final @Nullable String problem;
    private final String version;
    private final String processor;
    private final @Nullable ForeignCalls foreign;

    private Hyperscan() {
        String why = null;
        String loadedVersion = "";
        String loadedProcessor = "";
        ForeignCalls calls = null;
        try {
            String library = Loader.load(hyperscan.class);
            BytePointer text = hyperscan.hs_version();
            loadedVersion = text.getString();
            why = hyperscan.hs_valid_platform() == 0 ? null : "this processor lacks what Hyperscan needs";
            loadedProcessor = readProcessor();
            calls = ForeignCalls.bind(library);
        } catch (LinkageError | RuntimeException e) {
            // What JavaCPP throws depends on what is missing: the library, the classifier, a directory to unpack it to.
            why = "its library does not load (" + e.getMessage() + ")";
        }
        problem = why;
        version = loadedVersion;
        processor = loadedProcessor;
        foreign = calls;
    }

    private static String readProcessor() {
        try (hs_platform_info_t platform = new hs_platform_info_t()) {
            check(hyperscan.hs_populate_platform(platform), "hs_populate_platform");
            return platform.tune() + "-" + Long.toHexString(platform.cpu_features());
        }
    }

    static Hyperscan instance() {
        return INSTANCE;
    }

    /**
     * Tells why Hyperscan is not used on this machine.
     *
     * @return one sentence's end, such as "its library does not load (...)", or null where it is used
     */
    public static @Nullable String problem() {
        return INSTANCE.problem != null ? INSTANCE.problem : SelfTestResult.PROBLEM;
    }

    /** Runs the self-test when it is first asked for, and after the library is ready to be used by it. */
    private static final class SelfTestResult {
        static final @Nullable String PROBLEM = HyperscanSelfTest.run();
    }

    boolean isLoaded() {
        return problem == null;
    }

    /** The version of the library, such as {@code 5.4.11 2024-07-23}. */
    String version() {
        return version;
    }

    /** What of the processor the compiled databases depend on. */
    String processor() {
        return processor;
    }

    /** The calls through java.lang.foreign, null before JDK 22. */
    @Nullable
    ForeignCalls foreign() {
        return foreign;
    }

    static void check(int error, String call) {
        if (error != hyperscan.HS_SUCCESS) {
            throw new IllegalStateException(call + " failed with Hyperscan's error " + error);
        }
    }
}
