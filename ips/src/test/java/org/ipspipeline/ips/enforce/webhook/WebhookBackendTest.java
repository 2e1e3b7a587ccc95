package org.ipspipeline.ips.enforce.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ipspipeline.ips.enforce.Batches.batch;
import static org.ipspipeline.ips.enforce.Batches.lifted;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.queue.QueuedEnforcer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WebhookBackendTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private volatile int failures;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/bans", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(bodies.size() <= failures ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private WebhookBackend backend() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/bans");
        WebhookOptions options = WebhookOptions.to(address)
                .withHeaders(Map.of("Authorization", "Bearer x"))
                .withTimeout(Duration.ofSeconds(5));
        return new WebhookBackend(options, jail -> "jail" + jail);
    }

    @Test
    void postsABatchAtOnce() throws Exception {
        BanBatch batch = batch(10 * MINUTE, "192.0.2.1", "2001:db8::/64");
        batch.describe(System.nanoTime(), 5, 2, true);
        backend().change(batch);
        backend().change(lifted("192.0.2.1"));
        assertThat(tokens).containsExactly("Bearer x", "Bearer x");
        List<?> changes = changes(bodies.get(0));
        assertThat(changes).hasSize(2);
        Map<?, ?> second = (Map<?, ?>) changes.get(1);
        assertThat(second.get("type")).isEqualTo("ban");
        assertThat(second.get("ip")).isEqualTo("2001:db8::/64");
        assertThat(second.get("jail")).isEqualTo("jail0");
        assertThat(second.get("failures")).isEqualTo(5);
        assertThat(second.get("restored")).isEqualTo(true);
        assertThat(Instant.parse((String) second.get("until")))
                .isBetween(Instant.now().plusSeconds(500), Instant.now().plusSeconds(600));
        assertThat(bodies.get(1))
                .isEqualTo("{\"changes\":[{\"type\":\"unban\",\"ip\":\"192.0.2.1\",\"jail\":\"jail0\"}]}");
    }

    @Test
    void anUnwillingServerIsAskedAgain() throws Exception {
        failures = 2;
        backend().change(batch(MINUTE, "192.0.2.1"));
        assertThat(bodies).hasSize(3);
    }

    @Test
    void whatCannotBeSentIsCountedAndDelaysNobody() throws Exception {
        failures = Integer.MAX_VALUE;
        try (QueuedEnforcer enforcer = QueuedEnforcer.start(backend(), 4)) {
            BanBatch batch = batch(MINUTE, "192.0.2.1", "192.0.2.2");
            enforcer.ban(batch);
            assertThat(batch.rejectedCount()).isZero();
            await().untilAsserted(() -> assertThat(enforcer.lost()).isEqualTo(2));
            assertThat(enforcer.isFailing()).isTrue();
        }
    }

    @Test
    void anAddressThatIsNoneIsNamed() {
        assertThatThrownBy(() -> WebhookOptions.to(URI.create("ftp://x/y")))
                .hasMessage("webhook: the address must be http://HOST/... or https://HOST/..., not 'ftp://x/y'");
    }

    private static List<?> changes(String body) throws IOException {
        return (List<?>) JSON.std.mapFrom(body).getOrDefault("changes", List.of());
    }
}
