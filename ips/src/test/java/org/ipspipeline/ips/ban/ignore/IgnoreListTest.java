package org.ipspipeline.ips.ban.ignore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.configuration.IgnoreRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IgnoreListTest {

    @TempDir
    Path directory;

    @Test
    void addressesNetworksAndNamesAreIgnored() {
        IgnoreList list = list(false, "10.0.0.0/8", "2001:db8::1", "localhost");
        assertThat(contains(list, "10.200.0.1")).isTrue();
        assertThat(contains(list, "2001:db8::1")).isTrue();
        assertThat(contains(list, "2001:db8::2")).isFalse();
        assertThat(contains(list, "127.0.0.1")).isTrue();
        assertThat(contains(list, "11.0.0.1")).isFalse();
    }

    @Test
    void aFileIsReadAnewWithEachRefreshAndKeptWhenItIsGone() throws IOException {
        Path file = directory.resolve("friends");
        IgnoreList list = list(false, "file:" + file);
        assertThat(contains(list, "10.0.0.1")).isFalse();
        Files.writeString(file, "# our office\n10.0.0.1, 10.0.0.2  # two hosts\n\n192.0.2.0/24\n");
        list.refresh();
        assertThat(contains(list, "10.0.0.1")).isTrue();
        assertThat(contains(list, "10.0.0.2")).isTrue();
        assertThat(contains(list, "192.0.2.99")).isTrue();
        Files.delete(file);
        list.refresh();
        assertThat(contains(list, "10.0.0.1")).isTrue();
        Files.writeString(file, "10.0.0.2");
        list.refresh();
        assertThat(contains(list, "10.0.0.1")).isFalse();
        assertThat(contains(list, "10.0.0.2")).isTrue();
    }

    @Test
    void thisHostsOwnAddressesAreIgnoredWhenAskedFor() {
        assertThat(contains(list(true), "127.0.0.1")).isTrue();
        assertThat(contains(list(false), "127.0.0.1")).isFalse();
    }

    @Test
    void aNameThatCannotBeResolvedSpoilsNothing() {
        IgnoreList list = list(false, "no-such-host.invalid", "10.0.0.1");
        assertThat(contains(list, "10.0.0.1")).isTrue();
    }

    private static IgnoreList list(boolean self, String... entries) {
        return IgnoreList.of(new IgnoreRules(List.of(entries), self, null, null));
    }

    private static boolean contains(IgnoreList list, String address) {
        AddressPrefix prefix = Objects.requireNonNull(AddressPrefix.parse(address));
        return list.contains(prefix.high(), prefix.low());
    }
}
