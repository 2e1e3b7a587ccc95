package org.ipspipeline.ips.enforce.action;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.shell.ProgramRun;

/**
 * A command of the shell about a client that is not banned yet, with the tags of an action: {@code <ip>}, {@code <ip-host>} and
 * the like. Runs of it are independent of each other.
 */
public final class ClientCommand {

    private static final Pattern TAG = Pattern.compile("<([\\w./-]+)>");

    private final CommandTemplate template;
    private final Duration limit;

    /**
     * Prepares a command.
     *
     * @param command its words
     * @param limit how long it may take
     */
    public ClientCommand(String command, Duration limit) {
        template = CommandTemplate.of(command, Map.of(), BanTags.IPV4, BanTags.NAMES);
        this.limit = limit;
    }

    /**
     * Runs it.
     *
     * @param client who it is about
     * @param failures how many there were
     * @return how it ended
     * @throws IOException if it cannot be started or does not end in time; the message is one line
     */
    public ProgramRun.Result run(AddressPrefix client, int failures) throws IOException {
        CommandTemplate.Filled filled = template.fill(tags(client, failures)::value);
        try (ProgramRun run = new ProgramRun(limit, Map.of())) {
            return run.tryRun("", List.of("/bin/sh", "-c", filled.command()), filled.environment());
        }
    }

    /**
     * {@return a text with its tags filled in, which is not for a shell}
     *
     * @param text with tags
     * @param client who it is about
     * @param failures how many there were
     */
    public static String fill(String text, AddressPrefix client, int failures) {
        BanTags tags = tags(client, failures);
        return TAG.matcher(text)
                .replaceAll(tag ->
                        Matcher.quoteReplacement(Objects.requireNonNullElse(tags.value(tag.group(1)), tag.group())));
    }

    private static BanTags tags(AddressPrefix client, int failures) {
        return new BanTags(client, Instant.now().getEpochSecond(), 0, failures, 1, false);
    }
}
