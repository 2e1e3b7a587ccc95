package org.ipspipeline.ips.ban;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.enforce.Enforcer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what an enforcer says that it holds with what it should hold, and makes good what differs: bans that are missing or would
 * end too early are made again, bans that nobody knows are lifted. Somebody may have emptied a set by hand, or a change may have been lost
 * on its way.
 *
 * <p>The enforcer is read on the calling thread; the comparison is made on the keeper's, in parts, so that it is not kept from new
 * bans. What has begun since just before the reading is left alone, and what is too much must be so twice in a row: it may be on
 * its way.
 */
final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    /** Bans that are compared in one go. */
    private static final int PART = 1 << 14;

    private final Function<Function<BanBook, Integer>, CompletableFuture<Integer>> keeper;
    private final int capacity;
    private Set<Enforcement.Surplus> suspected = new HashSet<>();

    /**
     * @param keeper asks a question on the keeper's thread
     * @param capacity how many bans there are at most
     */
    Reconciler(Function<Function<BanBook, Integer>, CompletableFuture<Integer>> keeper, int capacity) {
        this.keeper = keeper;
        this.capacity = capacity;
    }

    /** Compares one enforcer; how much was made good. For one thread, and always the same enforcer. */
    int compare(Enforcer enforcer) {
        long read = System.nanoTime();
        // Room for as many again: a stranger's may be among them.
        BanTable held = new BanTable(2 * capacity, AddressHash.random());
        boolean known = enforcer.forEachBan((portSet, high, low, length, until, dropped) -> {
            int ban = held.add(high, low, length, 0, 0, until, 0);
            if (ban != BanTable.NONE) {
                held.portSet(ban, portSet);
            }
        });
        if (!known) {
            return 0;
        }
        int missing = 0;
        int bound = keeper.apply(BanBook::bound).join();
        for (int from = 0; from < bound; from += PART) {
            int first = from;
            missing += keeper.apply(book -> book.banMissing(enforcer, held, first, first + PART, read))
                    .join();
        }
        Set<Enforcement.Surplus> before = suspected;
        suspected = new HashSet<>();
        int surplus = 0;
        for (int from = 0; from < held.bound(); from += PART) {
            int first = from;
            surplus += keeper.apply(book -> book.liftSurplus(enforcer, held, first, first + PART, before, suspected))
                    .join();
        }
        if (missing + surplus > 0) {
            LOG.warn(
                    "{}: did not hold {} bans that it should, and held {} that it should not: made good",
                    enforcer.name(),
                    missing,
                    surplus);
        }
        return missing + surplus;
    }
}
