package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipspipeline.ips.daemon.SideBySide.patiently;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same jails on the same lines in fail2ban and here: who is banned, for how long, and what their clients print. */
class Fail2banSideBySideTest {

    private static final Pattern INCREASE = Pattern.compile("\\[(\\w+)] Increase Ban \\S+ \\(\\d+ # [^>]*->");

    /** Jails by name, with the options that they have beside the defaults. */
    private static final Map<String, String> JAILS = new LinkedHashMap<>();

    static {
        JAILS.put("plain", "");
        JAILS.put("maxretry", "maxretry = 5");
        JAILS.put("findtime", "findtime = 2m");
        JAILS.put("units", "bantime = 1h 30m");
        JAILS.put("forever", "bantime = -1");
        JAILS.put("ignoreip", "ignoreip = 192.0.2.1 198.51.100.0/24, 2001:db8::/32");
        JAILS.put("ignoreself", "ignoreself = true");
        JAILS.put("ignoreregex", "ignoreregex = client 192\\.0\\.2\\.7 failed");
        JAILS.put("failregex", "failregex = ^\\s*client <ADDR> fai");
        JAILS.put("usedns", "usedns = no");
        // A ban of fail2ban's runs from the time in the log: shorter ones could be over before it sees the line.
        JAILS.put("doubling", "bantime = 4; bantime.increment = true");
        JAILS.put("factor", "bantime = 3; bantime.increment = true; bantime.factor = 2");
        JAILS.put("multipliers", "bantime = 4; bantime.increment = true; bantime.multipliers = 1 3 30");
        JAILS.put("maxtime", "bantime = 4; bantime.increment = true; bantime.maxtime = 5s");
        JAILS.put("formula", "bantime = 4; bantime.increment = true; bantime.formula = ban.Time * (1 + ban.Count * 2)");
        JAILS.put("scripts", "ignoreip = 198.51.100.7");
    }

    @TempDir
    static Path directory;

    private static final Map<String, AppLog> LOGS = new LinkedHashMap<>();
    private static @Nullable SideBySide sideBySide;

