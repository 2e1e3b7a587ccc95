package org.ipspipeline.ips.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.ipspipeline.ips.enforce.Batches.prefix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.ban.ignore.IgnoreList;
import org.ipspipeline.ips.configuration.IgnoreRules;
import org.ipspipeline.ips.count.FailureRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IgnoreRefreshTest {

    @TempDir
    private Path directory;

    @Test
    void aFileThatChangesIsReadAnew() throws Exception {
        Path file = Files.writeString(directory.resolve("ignored"), "192.0.2.1\n");
        IgnoreList list = IgnoreList.of(new IgnoreRules(List.of("file:" + file), false, null, null));
        JailPolicies policies = JailPolicies.of(
                JailPolicy.of("jail", new FailureRule(0, 1, 1_000_000_000, 1)).withIgnored(list));
        AddressPrefix added = prefix("192.0.2.2");
        try (IgnoreRefresh refresh = new IgnoreRefresh(policies, 10, TimeUnit.MILLISECONDS)) {
            assertThat(list.contains(added.high(), added.low())).isFalse();
            Files.writeString(file, "192.0.2.1 192.0.2.2\n");
            await().untilAsserted(() -> assertThat(list.contains(added.high(), added.low()))
                    .as("%s", refresh)
                    .isTrue());
        }
    }
}
