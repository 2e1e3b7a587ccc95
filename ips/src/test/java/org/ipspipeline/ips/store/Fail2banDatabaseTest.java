package org.ipspipeline.ips.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ipspipeline.ips.Fail2banPackage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that the installed fail2ban's own code has written. */
final class Fail2banDatabaseTest {

    @TempDir
    private Path directory;

    private Path database(long now) {
        Path file = directory.resolve("fail2ban.sqlite3");
        Fail2banPackage.need()
                .run(Fail2banDatabaseTest.class, "fail2ban_database.py", List.of(file.toString(), String.valueOf(now)));
        return file;
    }

    @Test
    void bansInForceAreReadWithTheirEnds() throws Exception {
        long now = System.currentTimeMillis() / 1000;
        Fail2banDatabase.Bans read = Fail2banDatabase.read(database(now), now * 1000);
        assertThat(read.skipped()).isEqualTo(1);
        Map<String, StoredBan> bans = read.bans().stream()
                .collect(Collectors.toMap(ban -> ban.prefix().toString(), Function.identity()));
        assertThat(bans).containsOnlyKeys("192.0.2.1", "2001:db8::1", "192.0.2.0/28");
        StoredBan first = Objects.requireNonNull(bans.get("192.0.2.1"));
        assertThat(first.jail()).startsWith("sshd");
        assertThat(first.sinceMillis()).isEqualTo((now - 100) * 1000);
        assertThat(first.untilMillis()).isEqualTo((now + 500) * 1000);
        assertThat(first.times()).isEqualTo(3);
        assertThat(Objects.requireNonNull(bans.get("2001:db8::1")).untilMillis())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void importingTwiceChangesNothing() throws Exception {
        long now = System.currentTimeMillis() / 1000;
        Path from = database(now);
        Path into = directory.resolve("state");
        Fail2banDatabase.importInto(from, into);
        Fail2banDatabase.importInto(from, into);
        try (BanDatabase ours = BanDatabase.open(into)) {
            assertThat(ours.bans(now * 1000)).hasSize(3);
        }
    }

    @Test
    void whatIsNoDatabaseIsNamed() throws Exception {
        Path none = directory.resolve("none");
        assertThatThrownBy(() -> Fail2banDatabase.read(none, 0))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(none.toString());
        Path text = Files.writeString(directory.resolve("text"), "hello".repeat(1000));
        assertThatThrownBy(() -> Fail2banDatabase.read(text, 0))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(text + ": cannot be read as fail2ban's database");
    }
}