    @BeforeAll
    static void start() {
        Fail2banTree tree = new Fail2banTree(directory);
        JAILS.forEach((name, options) -> {
            AppLog log = new AppLog(directory.resolve(name + ".log"));
            LOGS.put(name, log);
            tree.jail(name, log.file(), options);
        });
        sideBySide = SideBySide.start(directory, tree);
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
    void theSameAddressesAreBannedForTheSameTime() {
        log("plain").fail("192.0.2.1", 3);
        log("plain").fail("192.0.2.2", 2);
        log("plain").fail("2001:db8::7", 3);
        log("maxretry").fail("192.0.2.1", 4);
        log("maxretry").fail("192.0.2.2", 5);
        log("findtime").fail("192.0.2.1", 2, Duration.ofMinutes(5));
        log("findtime").fail("192.0.2.2", 2, Duration.ofSeconds(60));
        log("findtime").fail("192.0.2.1", 2);
        log("findtime").fail("192.0.2.2", 1);
        log("units").fail("192.0.2.1", 3);
        log("forever").fail("192.0.2.1", 3);
        log("ignoreip").fail("192.0.2.1", 3);
        log("ignoreip").fail("198.51.100.9", 3);
        log("ignoreip").fail("2001:db8::9", 3);
        log("ignoreip").fail("192.0.2.2", 3);
        log("ignoreself").fail("127.0.0.1", 3);
        log("ignoreself").fail("203.0.113.2", 3);
        log("ignoreregex").fail("192.0.2.7", 3);
        log("ignoreregex").fail("192.0.2.8", 3);
        log("failregex").fail("192.0.2.1", 3);
        log("usedns").fail("localhost", 3);
        log("usedns").fail("192.0.2.1", 3);
        Map<String, Map<String, Long>> expected = new LinkedHashMap<>();
        expected.put("plain", Map.of("192.0.2.1", 600L, "2001:db8::7", 600L));
        expected.put("maxretry", Map.of("192.0.2.2", 600L));
        expected.put("findtime", Map.of("192.0.2.2", 600L));
        expected.put("units", Map.of("192.0.2.1", 5400L));
        expected.put("forever", Map.of("192.0.2.1", -1L));
        expected.put("ignoreip", Map.of("192.0.2.2", 600L));
        expected.put("ignoreself", Map.of("203.0.113.2", 600L));
        expected.put("ignoreregex", Map.of("192.0.2.8", 600L));
        expected.put("failregex", Map.of("192.0.2.1", 600L));
        expected.put("usedns", Map.of("192.0.2.1", 600L));
        both().awaitBans(expected);
    }

    /** What a log says of how bans grew: {@code [jail] ADDRESS (COUNT # TIME}, in order. */
    private static List<String> increases(String log, String jail) {
        return log.lines()
                .map(INCREASE::matcher)
                .filter(Matcher::find)
                .filter(increase -> increase.group(1).equals(jail))
                .map(Matcher::group)
                .toList();
    }

    @Test
    void bansGrowAlike() {
        List<String> growing = List.of("doubling", "factor", "multipliers", "maxtime", "formula");
        for (int round = 1; round <= 3; round++) {
            growing.forEach(jail -> log(jail).fail("192.0.2.1", 3));
            int increases = round - 1;
            patiently()
                    .until(() -> growing.stream()
                            .allMatch(jail -> increases(both().fail2ban().log(), jail)
                                                    .size()
                                            >= increases
                                    && increases(both().daemon().log(), jail).size() >= increases));
            if (round < 3) {
                String end = "Unban 192.0.2.1";
                int rounds = round;
                patiently()
                        .until(() -> growing.stream()
                                .allMatch(jail -> count(both().fail2ban().log(), jail, end) >= rounds
                                        && count(both().daemon().log(), jail, end) >= rounds));
            }
        }
        SoftAssertions softly = new SoftAssertions();
        for (String jail : growing) {
            softly.assertThat(increases(both().daemon().log(), jail))
                    .hasSize(2)
                    .isEqualTo(increases(both().fail2ban().log(), jail));
        }
        softly.assertAll();
    }

    /** What scripts say and parse, on the same state of both. */
    private static final List<String> COMMANDS = List.of(
            "ping",
            "status scripts short",
            "status scripts",
            "status nowhere",
            "set scripts banip 203.0.113.1",
            "set scripts banip 203.0.113.2 2001:db8::3",
            "set scripts banip 203.0.113.1",
            "status scripts",
            "get scripts banned",
            "get scripts banned 203.0.113.1",
            "get scripts banned 203.0.113.9",
            "get scripts banip",
            "get scripts banip ,",
            "banned 203.0.113.2",
            "banned 203.0.113.2 203.0.113.9",
            "set scripts unbanip 203.0.113.1",
            "set scripts unbanip 203.0.113.1",
            "set scripts unbanip --report-absent 203.0.113.1",
            "unban 203.0.113.2",
            "status scripts",
            "get scripts logpath",
            "get scripts ignoreip",
            "set scripts addignoreip 192.0.2.0/24",
            "set scripts delignoreip 192.0.2.0/24",
            "set scripts delignoreip 198.51.100.7",
            "get scripts ignoreself",
            "set scripts ignoreself true",
            "get scripts bantime",
            "set scripts bantime 20m",
            "get scripts findtime",
            "set scripts findtime 30",
            "get scripts maxretry",
            "set scripts maxretry 7",
            "get scripts ignoreregex",
            "get scripts actions",
            "get scripts action dummy actionban",
            "get scripts datepattern",
            "get scripts usedns",
            "get scripts logencoding",
            "get scripts journalmatch",
            "get scripts maxlines",
            "get scripts ignorecommand",
            "get scripts ignorecache",
            "get scripts prefregex",
            "get scripts logtimezone",
            "get scripts bantime.increment",
            "get scripts bantime.factor",
            "set scripts bantime.increment true",
            "get loglevel",
            "get syslogsocket",
            "echo a b",
            "set scripts idle on",
            "set scripts idle off",
            "set scripts attempt 203.0.113.5",
            "bogus",
            "set scripts bogus 1",
            "get scripts bogus",
            "get nowhere bantime",
            "set nowhere bantime 1",
            "status");

    @Test
    void theClientPrintsWhatScriptsParse() {
        SoftAssertions softly = new SoftAssertions();
        for (String command : COMMANDS) {
            String[] words = command.split(" ", -1);
            Fail2banServer.Answer expected = both().fail2ban().client(words);
            Fail2banServer.Answer answer = both().client().client(words);
            softly.assertThat(answer.output()).as(command).isEqualTo(expected.output());
            softly.assertThat(answer.code()).as(command).isEqualTo(expected.code());
            softly.assertThat(timeless(answer.error())).as(command).isEqualTo(timeless(expected.error()));
        }
        softly.assertAll();
    }

    @Test
    void withoutAServerTheClientSaysSo() {
        Path nowhere = directory.resolve("nowhere");
        Fail2banServer.Answer answer = new OurClient(nowhere).client("status");
        assertThat(answer.code()).isEqualTo(255);
        assertThat(answer.error())
                .endsWith(": ERROR   Failed to access socket path: " + nowhere + ". Is fail2ban running?\n");
        assertThat(new OurClient(nowhere).client("start").error()).contains("has no counterpart here");
    }

    private static String timeless(String error) {
        return error.replaceAll("(?m)^.{23} ", "").replaceAll("\\[\\d+]", "[pid]");
    }

    private static long count(String log, String jail, String what) {
        return log.lines()
                .filter(line -> line.endsWith("NOTICE  [" + jail + "] " + what))
                .count();
    }
}
