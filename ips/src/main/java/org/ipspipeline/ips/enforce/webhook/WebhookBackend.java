package org.ipspipeline.ips.enforce.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.BanVisitor;
import org.ipspipeline.ips.enforce.queue.Backend;

/**
 * Posts bans and ends of bans to a web service, which puts them into force or passes them on:
 *
 * <pre>{@code
 * {"changes": [{"type": "ban", "ip": "192.0.2.1", "jail": "sshd", "since": "2026-01-01T00:00:00Z",
 *               "until": "2026-01-01T00:10:00Z", "failures": 5, "times": 1, "restored": false},
 *              {"type": "unban", "ip": "192.0.2.7", "jail": "sshd"}]}
 * }</pre>
 *
 * <p>{@code ip} may be a prefix; a ban without end has no {@code until}. A batch that is not answered with 2xx is sent three times;
 * then it is given up, and counted.
 */
public final class WebhookBackend implements Backend {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int ATTEMPTS = 3;
    private static final long PAUSE_MILLIS = 250;
    private static final int SUCCESS = 200;
    private static final int SUCCESSES = 100;

    private final WebhookOptions options;
    private final IntFunction<String> jailNames;
    private final HttpClient client;

    /**
     * @param options whom to tell
     * @param jailNames the name of a jail by its number
     */
    public WebhookBackend(WebhookOptions options, IntFunction<String> jailNames) {
        this.options = options;
        this.jailNames = jailNames;
        client = HttpClient.newBuilder().connectTimeout(options.timeout()).build();
    }

    @Override
    public String name() {
        return "webhook:" + options.address().getHost();
    }

    @Override
    public boolean expires() {
        return false;
    }

    @Override
    public boolean distinguishesJails() {
        return true;
    }

    @Override
    public int batchSize() {
        return options.batchSize();
    }

    @Override
    public void start() {}

    @Override
    public void change(BanBatch batch) throws IOException {
        String body = json(batch);
        HttpRequest.Builder request = HttpRequest.newBuilder(options.address())
                .timeout(options.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        options.headers().forEach(request::setHeader);
        String complaint = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            complaint = post(request.build());
            if (complaint.isEmpty()) {
                return;
            }
            if (attempt < ATTEMPTS) {
                pause(Duration.ofMillis(PAUSE_MILLIS * attempt));
            }
        }
        throw new IOException(options.address() + ": " + complaint + "; gave up " + batch.count() + " changes after "
                + ATTEMPTS + " attempts");
    }

    private String post(HttpRequest request) throws IOException {
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status >= SUCCESS && status < SUCCESS + SUCCESSES ? "" : "answered with status " + status;
        } catch (IOException failure) {
            return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(options.address() + ": was interrupted", e);
        }
    }

    private static void pause(Duration duration) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("was interrupted", e);
        }
    }

    private String json(BanBatch batch) throws IOException {
        StringWriter text = new StringWriter();
        long nowNanos = System.nanoTime();
        Instant now = Instant.now();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("changes");
            for (int i = 0; i < batch.count(); i++) {
                json.writeStartObject();
                write(json, batch, i, now, nowNanos);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private void write(JsonGenerator json, BanBatch batch, int index, Instant now, long nowNanos) throws IOException {
        long until = batch.untilNanos(index);
        boolean lifted = until == BanBatch.LIFTED;
        json.writeStringField("type", lifted ? "unban" : "ban");
        json.writeStringField(
                "ip", new AddressPrefix(batch.high(index), batch.low(index), batch.prefixLength(index)).toString());
        json.writeStringField("jail", jailNames.apply(batch.jail(index)));
        if (!lifted) {
            long since = batch.sinceNanos(index) == 0 ? nowNanos : batch.sinceNanos(index);
            json.writeStringField("since", now.plusNanos(since - nowNanos).toString());
            if (until != Long.MAX_VALUE) {
                json.writeStringField("until", now.plusNanos(until - nowNanos).toString());
            }
            json.writeNumberField("failures", batch.failures(index));
            json.writeNumberField("times", batch.times(index));
            json.writeBooleanField("restored", batch.isRestored(index));
        }
    }

    @Override
    public boolean forEachBan(BanVisitor visitor) {
        return false;
    }

    @Override
    public long dropped() {
        return -1;
    }

    @Override
    public void stop() {}
}
