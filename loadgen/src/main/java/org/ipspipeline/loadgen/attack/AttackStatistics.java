package org.ipspipeline.loadgen.attack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.loadgen.net.NetworkDevice.Traffic;
import org.ipspipeline.loadgen.report.Counters;
import org.jspecify.annotations.Nullable;

/**
 * What was counted since an attack began.
 *
 * @param seconds since it began
 * @param due packets that the attackers should have sent by now, infinite for as many as possible
 * @param attackers the counts of each sending thread, still running on
 * @param countsDropped whether packets that the interface dropped are among those counts
 * @param validClients their counts, null without any
 * @param latency of their answers
 * @param device the interface's name
 * @param before its counts when the attack began
 * @param now its counts now
 */
record AttackStatistics(
        double seconds,
        double due,
        List<Counters<AttackCounter>> attackers,
        boolean countsDropped,
        @Nullable Counters<ValidCounter> validClients,
        LatencySummary latency,
        String device,
        Traffic before,
        Traffic now) {

    /** {@return packets of attackers that the kernel sent} */
    long sentByAttackers() {
        return sent(AttackCounter.SENT_IPV4) + sent(AttackCounter.SENT_IPV6);
    }

    /** Of one family; what the interface dropped is taken off each in proportion. */
    private long sent(AttackCounter family) {
        long counted = sum(family);
        if (!countsDropped || counted == 0) {
            return counted;
        }
        double share = (double) counted / (sum(AttackCounter.SENT_IPV4) + sum(AttackCounter.SENT_IPV6));
        return Math.max(0, counted - Math.round(share * dropped()));
    }

    private long dropped() {
        return now.sendDropped() - before.sendDropped();
    }

    /** {@return requests of valid clients that the kernel took} */
    long sentByValidClients() {
        return valid(ValidCounter.SENT_IPV4) + valid(ValidCounter.SENT_IPV6);
    }

    private long sum(AttackCounter name) {
        return Counters.sum(attackers, name);
    }

    private long valid(ValidCounter name) {
        return validClients == null ? 0 : validClients.get(name);
    }

    /**
     * {@return the object that is reported while the attack goes on}
     *
     * @param type {@code stats}, or {@code summary} for the last one
     */
    Map<String, Object> toJson(String type) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("time_s", Math.rint(seconds * 1000) / 1000);
        Map<String, Object> sent = new LinkedHashMap<>();
        sent.put("invalid", families(sent(AttackCounter.SENT_IPV4), sent(AttackCounter.SENT_IPV6)));
        sent.put("valid", families(valid(ValidCounter.SENT_IPV4), valid(ValidCounter.SENT_IPV6)));
        json.put("sent", sent);
        json.put("refused", sum(AttackCounter.REFUSED));
        json.put("answered", valid(ValidCounter.ANSWERED));
        json.put("unanswered", valid(ValidCounter.UNANSWERED));
        json.put("unexpected", valid(ValidCounter.UNEXPECTED));
        json.put("unreachable", valid(ValidCounter.UNREACHABLE));
        json.put("valid_refused", valid(ValidCounter.REFUSED));
        json.put("latency_us", latency.toJson());
        Map<String, Object> traffic = new LinkedHashMap<>();
        traffic.put("name", device);
        traffic.put("sent", now.sent() - before.sent());
        traffic.put("dropped", dropped());
        json.put("interface", traffic);
        json.put("due", Double.isInfinite(due) ? null : Math.round(due));
        json.put("achieved_pps", Math.rint(sentByAttackers() / seconds));
        json.put("shortfall_percent", Math.rint(shortfallPercent() * 1000) / 1000);
        return json;
    }

    private static Map<String, Object> families(long ipv4, long ipv6) {
        Map<String, Object> families = new LinkedHashMap<>();
        families.put("ipv4", ipv4);
        families.put("ipv6", ipv6);
        return families;
    }

    /** {@return of what was due, the share that was not sent, in percent; 0 where as much as possible was to be sent} */
    double shortfallPercent() {
        return Double.isInfinite(due) || due < 1 ? 0 : Math.max(0, 100 * (1 - sentByAttackers() / due));
    }

    /** {@return the same for people} */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("attackers: sent %,d packets in %.1f s, %,.0f packets/s"
                .formatted(sentByAttackers(), seconds, sentByAttackers() / seconds));
        if (shortfallPercent() >= 0.1) {
            text.append(", %.1f %% fewer than due".formatted(shortfallPercent()));
        }
        text.append("%n%s: the kernel sent %,d packets, dropped %,d%n"
                .formatted(device, now.sent() - before.sent(), dropped()));
        if (validClients != null) {
            Map<String, Object> micros = latency.toJson();
            text.append("valid clients: %,d requests, %,d answered (%.2f %%); p50 %s us, p99 %s us, longest %s us%n"
                    .formatted(
                            sentByValidClients(),
                            valid(ValidCounter.ANSWERED),
                            sentByValidClients() == 0
                                    ? 100
                                    : 100.0 * valid(ValidCounter.ANSWERED) / sentByValidClients(),
                            micros.get("p50"),
                            micros.get("p99"),
                            micros.get("max")));
        }
        return text.toString();
    }
}
