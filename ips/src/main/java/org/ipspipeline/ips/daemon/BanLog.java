package org.ipspipeline.ips.daemon;

import org.ipspipeline.ips.ban.Ban;
import org.ipspipeline.ips.ban.BanListener;
import org.ipspipeline.ips.ban.JailPolicies;
import org.ipspipeline.ips.ban.JailPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each ban and unban to the log, in the words that operators and fail2ban's {@code recidive} filter know:
 * {@code [sshd] Ban 192.0.2.7}. Under a flood of bans only the first of each second have a line of their own; how many there
 * were besides stands in one more.
 */
public final class BanLog implements BanListener {

    private static final Logger LOG = LoggerFactory.getLogger("fail2ban.actions");
    private static final int LINES_A_SECOND = 1_000;
    private static final long SECOND = 1_000_000_000;

    private final JailPolicies policies;
    private long secondBegan = System.nanoTime();
    private int lines;
    private long unsaid;

    /**
     * @param policies know the jails' names
     */
    BanLog(JailPolicies policies) {
        this.policies = policies;
    }

    @Override
    public void began(Ban ban) {
        say("Ban", ban);
    }

    @Override
    public void prolonged(Ban ban) {
        say("Prolong ban of", ban);
    }

    @Override
    public void ended(Ban ban, End end) {
        say("Unban", ban);
    }

    private void say(String what, Ban ban) {
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
            LOG.info("NOTICE  [{}] {} {}", name(ban.jail()), what, ban.prefix());
        } else {
            unsaid++;
        }
    }

    private String name(int jail) {
        JailPolicy policy = policies.get(jail);
        return policy == null ? "jail " + jail : policy.name();
    }

    @Override
    public String toString() {
        return "the log of bans";
    }
}
