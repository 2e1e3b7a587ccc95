package org.ipspipeline.ips.enforce.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.BanBatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GateTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("gate");
    }

    @Test
    void bansUntilTheEndAndNotFromThereOn() throws IOException {
        try (GateEnforcer enforcer = GateEnforcer.open(path, 100)) {
            Gate gate = Gate.open(path);
            // In the future: the place of a ban that has ended is given to the next.
            long end = System.nanoTime() + MINUTE;
            ban(enforcer, "10.0.0.1", end);
            ban(enforcer, "2001:db8::1", Long.MAX_VALUE);
            assertThat(isBanned(gate, "10.0.0.1", end - 1)).isTrue();
            assertThat(isBanned(gate, "10.0.0.1", end)).isFalse();
            assertThat(isBanned(gate, "10.0.0.2", 0)).isFalse();
            assertThat(isBanned(gate, "2001:db8::1", Long.MAX_VALUE - 1)).isTrue();
            assertThat(isBanned(gate, "2001:db8::2", 0)).isFalse();
            ban(enforcer, "10.0.0.1", end + 1000);
            assertThat(isBanned(gate, "10.0.0.1", end + 999)).isTrue();
        }
    }

    @Test
    void prefixesOfAllLengthsHold() throws IOException {
        try (GateEnforcer enforcer = GateEnforcer.open(path, 100)) {
            Gate gate = Gate.open(path);
            // In the future: the place of a ban that has ended is given to the next.
            long end = System.nanoTime() + MINUTE;
            ban(enforcer, "10.1.2.0/24", end);
            ban(enforcer, "2001:db8:1:2::/64", end);
            ban(enforcer, "2001:db8:8000::/33", end);
            assertThat(isBanned(gate, "10.1.2.255", 0)).isTrue();
            assertThat(isBanned(gate, "10.1.3.0", 0)).isFalse();
            assertThat(isBanned(gate, "2001:db8:1:2:ffff::1", 0)).isTrue();
            assertThat(isBanned(gate, "2001:db8:1:3::1", 0)).isFalse();
            assertThat(isBanned(gate, "2001:db8:ffff::1", 0)).isTrue();
            unban(enforcer, "10.1.2.0/24");
            assertThat(isBanned(gate, "10.1.2.255", 0)).isFalse();
        }
    }

    @Test
    void itTakesAsManyBansAsItWasMadeForAndRejectsWhatHasNoRoom() throws IOException {
        int bans = 10_000;
        try (GateEnforcer enforcer = GateEnforcer.open(path, bans)) {
            Gate gate = Gate.open(path);
            long end = System.nanoTime() + MINUTE;
            assertThat(fill(enforcer, bans, end)).isZero();
            for (int i = 0; i < bans; i++) {
                assertThat(gate.isBanned(i, ~i, end - 1)).isTrue();
            }
            assertThat(fill(enforcer, 4 * bans, end)).isPositive();
            List<Long> ends = new ArrayList<>();
            enforcer.forEachBan((portSet, high, low, length, until, dropped) -> ends.add(until));
            assertThat(ends).hasSizeBetween(bans, 4 * bans).containsOnly(end);
        }
    }

    @Test
    void endedBansGiveTheirRoomAway() throws IOException {
        int bans = 1_000;
        try (GateEnforcer enforcer = GateEnforcer.open(path, bans)) {
            for (int round = 0; round < 20; round++) {
                BanBatch batch = new BanBatch(bans);
                for (int i = 0; i < bans; i++) {
                    batch.add(round, i, 128, System.nanoTime(), 0, 0);
                }
                enforcer.ban(batch);
                assertThat(batch.rejectedCount()).isZero();
            }
        }
    }

    @Test
    void bansSurviveTheDaemon() throws IOException {
        try (GateEnforcer enforcer = GateEnforcer.open(path, 100)) {
            ban(enforcer, "10.0.0.1", Long.MAX_VALUE);
        }
        try (GateEnforcer enforcer = GateEnforcer.open(path, 100)) {
            List<Object> held = new ArrayList<>();
            enforcer.forEachBan(
                    (portSet, high, low, length, until, dropped) -> held.add(new AddressPrefix(high, low, length)));
            assertThat(held).containsExactly(prefix("10.0.0.1"));
        }
    }

    @Test
    void anotherProcessSeesBansComeAndGo() throws Exception {
        try (GateEnforcer enforcer = GateEnforcer.open(path, 100)) {
            Process server = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Server.class.getName(),
                            path.toString())
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader output = server.inputReader()) {
                assertThat(output.readLine()).isEqualTo("open");
                ban(enforcer, "10.0.0.1", System.nanoTime() + MINUTE);
                assertThat(output.readLine()).isEqualTo("banned");
                unban(enforcer, "10.0.0.1");
                assertThat(output.readLine()).isEqualTo("let through");
                // Ends by itself, and by the same clock in both processes.
                ban(enforcer, "10.0.0.1", System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50));
                assertThat(output.readLine()).isEqualTo("banned");
                assertThat(output.readLine()).isEqualTo("let through");
            } finally {
                server.destroyForcibly().waitFor();
            }
        }
    }

    /** A server that says when an address is banned and when it is let through. */
    static final class Server {
        public static void main(String[] arguments) throws IOException {
            Gate gate = Gate.open(Path.of(arguments[0]));
            System.out.println("open");
            boolean banned = false;
            while (true) {
                if (isBanned(gate, "10.0.0.1", System.nanoTime()) != banned) {
                    banned = !banned;
                    System.out.println(banned ? "banned" : "let through");
                }
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void readersNeverSeeABanThatNobodyMade() throws Exception {
        try (GateEnforcer enforcer = GateEnforcer.open(path, 8)) {
            Gate gate = Gate.open(path);
            AtomicBoolean done = new AtomicBoolean();
            // Prefixes (n, n) come and go; (n, m) with other m never do.
            CompletableFuture<Long> reader = CompletableFuture.supplyAsync(() -> {
                SplittableRandom random = new SplittableRandom(1);
                long wrong = 0;
                while (!done.get()) {
                    long n = random.nextInt(100);
                    wrong += gate.isBanned(n, n + 1 + random.nextInt(98), 0) ? 1 : 0;
                }
                return wrong;
            });
            BanBatch batch = new BanBatch(8);
            SplittableRandom random = new SplittableRandom(2);
            for (int i = 0; i < 300_000; i++) {
                long n = random.nextInt(100);
                batch.clear();
                batch.add(n, n, 128, 1, 0, 0);
                enforcer.ban(batch);
                if (random.nextBoolean()) {
                    enforcer.unban(batch);
                }
            }
            done.set(true);
            assertThat(reader.get()).isZero();
        }
    }

    @Test
    void whatIsNoGateIsRefusedWithItsName() throws IOException {
        assertThatThrownBy(() -> Gate.open(path)).isInstanceOf(NoSuchFileException.class);
        Files.writeString(path, "x".repeat(5000));
        assertThatThrownBy(() -> Gate.open(path)).hasMessage(path + ": is no gate: it begins differently");
        Files.writeString(path, "short");
        assertThatThrownBy(() -> GateEnforcer.open(path, 100)).hasMessageContaining("is no gate: 5 bytes");
        Files.delete(path);
        try (GateEnforcer first = GateEnforcer.open(path, 100)) {
            assertThat(first.name()).isEqualTo("userspace");
            assertThatThrownBy(() -> GateEnforcer.open(path, 100)).hasMessageContaining("another daemon");
        }
        assertThatThrownBy(() -> GateEnforcer.open(path, 200)).hasMessageContaining("100 buckets instead of 200");
        Files.write(path, new byte[8], StandardOpenOption.APPEND);
        assertThatThrownBy(() -> Gate.open(path)).hasMessageContaining("damaged");
        assertThatThrownBy(() -> GateEnforcer.open(path, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static int fill(GateEnforcer enforcer, int bans, long end) {
        BanBatch batch = new BanBatch(bans);
        for (int i = 0; i < bans; i++) {
            batch.add(i, ~i, 128, end, 0, 0);
        }
        enforcer.ban(batch);
        return batch.rejectedCount();
    }

    private static void ban(GateEnforcer enforcer, String prefix, long until) {
        enforcer.ban(batch(prefix, until));
    }

    private static void unban(GateEnforcer enforcer, String prefix) {
        enforcer.unban(batch(prefix, 0));
    }

    private static BanBatch batch(String text, long until) {
        AddressPrefix prefix = prefix(text);
        BanBatch batch = new BanBatch(1);
        batch.add(prefix.high(), prefix.low(), prefix.length(), until, 0, 0);
        return batch;
    }

    private static boolean isBanned(Gate gate, String address, long now) {
        AddressPrefix prefix = prefix(address);
        return gate.isBanned(prefix.high(), prefix.low(), now);
    }

    private static AddressPrefix prefix(String text) {
        return Objects.requireNonNull(AddressPrefix.parse(text));
    }
}
