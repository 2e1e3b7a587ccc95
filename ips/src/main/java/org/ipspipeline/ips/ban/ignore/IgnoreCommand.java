package org.ipspipeline.ips.ban.ignore;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.IgnoreRules;
import org.ipspipeline.ips.configuration.OptionSyntax;
import org.ipspipeline.ips.configuration.TimeExpression;
import org.ipspipeline.ips.enforce.action.ClientCommand;
import org.ipspipeline.ips.enforce.shell.ProgramRun;
import org.jspecify.annotations.Nullable;

/**
 * A command that says whether a client is to be ignored, as fail2ban's {@code ignorecommand}: by ending with 0 for one that
 * is, with 1 for one that is not. Its answers are remembered as {@code ignorecache} says. For one thread at a time.
 */
public final class IgnoreCommand {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int IGNORE = 0;
    private static final int DO_NOT_IGNORE = 1;

    private final ClientCommand command;
    private final @Nullable Cache cache;

    private IgnoreCommand(ClientCommand command, @Nullable Cache cache) {
        this.command = command;
        this.cache = cache;
    }

    /**
     * {@return a jail's command; null if it has none}
     *
     * @param rules as configured
     * @throws ConfigurationException if the cache is not written as it should be
     */
    public static @Nullable IgnoreCommand of(IgnoreRules rules) {
        String command = rules.command();
        if (command == null) {
            return null;
        }
        String cache = rules.cache();
        return new IgnoreCommand(new ClientCommand(command, LIMIT), cache == null ? null : Cache.parse(cache));
    }

    /**
     * Asks the command, unless its answer is remembered.
     *
     * @param client whom it is asked about
     * @param failures how many there were
     * @return whether to ignore the client
     * @throws IOException if the command cannot be run, does not end in time, or ends with anything but 0 or 1
     */
    public boolean ignores(AddressPrefix client, int failures) throws IOException {
        if (cache == null) {
            return ask(client, failures);
        }
        String key = ClientCommand.fill(cache.key, client, failures);
        Cache.Answer known = cache.answers.get(key);
        long now = System.nanoTime();
        if (known == null || now - known.nanos > cache.maxNanos) {
            known = new Cache.Answer(ask(client, failures), now);
            cache.answers.put(key, known);
        }
        return known.ignored;
    }

    private boolean ask(AddressPrefix client, int failures) throws IOException {
        ProgramRun.Result result = command.run(client, failures);
        return switch (result.exitCode()) {
            case IGNORE -> true;
            case DO_NOT_IGNORE -> false;
            default ->
                throw new IOException("ended with " + result.exitCode()
                        + (result.lastWords().isEmpty() ? "" : ": " + result.lastWords()));
        };
    }

    /** Answers by key; the one not used for longest goes first. */
    private static final class Cache {

        private static final String FORM = "ignorecache: write it as key=\"<ip>\", max-count=100, max-time=5m";
        private static final String COUNT = "100";
        private static final String TIME = "5m";

        private final String key;
        private final long maxNanos;
        private final Map<String, Answer> answers;

        private record Answer(boolean ignored, long nanos) {}

        private Cache(String key, int maxCount, long maxNanos) {
            this.key = key;
            this.maxNanos = maxNanos;
            answers = new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
                    return size() > maxCount;
                }
            };
        }

        private static Cache parse(String written) {
            try {
                Map<String, String> options =
                        OptionSyntax.parse("ignorecache[" + written + "]").parameters();
                String key = options.get("key");
                int count = Integer.parseInt(
                        options.getOrDefault("max-count", COUNT).strip());
                double seconds = TimeExpression.seconds(options.getOrDefault("max-time", TIME));
                if (key == null || key.isBlank() || count < 1 || seconds < 0) {
                    throw new ConfigurationException(FORM + ", not as '" + written + "'");
                }
                return new Cache(key, count, (long) (seconds * TimeUnit.SECONDS.toNanos(1)));
            } catch (IllegalArgumentException wrong) {
                throw new ConfigurationException(FORM + ", not as '" + written + "'", wrong);
            }
        }
    }
}
