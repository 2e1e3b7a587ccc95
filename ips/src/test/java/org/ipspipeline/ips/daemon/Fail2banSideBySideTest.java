package org.ipspipeline.ips.daemon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same jails on the same lines in fail2ban and here: who is banned, for how long, and what their clients print. */
class Fail2banSideBySideTest {

    private static final Pattern BAN = Pattern.compile("(\\S+) \t.{19} \\+ (-?\\d+) = .*");
    private static final Pattern INCREASE = Pattern.compile("\\[(\\w+)] Increase Ban \\S+ \\(\\d+ # [^>]*->");
    private static final String FAILED = " client 192.0.2.1 failed";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
        JAILS.put("overall", "bantime = 4; bantime.increment = true; bantime.overalljails = true");
        JAILS.put("rndtime", "bantime = 4; bantime.increment = true; bantime.rndtime = 3");
        JAILS.put("datepattern", "datepattern = ^On %%d\\.%%m\\.%%Y at %%H:%%M:%%S,");
        JAILS.put("logtimezone", "logtimezone = UTC-0500");
        JAILS.put("logencoding", "logencoding = latin-1; failregex = ^\\s*client <HOST> ung\u00fcltig$");
        JAILS.put("maxlines", "maxlines = 2; failregex = ^\\s*client <HOST> asks$<SKIPLINES>^\\s*denied$");
        JAILS.put("recidive", "filter = recidive; maxretry = 2; bantime = 1w; findtime = 1d");
        JAILS.put("scripts", "ignoreip = 198.51.100.7");
    }

    @TempDir
    static Path directory;

    private static final Map<String, AppLog> LOGS = new LinkedHashMap<>();
    private static Fail2banServer theirs;
    private static DaemonProcess daemon;
    private static OurClient ours;

    @BeforeAll
    static void start() {
        Machine.needsFile("/etc/fail2ban/filter.d/recidive.conf");
        Fail2banTree tree = new Fail2banTree(directory);
        tree.copyInstalled("filter.d/recidive.conf");
        tree.copyInstalled("filter.d/common.conf");
        JAILS.forEach((name, options) -> {
            AppLog log = new AppLog(directory.resolve(name + ".log"));
            LOGS.put(name, log);
            tree.jail(name, log.file(), options);
        });
        theirs = Fail2banServer.start(directory, tree);
        Path socket = directory.resolve("control");
        daemon = DaemonProcess.start(
                directory, "--config", tree.directory().toString(), "--dry-run", "--socket", socket.toString());
        ours = new OurClient(socket);
    }

    @AfterAll
    static void stop() {
        if (daemon != null) {
            daemon.close();
        }
        if (theirs != null) {
            theirs.close();
        }
    }

    private static AppLog log(String jail) {
        return Objects.requireNonNull(LOGS.get(jail));
    }

    /** Who is banned, with the seconds of the ban. */
    private static Map<String, Long> bans(Fail2banServer.Answer answer) {
        Map<String, Long> bans = new TreeMap<>();
        for (String line :
                answer.output().lines().filter(line -> !line.isEmpty()).toList()) {
            Matcher ban = BAN.matcher(line);
            assertThat(ban.matches()).as(line).isTrue();
            bans.put(ban.group(1), Long.valueOf(ban.group(2)));
        }
        return bans;
    }

    private static Map<String, Long> their(String jail) {
        return bans(theirs.client("get", jail, "banip", "--with-time"));
    }

    private static Map<String, Long> our(String jail) {
        return bans(ours.client("get", jail, "banip", "--with-time"));
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
        log("datepattern").line(now("'On' dd.MM.yyyy 'at' HH:mm:ss,", ZoneId.systemDefault()) + FAILED, UTF_8, 3);
        log("logtimezone").line(now("yyyy-MM-dd HH:mm:ss", ZoneOffset.ofHours(-5)) + FAILED, UTF_8, 3);
        String date = now("yyyy-MM-dd HH:mm:ss", ZoneId.systemDefault());
        log("logencoding").line(date + " client 192.0.2.1 ung\u00fcltig", ISO_8859_1, 3);
        log("logencoding").line(date + " client 192.0.2.2 ungueltig", ISO_8859_1, 3);
        log("maxlines").line(date + " client 192.0.2.1 asks\n" + date + " denied", UTF_8, 3);
        log("maxlines").line(date + " client 192.0.2.2 asks\n" + date + " granted", UTF_8, 3);
        String actions = date + ",123 fail2ban.actions        [26493]: NOTICE  [";
        log("recidive").line(actions + "sshd] Ban 192.0.2.1", UTF_8, 1);
        log("recidive").line(actions + "apache] Ban 192.0.2.1", UTF_8, 1);
        log("recidive").line(actions + "recidive] Ban 192.0.2.2", UTF_8, 3);
        log("recidive").line(actions + "sshd] Unban 192.0.2.3", UTF_8, 3);
        Map<String, Map<String, Long>> expected = new LinkedHashMap<>();
        for (String jail : List.of("datepattern", "logtimezone", "logencoding", "maxlines")) {
            expected.put(jail, Map.of("192.0.2.1", 600L));
        }
        expected.put("recidive", Map.of("192.0.2.1", 604_800L));
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
        // fail2ban looks at its logs about once a second, and bans a moment later.
        await().atMost(PATIENCE)
                .until(() ->
                        expected.keySet().stream().allMatch(jail -> !their(jail).isEmpty()));
        await().atMost(PATIENCE).untilAsserted(() -> {
            SoftAssertions softly = new SoftAssertions();
            expected.forEach((jail, bans) -> {
                softly.assertThat(their(jail)).as("fail2ban, jail " + jail).isEqualTo(bans);
                softly.assertThat(our(jail)).as("here, jail " + jail).isEqualTo(bans);
            });
            softly.assertAll();
        });
    }

    private static String now(String pattern, ZoneId zone) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(LocalDateTime.now(zone));
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
            await().atMost(PATIENCE)
                    .until(() -> growing.stream()
                            .allMatch(jail -> increases(theirs.log(), jail).size() >= increases
                                    && increases(daemon.log(), jail).size() >= increases));
            if (round < 3) {
                String end = "Unban 192.0.2.1";
                int rounds = round;
                await().atMost(PATIENCE)
                        .until(() -> growing.stream()
                                .allMatch(jail -> count(theirs.log(), jail, end) >= rounds
                                        && count(daemon.log(), jail, end) >= rounds));
            }
        }
        SoftAssertions softly = new SoftAssertions();
        for (String jail : growing) {
            softly.assertThat(increases(daemon.log(), jail)).hasSize(2).isEqualTo(increases(theirs.log(), jail));
        }
        softly.assertAll();
    }

    @Test
    void bansInOtherJailsCountAndRandomTimesStayWithinTheirRange() {
        log("rndtime").fail("192.0.2.9", 3);
        log("doubling").fail("192.0.2.9", 3);
        String end = "Unban 192.0.2.9";
        for (String jail : List.of("rndtime", "doubling")) {
            await().atMost(PATIENCE)
                    .until(() -> count(theirs.log(), jail, end) == 1 && count(daemon.log(), jail, end) == 1);
        }
        log("overall").fail("192.0.2.9", 3);
        awaitInBothLogs("\\[overall\\] Increase Ban 192\\.0\\.2\\.9 \\(3 # ");
        log("rndtime").fail("192.0.2.9", 3);
        awaitInBothLogs("\\[rndtime\\] Increase Ban 192\\.0\\.2\\.9 \\(2 # (?:[89]|1[01])(?:\\.\\d+)?s");
    }

    private static void awaitInBothLogs(String pattern) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(theirs.log()).as("fail2ban").containsPattern(pattern);
            assertThat(daemon.log()).as("here").containsPattern(pattern);
        });
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
            Fail2banServer.Answer expected = theirs.client(words);
            Fail2banServer.Answer answer = ours.client(words);
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
