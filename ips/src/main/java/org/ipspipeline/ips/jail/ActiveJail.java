package org.ipspipeline.ips.jail;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.ban.BanTimes;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.ban.ignore.IgnoreCommand;
import org.ipspipeline.ips.ban.ignore.IgnoreList;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.Jail;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.enforce.PortSets;
import org.ipspipeline.ips.filter.Filter;
import org.ipspipeline.ips.filter.InvalidFilterException;
import org.ipspipeline.ips.filter.date.DateContext;
import org.jspecify.annotations.Nullable;

/**
 * A jail ready for work.
 *
 * @param settings as written
 * @param filter finds its failures
 * @param policy says what to do about them
 * @param meter counts what it does
 */
public record ActiveJail(Jail settings, Filter filter, JailPolicy policy, JailMeter meter) {

    /**
     * Compiles a jail. Host names to ignore are resolved here, which may take a while.
     *
     * @param settings as written
     * @param number the jail's, kept through reloads
     * @param meter the jail's, kept through reloads
     * @param portSets the daemon's
     * @param earlier what it was before; whatever is the same is taken over from it
     * @return ready for work
     * @throws ConfigurationException naming the first thing that is wrong
     */
    static ActiveJail compile(
            Jail settings, int number, JailMeter meter, PortSets portSets, @Nullable ActiveJail earlier) {
        if (earlier != null && earlier.settings.equals(settings)) {
            return earlier;
        }
        return new ActiveJail(settings, filter(settings, earlier), policy(settings, number, portSets), meter);
    }

    private static Filter filter(Jail settings, @Nullable ActiveJail earlier) {
        if (earlier != null
                && earlier.settings.filter().equals(settings.filter())
                && String.valueOf(earlier.settings.logTimeZone()).equals(String.valueOf(settings.logTimeZone()))) {
            return earlier.filter;
        }
        try {
            return Filter.compile(settings.filter(), DateContext.ofSystem().withLogTimeZone(settings.logTimeZone()));
        } catch (InvalidFilterException wrong) {
            throw new ConfigurationException("jail '" + settings.name() + "': " + wrong.getMessage(), wrong);
        } catch (IllegalArgumentException wrong) {
            throw problem(settings, "logtimezone: " + wrong.getMessage(), wrong);
        }
    }

    private static JailPolicy policy(Jail settings, int number, PortSets portSets) {
        long seconds = settings.banTime().seconds();
        if (seconds == 0) {
            throw problem(settings, "bantime is 0: write how long a ban lasts, or -1 for ever", null);
        }
        long banNanos = seconds < 0 ? FailureRule.FOREVER : TimeUnit.SECONDS.toNanos(seconds);
        try {
            FailureRule rule = new FailureRule(
                    number, settings.maxRetry(), TimeUnit.SECONDS.toNanos(settings.findTimeSeconds()), banNanos);
            OwnOptions own = OwnOptions.of(settings);
            return JailPolicy.of(settings.name(), rule)
                    .withClient(own.client())
                    .withIgnored(IgnoreList.of(settings.ignore()))
                    .withIgnoreCommand(IgnoreCommand.of(settings.ignore()))
                    .withTimes(BanTimes.of(settings.banTime()))
                    .withCrowdRule(own.crowdRule())
                    .withPortSet(portSets.number(own.ports()));
        } catch (IllegalArgumentException | ConfigurationException wrong) {
            throw problem(settings, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static ConfigurationException problem(Jail settings, String problem, @Nullable Throwable cause) {
        String message = settings.place() + ": jail '" + settings.name() + "': " + problem;
        return cause == null ? new ConfigurationException(message) : new ConfigurationException(message, cause);
    }

    /** {@return the jail's name} */
    public String name() {
        return settings.name();
    }

    /** {@return the jail's number} */
    public int number() {
        return policy.jail();
    }

    /** {@return in which time failures must lie} */
    public Duration findTime() {
        return Duration.ofSeconds(settings.findTimeSeconds());
    }
}
