package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipspipeline.ips.daemon.SideBySide.patiently;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ipspipeline.ips.Fail2banPackage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom fail2ban and the daemon ban for how long, where that depends on other jails, earlier bans, files and commands. */
class Fail2banBanningSideBySideTest {

    private static final String GROWING = "bantime = 1h; bantime.increment = true";

    /** Spans of time as people write them, with their seconds. */
    private static final Map<String, Long> SPANS = Map.of(
            "90", 90L,
            "2h 5m 10s", 7510L,
            "1h30m", 5400L,
            "1 day 2 hours", 93_600L,
            "1w", 604_800L,
            "1mo", 2_629_800L,
            "1year-6mo", 15_778_800L);

    @TempDir
    static Path directory;

    private static final Map<String, AppLog> LOGS = new LinkedHashMap<>();
    private static @Nullable SideBySide sideBySide;

    @BeforeAll
    static void start() throws IOException {
        Fail2banTree tree = new Fail2banTree(directory);
        for (String span : SPANS.keySet()) {
            jail(tree, nameOf(span), "bantime = " + span);
        }
        jail(tree, "first", "");
        jail(tree, "second", "");
        jail(tree, "third", "");
        jail(tree, "alone", GROWING);
        jail(tree, "overall", GROWING + "; bantime.overalljails = true");
        jail(tree, "random", GROWING + "; bantime.overalljails = true; bantime.rndtime = 30m");
        jail(
                tree,
                "curve",
                GROWING + "; bantime.overalljails = true; bantime.factor = 0.5; bantime.formula = "
                        + "ban.Time * math.exp(float(ban.Count+1)*banFactor)/math.exp(1*banFactor)");
        jail(tree, "attempts", "");
        jail(tree, "names", "ignoreip = localhost");
        jail(tree, "file", "");
        jail(tree, "list", "ignoreip = 192.0.2.0/25 2001:db8::1");
        String command = "ignorecommand = test -e " + directory + "/<ip>";
        jail(tree, "command", command);
        jail(tree, "cached", command + "; ignorecache = key=\"<ip>\", max-count=100, max-time=1h");
        recidive(tree);
        sideBySide = SideBySide.start(directory, tree);
    }

    /** Each of the two reads what both say of bans: an address that has been banned by three jails is in it six times. */
    private static void recidive(Fail2banTree tree) throws IOException {
        Path filters = Fail2banPackage.need().configuration().resolve("filter.d");
        for (String name : List.of("recidive.conf", "common.conf")) {
            tree.write("filter.d/" + name, Files.readString(filters.resolve(name)));
        }
        Files.createFile(directory.resolve("f2b.log"));
        Files.createFile(directory.resolve("daemon.log"));
        tree.jail(
                "recidive",
                directory.resolve("f2b.log"),
                " " + directory.resolve("daemon.log")
                        + "; filter = recidive; bantime = 1w; findtime = 1d; maxretry = 6");
    }

    private static void jail(Fail2banTree tree, String name, String options) {
        AppLog log = new AppLog(directory.resolve(name + ".log"));
        LOGS.put(name, log);
        tree.jail(name, log.file(), options);
    }

    private static String nameOf(String span) {
        return "span" + span.replaceAll("\\W", "");
    }

    @AfterAll
    static void stop() {
        if (sideBySide != null) {
            sideBySide.close();
        }
    }

    private static SideBySide both() {
        return Objects.requireNonNull(sideBySide);
    }

    private static AppLog log(String jail) {
        return Objects.requireNonNull(LOGS.get(jail));
    }

    @Test
    void spansOfTimeMeanTheSame() {
        Map<String, Map<String, Long>> expected = new LinkedHashMap<>();
        SPANS.forEach((span, seconds) -> {
            log(nameOf(span)).fail("192.0.2.1", 3);
            expected.put(nameOf(span), Map.of("192.0.2.1", seconds));
        });
        both().awaitBans(expected);
    }

