package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionFactory;

/** fail2ban and the daemon, each a process, with the same configuration. Both end when this is closed. */
final class SideBySide implements AutoCloseable {

    private static final Pattern BAN = Pattern.compile("(\\S+) \t.{19} \\+ (-?\\d+) = .*");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Fail2banServer fail2ban;
    private final DaemonProcess daemon;
    private final OurClient client;

    private SideBySide(Fail2banServer fail2ban, DaemonProcess daemon, OurClient client) {
        this.fail2ban = fail2ban;
        this.daemon = daemon;
        this.client = client;
    }

    /** Starts both, or skips the test where fail2ban is not installed. */
    static SideBySide start(Path directory, Fail2banTree tree) {
        Fail2banServer fail2ban = Fail2banServer.start(directory, tree);
        try {
            Path socket = directory.resolve("control");
            DaemonProcess daemon = DaemonProcess.start(
                    directory, "--config", tree.directory().toString(), "--dry-run", "--socket", socket.toString());
            return new SideBySide(fail2ban, daemon, new OurClient(socket));
        } catch (RuntimeException failed) {
            fail2ban.close();
            throw failed;
        }
    }

    /** fail2ban looks at its logs about once a second, and bans a moment later. */
    static ConditionFactory patiently() {
        return await().atMost(PATIENCE);
    }

    Fail2banServer fail2ban() {
        return fail2ban;
    }

    DaemonProcess daemon() {
        return daemon;
    }

    OurClient client() {
        return client;
    }

    /** Has both carry out a command that must succeed. */
    void both(String... words) {
        assertThat(fail2ban.client(words).code())
                .as("fail2ban: %s", List.of(words))
                .isZero();
        assertThat(client.client(words).code()).as("here: %s", List.of(words)).isZero();
    }

    /** Whom fail2ban has banned in a jail, with the seconds of the ban. */
    Map<String, Long> theirs(String jail) {
        return bans(fail2ban.client("get", jail, "banip", "--with-time"));
    }

    /** Whom the daemon has banned in a jail, with the seconds of the ban. */
    Map<String, Long> ours(String jail) {
        return bans(client.client("get", jail, "banip", "--with-time"));
    }

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

    /** Waits until both have banned in each jail whom they should, for so many seconds, and nobody else. */
    void awaitBans(Map<String, Map<String, Long>> expected) {
        patiently()
                .until(() -> expected.keySet().stream()
                        .allMatch(jail -> expected.getOrDefault(jail, Map.of()).isEmpty()
                                || !theirs(jail).isEmpty()));
        patiently().untilAsserted(() -> {
            SoftAssertions softly = new SoftAssertions();
            expected.forEach((jail, bans) -> {
                softly.assertThat(theirs(jail)).as("fail2ban, jail " + jail).isEqualTo(bans);
                softly.assertThat(ours(jail)).as("here, jail " + jail).isEqualTo(bans);
            });
            softly.assertAll();
        });
    }

    @Override
    public void close() {
        try {
            daemon.close();
        } finally {
            fail2ban.close();
        }
    }
}
