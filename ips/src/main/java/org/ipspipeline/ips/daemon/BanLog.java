package org.ipspipeline.ips.daemon;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.IntFunction;
import org.ipspipeline.ips.ban.Ban;
import org.ipspipeline.ips.ban.BanListener;
import org.ipspipeline.ips.count.FailureRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each ban and unban to the log, in the words that operators and fail2ban's {@code recidive} filter know:
 * {@code [sshd] Ban 192.0.2.7}. Under a flood of bans only the first of each second have a line of their own; how many there
 * were besides stands in one more.
 */
public final class BanLog implements BanListener {

    private static final Logger LOG = LoggerFactory.getLogger("fail2ban.actions");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int LINES_A_SECOND = 1_000;
    private static final long SECOND = 1_000_000_000;

    private final IntFunction<String> jailNames;
    private long secondBegan = System.nanoTime();
    private int lines;
    private long unsaid;

    /**
     * @param jailNames by the jails' numbers
     */
    BanLog(IntFunction<String> jailNames) {
        this.jailNames = jailNames;
    }

    @Override
    public void began(Ban ban) {
        say("Ban", ban, "");
        if (ban.times() > 1) {
            say("Increase Ban", ban, end(ban));
        }
    }

    @Override
    public void prolonged(Ban ban) {
        say("Prolong Ban", ban, end(ban));
    }

    @Override
    public void ended(Ban ban, End end) {
        say("Unban", ban, "");
    }

    /** {@code (2 # 20m -> 2026-11-25 10:20:00)}: which ban of the address it is, how long, and until when. */
    private static String end(Ban ban) {
        if (ban.untilNanos() == FailureRule.FOREVER) {
            return " (" + ban.times() + " # permanent -> infinite)";
        }
        LocalDateTime end = LocalDateTime.now(ZoneId.systemDefault()).plusNanos(ban.untilNanos() - System.nanoTime());
        return " (" + ban.times() + " # " + DurationText.of(Duration.ofNanos(ban.untilNanos() - ban.sinceNanos()))
                + " -> " + TIME.format(end) + ")";
    }

    private void say(String what, Ban ban, String more) {
        long now = System.nanoTime();
        if (now - secondBegan >= SECOND) {
            if (unsaid > 0) {
                LOG.info("and {} more bans and unbans", unsaid);
            }
            secondBegan = now;
            lines = 0;
            unsaid = 0;
        }
        if (lines++ < LINES_A_SECOND) {
            LOG.info("NOTICE  [{}] {} {}{}", jailNames.apply(ban.jail()), what, ban.prefix(), more);
        } else {
            unsaid++;
        }
    }

    @Override
    public String toString() {
        return "the log of bans";
    }
}
