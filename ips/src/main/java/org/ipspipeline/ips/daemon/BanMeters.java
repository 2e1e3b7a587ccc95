package org.ipspipeline.ips.daemon;

import java.util.function.IntFunction;
import org.ipspipeline.ips.ban.Ban;
import org.ipspipeline.ips.ban.BanListener;
import org.ipspipeline.ips.jail.JailMeter;
import org.jspecify.annotations.Nullable;

/** Counts bans by jail. */
final class BanMeters implements BanListener {

    private final IntFunction<@Nullable JailMeter> meters;

    /**
     * @param meters by the jails' numbers; null for a jail that is gone
     */
    BanMeters(IntFunction<@Nullable JailMeter> meters) {
        this.meters = meters;
    }

    @Override
    public void began(Ban ban) {
        JailMeter meter = meters.apply(ban.jail());
        if (meter != null) {
            meter.banBegan();
        }
    }

    @Override
    public void prolonged(Ban ban) {}

    @Override
    public void ended(Ban ban, End end) {
        JailMeter meter = meters.apply(ban.jail());
        if (meter != null) {
            meter.banEnded();
        }
    }

    @Override
    public String toString() {
        return "the jails' figures";
    }
}
