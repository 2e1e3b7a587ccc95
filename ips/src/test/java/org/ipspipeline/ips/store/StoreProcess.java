package org.ipspipeline.ips.store;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.ipspipeline.ips.ban.BanKeeper;
import org.ipspipeline.ips.count.FailureRule;

/** Bans for ever as fast as it can, and prints after each thousand what is durable; to be killed. */
public final class StoreProcess {

    private StoreProcess() {}

    /** The directory of the database, and the number of the first client. */
    public static void main(String[] arguments) throws Exception {
        try (BanStore store = BanStore.open(StoreOptions.in(Path.of(arguments[0])), jail -> "jail");
                BanKeeper keeper = Keepers.keeper(store)) {
            store.restore(keeper, name -> 0);
            for (int client = Integer.parseInt(arguments[1]); ; client++) {
                CompletableFuture<Boolean> banned = keeper.ban(0, Keepers.client(client), FailureRule.FOREVER);
                if (client % 1000 == 999) {
                    banned.join();
                    store.flush().join();
                    System.out.println(client + 1);
                }
            }
        }
    }
}
