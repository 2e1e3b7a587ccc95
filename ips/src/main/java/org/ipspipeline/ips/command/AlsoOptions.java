package org.ipspipeline.ips.command;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.daemon.JailActions;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.choice.EnforcerChoice;
import org.ipspipeline.ips.enforce.queue.QueuedEnforcer;
import org.ipspipeline.ips.enforce.webhook.WebhookBackend;
import org.ipspipeline.ips.enforce.webhook.WebhookOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What goes with any way of enforcement: who is let through, and who is told. */
final class AlsoOptions {

    @Option(
            names = "--allow",
            paramLabel = "PREFIX",
            description =
                    "Let the packets of this address or network through before any ban is looked up. Can be given several"
                            + " times.")
    private List<String> allowed = List.of();

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description =
                    "Also post bans and their ends to this address, as JSON, in batches. Can be given several times.")
    private List<URI> webhooks = List.of();

    @Option(
            names = "--jail-actions",
            description =
                    "With --config: also run each jail's own actions, such as mail; with --dry-run, nothing but these. Those"
                            + " written in Python are not run.")
    private boolean jailActions;

    private @Nullable JailActions actions;

    /** What runs the jails' own actions; null where that was not asked for. */
    @Nullable
    JailActions actions() {
        return actions;
    }

    /**
     * Makes the enforcers that were asked for.
     *
     * @param main puts bans into force
     * @param maxBans how many bans each must hold
     * @param names the jails' names
     * @param said told what was not chosen, and why
     * @throws UsageException when one cannot be had
     */
    List<Enforcer> open(EnforcementOptions main, int maxBans, JailNames names, Consumer<String> said)
            throws IOException {
        List<AddressPrefix> prefixes = prefixes();
        List<Enforcer> enforcers = new ArrayList<>();
        try {
            enforcers.add(main.open(maxBans, said));
            if (!prefixes.isEmpty() && !enforcers.get(0).allow(prefixes)) {
                throw new UsageException(
                        "--allow: " + enforcers.get(0).name()
                                + " cannot let anybody through whatever is banned, or not so many; give fewer, or use ignoreip");
            }
            for (URI webhook : webhooks) {
                enforcers.add(QueuedEnforcer.start(
                        new WebhookBackend(WebhookOptions.to(webhook), names), EnforcerChoice.QUEUE));
            }
            if (jailActions) {
                JailActions running = new JailActions();
                actions = running;
                enforcers.add(running);
            }
            return enforcers;
        } catch (IllegalArgumentException wrong) {
            enforcers.forEach(Enforcer::close);
            throw new UsageException(String.valueOf(wrong.getMessage()), wrong);
        } catch (IOException | RuntimeException refused) {
            enforcers.forEach(Enforcer::close);
            throw refused;
        }
    }

    private List<AddressPrefix> prefixes() {
        List<AddressPrefix> prefixes = new ArrayList<>();
        for (String text : allowed) {
            AddressPrefix prefix = AddressPrefix.parse(text);
            if (prefix == null) {
                throw new UsageException(
                        "--allow " + text + ": is neither an address nor a network such as 10.0.0.0/8");
            }
            prefixes.add(prefix);
        }
        return prefixes;
    }
}
