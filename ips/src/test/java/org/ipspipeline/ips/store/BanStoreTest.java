package org.ipspipeline.ips.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ipspipeline.ips.store.Keepers.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.ban.Ban;
import org.ipspipeline.ips.ban.BanKeeper;
import org.ipspipeline.ips.ban.BanWorker;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BanStoreTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    @TempDir
    private Path directory;

    private BanStore open() throws StoreException {
        return BanStore.open(StoreOptions.in(directory), jail -> "jail");
    }

    /** What is in force after a restart. */
    private Map<AddressPrefix, Ban> restarted() throws IOException {
        try (BanStore store = open();
                BanKeeper keeper = Keepers.keeper(store)) {
            store.restore(keeper, name -> name.equals("jail") ? 0 : -1);
            return bans(keeper);
        }
    }

    private static Map<AddressPrefix, Ban> bans(BanKeeper keeper) {
        return keeper.list(BanKeeper.ANY_JAIL).join().stream()
                .collect(Collectors.toMap(Ban::prefix, Function.identity()));
    }

    @Test
    void bansSurviveARestartWithTheirEnds() throws Exception {
        long end;
        try (BanStore store = open();
                BanKeeper keeper = Keepers.keeper(store)) {
            store.restore(keeper, name -> 0);
            keeper.ban(0, client(1), 10 * MINUTE).join();
            keeper.ban(0, client(2), FailureRule.FOREVER).join();
            keeper.ban(0, client(3), MINUTE).join();
            keeper.ban(0, client(3), 20 * MINUTE).join();
            keeper.ban(0, client(4), MINUTE).join();
            keeper.unban(0, client(4)).join();
            keeper.ban(0, client(5), TimeUnit.MILLISECONDS.toNanos(20)).join();
            end = System.nanoTime() + 10 * MINUTE;
            await().untilAsserted(() -> assertThat(bans(keeper)).hasSize(3));
        }
        Map<AddressPrefix, Ban> after = restarted();
        assertThat(after).containsOnlyKeys(client(1), client(2), client(3));
        assertThat(Objects.requireNonNull(after.get(client(2))).untilNanos()).isEqualTo(FailureRule.FOREVER);
        assertThat(Objects.requireNonNull(after.get(client(1))).untilNanos()).isBetween(end - MINUTE, end + MINUTE);
        assertThat(Objects.requireNonNull(after.get(client(3))).untilNanos())
                .isBetween(end + 9 * MINUTE, end + 11 * MINUTE);
    }

    @Test
    void aHundredThousandComeBackTogether() throws Exception {
        int count = 100_000;
        try (BanStore store = open();
                BanKeeper keeper = Keepers.keeper(store)) {
            store.restore(keeper, name -> 0);
            for (int i = 1; i < count; i++) {
                Future<?> unused = keeper.ban(0, client(i), 100 * MINUTE);
            }
            keeper.ban(0, client(count), 100 * MINUTE).join();
            store.flush().join();
            assertThat(store.missed()).isZero();
        }
        assertThat(restarted()).hasSize(count);
    }

    @Test
    void repeatOffendersAreStillKnown() throws Exception {
        try (BanStore store = open();
                BanKeeper keeper = Keepers.keeper(store)) {
            store.restore(keeper, name -> 0);
            fail(keeper);
            await().untilAsserted(() -> assertThat(bans(keeper)).hasSize(1));
            keeper.unban(0, client(1)).join();
        }
        try (BanStore store = open();
                BanKeeper keeper = Keepers.keeper(store)) {
            store.restore(keeper, name -> 0);
            fail(keeper);
            await().untilAsserted(() -> assertThat(bans(keeper).values())
                    .singleElement()
                    .extracting(Ban::times)
                    .isEqualTo(2));
        }
    }

    private static void fail(BanKeeper keeper) {
        BanWorker worker = keeper.newWorker();
        worker.begin(System.nanoTime());
        worker.fail(Keepers.policy(), client(1).high(), client(1).low(), 1, System.nanoTime(), 0);
        worker.end();
    }

    @Test
    void bansOfJailsThatAreGoneAreLeftAlone() throws Exception {
        try (BanStore store = BanStore.open(StoreOptions.in(directory), jail -> "gone");
                BanKeeper keeper = Keepers.keeper(store)) {
            store.restore(keeper, name -> 0);
            keeper.ban(0, client(1), 10 * MINUTE).join();
        }
        assertThat(restarted()).isEmpty();
    }

    @Test
    void aBrokenDatabaseIsPutAside() throws Exception {
        Files.write(directory.resolve(BanDatabase.NAME), new byte[20_000]);
        Files.writeString(
                directory.resolve(BanDatabase.NAME), "this is no database, whatever its name says".repeat(100));
        assertThat(restarted()).isEmpty();
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith(BanDatabase.NAME + ".broken-"));
        }
    }

    @Test
    void aDamagedPageIsNoticed() throws Exception {
        try (BanStore store = open();
                BanKeeper keeper = Keepers.keeper(store)) {
            store.restore(keeper, name -> 0);
            for (int i = 0; i < 2000; i++) {
                Future<?> unused = keeper.ban(0, client(i), 100 * MINUTE);
            }
            store.flush().join();
        }
        Path file = directory.resolve(BanDatabase.NAME);
        byte[] bytes = Files.readAllBytes(file);
        new SplittableRandom(7).nextBytes(bytes);
        byte[] damaged = Files.readAllBytes(file);
        System.arraycopy(bytes, 8192, damaged, 8192, damaged.length - 8192);
        Files.write(file, damaged);
        assertThat(restarted()).isEmpty();
    }

    @Test
    void anotherDaemonsDatabaseIsRefused() throws Exception {
        try (BanStore first = open();
                BanKeeper keeper = Keepers.keeper(first)) {
            first.restore(keeper, name -> 0);
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessage(directory.resolve(BanDatabase.NAME)
                            + ": another process uses it; end that daemon, or name another directory with --state");
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> BanStore.open(StoreOptions.in(file), jail -> "jail"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void whatIsRememberedIsBounded() throws Exception {
        StoreOptions options = StoreOptions.in(directory).withHistory(Duration.ofDays(1), 100);
        try (BanDatabase database = BanDatabase.open(directory)) {
            long now = System.currentTimeMillis();
            for (int i = 0; i < 1000; i++) {
                StoredBan ban = new StoredBan("jail", client(i), now - i, now + 1, 1, 1);
                database.apply(List.of(new BanChange(ban, true)));
            }
            StoredBan old =
                    new StoredBan("jail", client(5000), now - Duration.ofDays(2).toMillis(), now - 1, 1, 1);
            database.apply(List.of(new BanChange(old, true)));
            int forgotten = database.purge(now, options.remembered().toMillis(), options.maxHistory());
            assertThat(forgotten).isEqualTo(901);
            assertThat(database.history(0))
                    .hasSize(100)
                    .allMatch(ban -> ban.prefix().low() < 100);
        }
    }

    @Test
    void aFullDiskStopsNobodyAndIsMadeGoodWhenThereIsRoom() throws Exception {
        Machine.needsRoot();
        Path disk = Files.createDirectory(directory.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk.toString());
        try {
            int count = 20_000;
            try (BanStore store = BanStore.open(StoreOptions.in(disk), jail -> "jail");
                    BanKeeper keeper = Keepers.keeper(store)) {
                store.restore(keeper, name -> 0);
                for (int i = 0; i < count; i++) {
                    Future<?> unused = keeper.ban(0, client(i), 100 * MINUTE);
                }
                await().untilAsserted(() -> assertThat(store.isFailing()).isTrue());
                assertThat(bans(keeper)).hasSize(count);
                run("mount", "-o", "remount,size=40m", disk.toString());
                await().untilAsserted(() -> assertThat(store.isFailing()).isFalse());
                keeper.ban(0, client(count), 100 * MINUTE).join();
                store.flush().join();
            }
            try (BanDatabase database = BanDatabase.open(disk)) {
                assertThat(database.bans(0)).hasSize(count + 1);
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void aKilledDaemonLosesNothingThatWasFlushedAndNeverTheFile() throws Exception {
        SplittableRandom random = new SplittableRandom();
        Path printed = directory.resolve("printed");
        int durable = 0;
        for (int kill = 0; kill < 5; kill++) {
            int first = durable;
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            StoreProcess.class.getName(),
                            directory.toString(),
                            String.valueOf(first))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(printed.toFile())
                    .start();
            try {
                await().until(() -> lastNumber(printed, first) > first);
                TimeUnit.MICROSECONDS.sleep(random.nextInt(200_000));
            } finally {
                process.destroyForcibly().waitFor();
            }
            durable = lastNumber(printed, first);
            Map<AddressPrefix, Ban> after = restarted();
            assertThat(IntStream.range(0, durable).filter(i -> !after.containsKey(client(i))))
                    .isEmpty();
        }
    }

    /** The last whole line. */
    private static int lastNumber(Path printed, int otherwise) throws IOException {
        String text = Files.exists(printed) ? Files.readString(printed) : "";
        List<String> numbers = text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.matches("\\d+"))
                .toList();
        return numbers.isEmpty() ? otherwise : Integer.parseInt(numbers.get(numbers.size() - 1));
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    }
}
