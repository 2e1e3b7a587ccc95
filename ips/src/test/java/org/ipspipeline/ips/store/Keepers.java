package org.ipspipeline.ips.store;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.ban.BanKeeper;
import org.ipspipeline.ips.ban.BanTimes;
import org.ipspipeline.ips.ban.JailPolicies;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.ban.KeeperOptions;
import org.ipspipeline.ips.configuration.BanTime;
import org.ipspipeline.ips.count.AddressHash;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.count.FailureTable;
import org.ipspipeline.ips.enforce.DryRunEnforcer;

/** Keepers with one jail whose bans grow. */
final class Keepers {

    private Keepers() {}

    static JailPolicy policy() {
        BanTime growing = new BanTime(60, true, 1.0, null, List.of(), -1, 0, false);
        return JailPolicy.of("jail", new FailureRule(0, 1, TimeUnit.MINUTES.toNanos(10), TimeUnit.MINUTES.toNanos(1)))
                .withTimes(BanTimes.of(growing));
    }

    static BanKeeper keeper(BanStore store) {
        return new BanKeeper(
                KeeperOptions.defaults(),
                JailPolicies.of(policy()),
                new FailureTable(1 << 16, AddressHash.random(), System.nanoTime()),
                List.of(new DryRunEnforcer()),
                List.of(store));
    }

    static AddressPrefix client(int number) {
        return new AddressPrefix(0x2001_0DB8_0000_0000L, number, 128);
    }
}
