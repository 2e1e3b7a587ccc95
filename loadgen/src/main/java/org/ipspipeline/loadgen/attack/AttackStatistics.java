package org.ipspipeline.loadgen.attack;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ipspipeline.loadgen.report.Counters;
import org.jspecify.annotations.Nullable;

/**
 * What an attack sent, by the kernel's word, and what came back.
 *
 * @param seconds since it began
 * @param scheduled packets that the attackers should have sent; infinite where they send as fast as possible
 * @param attackers their counts
 * @param valid the valid clients' counts, null where there are none
 */
record AttackStatistics(
        double seconds,
        double scheduled,
        Counters<AttackCounter> attackers,
        @Nullable Counters<ValidCounter> valid) {

    long invalid() {
        return attackers.get(AttackCounter.SENT_IPV4) + attackers.get(AttackCounter.SENT_IPV6);
    }

    long requests() {
        return count(ValidCounter.SENT_IPV4) + count(ValidCounter.SENT_IPV6);
    }

    long answered() {
        return count(ValidCounter.ANSWERED);
    }

    /** {@return of what was due, the share that was not sent, in percent; 0 where everything was to be sent that could} */
    double shortfallPercent() {
        return Double.isInfinite(scheduled) || scheduled < 1 ? 0 : Math.max(0, 100 * (1 - invalid() / scheduled));
    }

    private long count(ValidCounter name) {
        return valid == null ? 0 : valid.get(name);
    }

    /**
     * {@return the object that is reported}
     *
     * @param type {@code stats}, or {@code summary} for the last one
     */
    Map<String, Object> toJson(String type) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("time_s", Math.rint(seconds * 1000) / 1000);
        json.put(
                "sent",
                Map.of(
                        "invalid",
                        Map.of(
                                "ipv4", attackers.get(AttackCounter.SENT_IPV4),
                                "ipv6", attackers.get(AttackCounter.SENT_IPV6)),
                        "valid",
                        Map.of("ipv4", count(ValidCounter.SENT_IPV4), "ipv6", count(ValidCounter.SENT_IPV6))));
        json.put("answered", answered());
        json.put("unanswered", count(ValidCounter.UNANSWERED));
        json.put("unexpected", count(ValidCounter.UNEXPECTED));
        json.put("refused", attackers.get(AttackCounter.REFUSED) + count(ValidCounter.REFUSED));
        json.put("shortfall_percent", Math.rint(shortfallPercent() * 100) / 100);
        return json;
    }
}