    @Test
    void bansOfOtherJailsMakeThemLongerWhereTheyCount() {
        // A network of its own for each jail, since all these jails' bans count in all of them.
        Map<String, String> networks = Map.of(
                "alone", "198.51.100.", "overall", "198.51.101.", "random", "198.51.102.", "curve", "198.51.103.");
        for (String network : networks.values()) {
            log("first").fail(network + 1, 3);
            log("second").fail(network + 1, 3);
            log("first").fail(network + 2, 3);
            log("first").fail(network + 3, 3);
        }
        awaitBanned("second", addresses(networks.values(), 1));
        awaitBanned("first", addresses(networks.values(), 1, 2, 3));
        networks.forEach((jail, network) -> {
            log(jail).fail(network + 1, 3);
            log(jail).fail(network + 2, 3);
            log(jail).fail(network + 3, 2);
            log(jail).fail(network + 4, 3);
        });
        both().awaitBans(Map.of(
                "alone", Map.of("198.51.100.1", 3600L, "198.51.100.2", 3600L, "198.51.100.4", 3600L),
                "overall", Map.of("198.51.101.1", 14_400L, "198.51.101.2", 7200L, "198.51.101.4", 3600L)));
        patiently().untilAsserted(() -> {
            for (Map<String, Long> bans : List.of(both().theirs("random"), both().ours("random"))) {
                assertThat(bans).containsOnlyKeys("198.51.102.1", "198.51.102.2", "198.51.102.4");
                assertThat(bans.get("198.51.102.1")).isBetween(14_400L, 14_400L + 1800);
                assertThat(bans.get("198.51.102.2")).isBetween(7200L, 7200L + 1800);
                assertThat(bans.get("198.51.102.4")).isEqualTo(3600);
            }
        });
        assertThat(both().ours("random").values()).doesNotContain(14_400L, 7200L);
        patiently().untilAsserted(() -> {
            for (Map<String, Long> bans : List.of(both().theirs("curve"), both().ours("curve"))) {
                // fail2ban cuts fractions of a second off where it lists them, and here they are rounded.
                assertThat(bans).containsOnlyKeys("198.51.103.1", "198.51.103.2", "198.51.103.4");
                assertThat(bans.get("198.51.103.1")).isBetween(9785L, 9786L);
                assertThat(bans.get("198.51.103.2")).isBetween(5935L, 5936L);
                assertThat(bans.get("198.51.103.4")).isEqualTo(3600);
            }
        });
    }

    private static List<String> addresses(Collection<String> networks, int... hosts) {
        return networks.stream()
                .flatMap(network -> Arrays.stream(hosts).mapToObj(host -> network + host))
                .toList();
    }

    private static void awaitBanned(String jail, Collection<String> addresses) {
        patiently().untilAsserted(() -> {
            assertThat(both().theirs(jail)).as("fail2ban, %s", jail).containsKeys(addresses.toArray(String[]::new));
            assertThat(both().ours(jail)).as("here, %s", jail).containsKeys(addresses.toArray(String[]::new));
        });
    }

    @Test
    void whoIsBannedAgainAndAgainIsKnownByWhatBothSayOfBans() {
        for (String jail : List.of("first", "second", "third")) {
            log(jail).fail("203.0.113.1", 3);
        }
        log("first").fail("203.0.113.2", 3);
        log("second").fail("203.0.113.2", 3);
        awaitBanned("second", List.of("203.0.113.2"));
        awaitBanned("recidive", List.of("203.0.113.1"));
        for (Map<String, Long> bans : List.of(both().theirs("recidive"), both().ours("recidive"))) {
            assertThat(bans).containsEntry("203.0.113.1", 604_800L).doesNotContainKey("203.0.113.2");
        }
    }

    @Test
    void attemptsOfAnOperatorCountAsFailures() {
        both().both("set", "attempts", "attempt", "192.0.2.1", "one", "two", "three");
        both().both("set", "attempts", "attempt", "192.0.2.2", "one", "two");
        both().both("set", "attempts", "attempt", "192.0.2.3");
        both().both("set", "attempts", "attempt", "192.0.2.3", "one", "two");
        both().awaitBans(Map.of("attempts", Map.of("192.0.2.1", 600L, "192.0.2.3", 600L)));
    }

    @Test
    void namesAndFilesSayWhomToIgnore() throws IOException {
        // The release at hand does not take a file yet; it has a list of what is in it.
        Path friends = Files.writeString(directory.resolve("friends"), "192.0.2.0/25 # the office\n2001:db8::1\n");
        assertThat(both().client()
                        .client("set", "file", "addignoreip", "file:" + friends)
                        .code())
                .isZero();
        for (String address : List.of("127.0.0.1", "192.0.2.127", "192.0.2.128", "2001:db8::1", "2001:db8::2")) {
            for (String jail : List.of("names", "file", "list")) {
                log(jail).fail(address, 3);
            }
        }
        Map<String, Long> unlisted = Map.of("127.0.0.1", 600L, "192.0.2.128", 600L, "2001:db8::2", 600L);
        both().awaitBans(Map.of(
                "names",
                Map.of("192.0.2.127", 600L, "192.0.2.128", 600L, "2001:db8::1", 600L, "2001:db8::2", 600L),
                "list",
                unlisted));
        patiently().untilAsserted(() -> assertThat(both().ours("file")).isEqualTo(unlisted));
    }

    @Test
    void aCommandSaysWhomToIgnoreAndItsAnswerIsRemembered() throws IOException {
        Path friend = Files.createFile(directory.resolve("192.0.2.1"));
        for (String jail : List.of("command", "cached")) {
            log(jail).fail("192.0.2.1", 3);
            log(jail).fail("192.0.2.2", 3);
        }
        Map<String, Long> stranger = Map.of("192.0.2.2", 600L);
        both().awaitBans(Map.of("command", stranger, "cached", stranger));
        Files.delete(friend);
        for (String jail : List.of("command", "cached")) {
            log(jail).fail("192.0.2.1", 3);
            log(jail).fail("192.0.2.3", 3);
        }
        both().awaitBans(Map.of(
                "command",
                Map.of("192.0.2.1", 600L, "192.0.2.2", 600L, "192.0.2.3", 600L),
                "cached",
                Map.of("192.0.2.2", 600L, "192.0.2.3", 600L)));
    }
}
