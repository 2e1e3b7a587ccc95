package org.ipspipeline.ips.enforce.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ipspipeline.ips.enforce.Batches.batch;
import static org.ipspipeline.ips.enforce.Batches.lifted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.configuration.Action;
import org.ipspipeline.ips.enforce.BanBatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Actions whose commands write down that they ran. */
final class ActionBackendTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    @TempDir
    private Path directory;

    private Path log;

    @BeforeEach
    void start() {
        log = directory.resolve("log");
    }

    private ActionBackend backend(Map<String, String> options) throws IOException {
        return backend(options, Duration.ofSeconds(20));
    }

    private ActionBackend backend(Map<String, String> options, Duration limit) throws IOException {
        return new ActionBackend(0, "jail", new Action("test", Map.of(), options), limit);
    }

    /** All commands write their name, and what is given. */
    private Map<String, String> writing(String... more) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String name : List.of("actionstart", "actionstop", "actionban", "actionunban", "actioncheck")) {
            options.put(name, "echo " + name.substring(6) + " <ip> >> " + log);
        }
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return options;
    }

    private List<String> ran() throws IOException {
        return Files.exists(log)
                ? Files.readAllLines(log).stream().map(String::strip).toList()
                : List.of();
    }

    @Test
    void startsOnceBansLiftsAndStops() throws Exception {
        ActionBackend backend = backend(writing());
        backend.start();
        backend.change(batch(MINUTE, "192.0.2.1", "2001:db8::1"));
        backend.change(lifted("192.0.2.1", "192.0.2.7"));
        backend.stop();
        assertThat(ran())
                .containsExactly(
                        "start", "ban 192.0.2.1", "ban 2001:db8::1", "unban 192.0.2.1", "unban 2001:db8::1", "stop");
    }

    @Test
    void anActionThatTellsFamiliesApartStartsWithTheFirstBanOfEach() throws Exception {
        ActionBackend backend = backend(
                writing("actionstart", "echo start <table> >> " + log, "table", "four", "table?family=inet6", "six"));
        backend.start();
        assertThat(ran()).isEmpty();
        backend.change(batch(MINUTE, "192.0.2.1"));
        assertThat(ran()).containsExactly("start four", "ban 192.0.2.1");
        backend.change(batch(MINUTE, "2001:db8::1", "2001:db8::2"));
        assertThat(ran()).endsWith("start six", "ban 2001:db8::1", "ban 2001:db8::2");
    }

    @Test
    void flushLiftsAllAtOnceInTheEnd() throws Exception {
        ActionBackend backend = backend(writing("actionflush", "echo flush >> " + log));
        backend.start();
        backend.change(batch(MINUTE, "192.0.2.1", "192.0.2.2"));
        backend.stop();
        assertThat(ran()).endsWith("flush", "stop");
        assertThat(ran()).doesNotContain("unban 192.0.2.1");
    }

    @Test
    void whatIsGoneIsMadeAnewAndTheOthersAreBannedAgain() throws Exception {
        Path table = directory.resolve("table");
        ActionBackend backend = backend(writing(
                "actionstart", "touch " + table + " && echo start >> " + log,
                "actionstop", "rm -f " + table,
                "actioncheck", "test -e " + table,
                "actionban", "test -e " + table + " && echo ban <ip> >> " + log));
        backend.start();
        backend.change(batch(MINUTE, "192.0.2.1"));
        Files.delete(table);
        backend.change(batch(MINUTE, "192.0.2.2"));
        assertThat(ran()).containsExactly("start", "ban 192.0.2.1", "start", "ban 192.0.2.1", "ban 192.0.2.2");
    }

    @Test
    void aFailureIsThatOfItsBanAlone() throws Exception {
        ActionBackend backend = backend(writing("actionban", "test <ip> != 192.0.2.2 && echo ban <ip> >> " + log));
        backend.start();
        BanBatch batch = batch(MINUTE, "192.0.2.1", "192.0.2.2", "192.0.2.3");
        assertThatThrownBy(() -> backend.change(batch)).hasMessage("actionban failed for 192.0.2.2");
        assertThat(batch.isRejected(1)).isTrue();
        assertThat(batch.rejectedCount()).isEqualTo(1);
        assertThat(ran()).contains("ban 192.0.2.1", "ban 192.0.2.3");
    }

    @Test
    void aCommandThatDoesNotEndIsKilledWithItsChildren() throws Exception {
        ActionBackend backend = backend(
                writing("actionban", "sh -c 'echo $$ > " + directory + "/pid; exec sleep 1000' & wait"),
                Duration.ofSeconds(1));
        backend.start();
        assertThatThrownBy(() -> backend.change(batch(MINUTE, "192.0.2.1"))).isInstanceOf(IOException.class);
        long child = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        await().untilAsserted(() -> assertThat(isRunning(child)).isFalse());
    }

    /** One that has ended may wait for its parent to notice. */
    private static boolean isRunning(long process) throws IOException {
        Path status = Path.of("/proc/" + process + "/stat");
        return Files.exists(status) && !Files.readString(status).contains(") Z ");
    }

    @Test
    void aProlongedBanIsNotBannedTwice() throws Exception {
        ActionBackend backend = backend(writing("actionprolong", "echo prolong <ip> <bantime> >> " + log));
        backend.start();
        backend.change(batch(MINUTE, "192.0.2.1"));
        backend.change(batch(MINUTE, "192.0.2.1"));
        backend.change(batch(10 * MINUTE, "192.0.2.1"));
        assertThat(ran()).containsExactly("start", "ban 192.0.2.1", "prolong 192.0.2.1 600");
    }

    @Test
    void restoredBansAreLeftOutIfTheActionSaysSo() throws Exception {
        ActionBackend backend = backend(writing("norestored", "1"));
        backend.start();
        BanBatch restored = batch(MINUTE, "192.0.2.1");
        restored.describe(System.nanoTime() - MINUTE, 3, 1, true);
        backend.change(restored);
        backend.change(batch(MINUTE, "192.0.2.2"));
        assertThat(ran()).containsExactly("start", "ban 192.0.2.2");
    }

    @Test
    void whatABanSaysFillsTheTags() throws Exception {
        ActionBackend backend = backend(writing(
                "actionban",
                "echo '<fid>|<family>|<ip-rev>|<failures>|<bantime>|<bancount>|<restored>|<F-USER>' >> " + log));
        backend.start();
        BanBatch batch = batch(MINUTE, "192.0.2.1");
        batch.describe(System.nanoTime(), 7, 3, false);
        backend.change(batch);
        assertThat(ran()).endsWith("192.0.2.1|inet4|1.2.0.192.|7|60|3|0|");
    }

    @Test
    void onlyBansOfTheJailAreItsConcern() throws Exception {
        ActionBackend backend = backend(writing());
        backend.start();
        BanBatch batch = new BanBatch(1);
        batch.add(0, 0xFFFF_C000_0201L, 128, Long.MAX_VALUE, 1, 0);
        backend.change(batch);
        assertThat(ran()).containsExactly("start");
    }

    @Test
    void anActionInPythonIsNamed() {
        assertThatThrownBy(() -> backend(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("action:jail/test: is written in Python");
    }
}
