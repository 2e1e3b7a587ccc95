package org.ipspipeline.ips.enforce;

import java.util.Objects;
import org.ipspipeline.ips.address.AddressPrefix;

/** Batches as people write them. */
public final class Batches {

    private Batches() {}

    /** Bans from now on, for a number of nanoseconds or {@link Long#MAX_VALUE}. */
    public static BanBatch batch(long length, String... prefixes) {
        BanBatch batch = new BanBatch(prefixes.length);
        for (String prefix : prefixes) {
            add(batch, length == Long.MAX_VALUE ? length : System.nanoTime() + length, prefix);
        }
        return batch;
    }

    /** Ends of bans. */
    public static BanBatch lifted(String... prefixes) {
        BanBatch batch = new BanBatch(prefixes.length);
        for (String prefix : prefixes) {
            add(batch, BanBatch.LIFTED, prefix);
        }
        return batch;
    }

    /** Adds one ban. */
    public static void add(BanBatch batch, long until, String text) {
        AddressPrefix prefix = prefix(text);
        batch.add(prefix.high(), prefix.low(), prefix.length(), until, 0, 0);
    }

    /** A prefix as written. */
    public static AddressPrefix prefix(String text) {
        return Objects.requireNonNull(AddressPrefix.parse(text));
    }
}
