package org.ipspipeline.ips.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures that a daemon serves for Prometheus. */
class MetricsTest {

    private static final Pattern ADDRESS = Pattern.compile("metrics at (http://\\S+)/metrics");
    private static final Pattern SAMPLE = Pattern.compile("[a-z_]+(\\{([a-z]+=\"[^\"]*\",?)+})? -?[0-9.e+-]+");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(ips_[a-z_]+)`");

    @TempDir
    Path directory;

    @Test
    void everyFigureIsServedAndDocumented() throws Exception {
        Fail2banTree tree = new Fail2banTree(directory);
        AppLog log = new AppLog(directory.resolve("app.log"));
        tree.jail("app", log.file(), "");
        try (DaemonProcess daemon = DaemonProcess.start(
                directory,
                "--config",
                tree.directory().toString(),
                "--dry-run",
                "--socket",
                directory.resolve("control").toString(),
                "--metrics",
                "127.0.0.1:0")) {
            Matcher address = ADDRESS.matcher(daemon.log());
            assertThat(address.find()).isTrue();
            log.fail("192.0.2.1", 3);
            log.fail("2001:db8::1", 4);
            log.fail("192.0.2.2", 2);
            daemon.awaitLog("Ban 2001:db8::1");
            await().untilAsserted(() -> assertThat(get(address.group(1) + "/metrics"))
                    .contains(
                            "\nips_lines_total 9\n",
                            "\nips_jail_matches_total{jail=\"app\"} 9\n",
                            "\nips_jail_failures_total{jail=\"app\",outcome=\"counted\"} 9\n",
                            "\nips_jail_failing_addresses{jail=\"app\"} 1\n",
                            "\nips_jail_bans_total{jail=\"app\"} 2\n",
                            "\nips_jail_banned{jail=\"app\"} 2\n",
                            "\nips_bans_active{family=\"ipv4\"} 1\n",
                            "\nips_bans_active{family=\"ipv6\"} 1\n",
                            "\nips_source_lines_total{source=\"file:" + log.file() + "\"} 9\n",
                            "\nips_ban_latency_seconds_bucket{le=\"+Inf\"} 2\n",
                            "\nips_ban_latency_seconds_count 2\n",
                            "\nips_enforcement_info{by=\"dry-run\"} 1\n"));
            String text = get(address.group(1) + "/metrics");
            List<String> samples =
                    text.lines().filter(line -> !line.startsWith("#")).toList();
            assertThat(samples).allMatch(line -> SAMPLE.matcher(line).matches());
            String documented = Files.readString(Path.of(System.getProperty("ips.home", ".."), "docs", "metrics.md"));
            List<String> served = text.lines()
                    .filter(line -> line.startsWith("# TYPE "))
                    .map(line -> line.split(" ", -1)[2])
                    .toList();
            assertThat(DOCUMENTED.matcher(documented).results().map(found -> found.group(1)))
                    .containsAll(served);
            assertThat(get(address.group(1) + "/health")).isEqualTo("ok\n");
        }
    }

    @Test
    void changesThatAnEnforcerLosesAreCounted() throws Exception {
        Fail2banTree tree = new Fail2banTree(directory);
        AppLog log = new AppLog(directory.resolve("app.log"));
        tree.jail("app", log.file(), "");
        int closed;
        try (ServerSocket probe = new ServerSocket(0)) {
            closed = probe.getLocalPort();
        }
        try (DaemonProcess daemon = DaemonProcess.start(
                directory,
                "--config",
                tree.directory().toString(),
                "--dry-run",
                "--webhook",
                "http://127.0.0.1:" + closed + "/bans",
                "--socket",
                directory.resolve("control").toString(),
                "--metrics",
                "127.0.0.1:0")) {
            Matcher address = ADDRESS.matcher(daemon.log());
            assertThat(address.find()).isTrue();
            log.fail("192.0.2.1", 3);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(get(address.group(1) + "/metrics"))
                            .contains(
                                    "\nips_enforcer_lost_changes_total{by=\"webhook:127.0.0.1\"} 1\n",
                                    "\nips_enforcer_lost_changes_total{by=\"dry-run\"} 0\n",
                                    "\nips_store_missed_changes_total 0\n"));
        }
    }

    private static String get(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
