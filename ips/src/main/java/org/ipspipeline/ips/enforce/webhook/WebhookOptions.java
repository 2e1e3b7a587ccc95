package org.ipspipeline.ips.enforce.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Whom to tell of bans.
 *
 * @param address where to post to, {@code http} or {@code https}
 * @param headers to send with each request, such as {@code Authorization}
 * @param timeout how long one request may take
 * @param batchSize how many bans and ends of bans are sent at once, at least 1
 */
public record WebhookOptions(URI address, Map<String, String> headers, Duration timeout, int batchSize) {

    private static final int DEFAULT_BATCH = 1000;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** Checks the values. */
    public WebhookOptions {
        headers = Map.copyOf(headers);
        String scheme = String.valueOf(address.getScheme());
        if (!(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "webhook: the address must be http://HOST/... or https://HOST/..., not '" + address + "'");
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("webhook: at least 1 ban is sent at once, not " + batchSize);
        }
    }

    /**
     * Posts to an address, 1,000 bans at once, within 5 seconds.
     *
     * @param address where to
     * @return the options
     */
    public static WebhookOptions to(URI address) {
        return new WebhookOptions(address, Map.of(), DEFAULT_TIMEOUT, DEFAULT_BATCH);
    }

    /**
     * Sets {@link #headers()}.
     *
     * @param all by name
     * @return a changed copy
     */
    public WebhookOptions withHeaders(Map<String, String> all) {
        return new WebhookOptions(address, all, timeout, batchSize);
    }

    /**
     * Sets {@link #timeout()}.
     *
     * @param limit of one request
     * @return a changed copy
     */
    public WebhookOptions withTimeout(Duration limit) {
        return new WebhookOptions(address, headers, limit, batchSize);
    }
}
