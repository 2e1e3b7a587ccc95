package org.ipspipeline.ips.enforce.action;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.enforce.BanBatch;
import org.jspecify.annotations.Nullable;

/**
 * What a ban says of the tags in an action's commands: fail2ban's names. The lines that matched are not kept, so that
 * {@code matches} and its like are empty.
 *
 * @param prefix who is banned
 * @param since its beginning in seconds since 1970
 * @param seconds its length; -1 for one without end
 * @param failures how many failures led to it
 * @param times which ban it is
 * @param restored whether it began before this process
 */
record BanTags(AddressPrefix prefix, long since, long seconds, int failures, int times, boolean restored) {

    static final String IPV4 = "inet4";
    static final String IPV6 = "inet6";

    private static final AddressPrefix ALL_OF_IPV4 = new AddressPrefix(0, 0xFFFF_0000_0000L, 96);
    private static final AddressPrefix ALL_OF_IPV6 = new AddressPrefix(0, 0, 0);

    /** All tags that a ban fills in. */
    static final Set<String> NAMES = Set.of(
            "ip",
            "fid",
            "family",
            "ip-rev",
            "ip-host",
            "failures",
            "attempts",
            "time",
            "bantime",
            "bancount",
            "restored",
            "matches",
            "ipmatches",
            "ipjailmatches",
            "ipfailures",
            "ipjailfailures",
            "br",
            "sp");

    static BanTags of(BanBatch batch, int index, long nowNanos) {
        AddressPrefix prefix = new AddressPrefix(batch.high(index), batch.low(index), batch.prefixLength(index));
        long until = batch.untilNanos(index);
        long began = batch.sinceNanos(index) == 0 ? nowNanos : batch.sinceNanos(index);
        long seconds =
                until == Long.MAX_VALUE ? -1 : Math.round((until - began) / (double) TimeUnit.SECONDS.toNanos(1));
        long since = Instant.now().getEpochSecond() - TimeUnit.NANOSECONDS.toSeconds(nowNanos - began);
        return new BanTags(
                prefix,
                since,
                seconds,
                batch.failures(index),
                Math.max(batch.times(index), 1),
                batch.isRestored(index));
    }

    /** For commands that no ban gives rise to. */
    static BanTags none(String family) {
        AddressPrefix all = family.equals(IPV4) ? ALL_OF_IPV4 : ALL_OF_IPV6;
        return new BanTags(all, Instant.now().getEpochSecond(), 0, 0, 0, false);
    }

    boolean isNone() {
        return times == 0;
    }

    String family() {
        return prefix.isIpv4() ? IPV4 : IPV6;
    }

    /** The value of a tag; null for one that is none of a ban's. */
    @Nullable
    String value(String tag) {
        return switch (tag) {
            case "ip", "fid" -> isNone() ? "" : prefix.toString();
            case "family" -> family();
            case "ip-rev" -> isNone() ? "" : reversed();
            case "ip-host" -> isNone() ? "" : hostName();
            case "failures", "attempts", "ipfailures", "ipjailfailures" -> String.valueOf(failures);
            case "time" -> String.valueOf(since);
            case "bantime" -> String.valueOf(seconds);
            case "bancount" -> String.valueOf(times);
            case "restored" -> restored ? "1" : "0";
            case "matches", "ipmatches", "ipjailmatches" -> "";
            case "br" -> "\n";
            case "sp" -> " ";
            default -> tag.startsWith("F-") ? "" : null;
        };
    }

    /** The address from its last part to its first, with a dot behind: as names in the DNS have it. */
    private String reversed() {
        StringBuilder reversed = new StringBuilder();
        if (prefix.isIpv4()) {
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                reversed.append((prefix.low() >>> shift) & 0xFF).append('.');
            }
        } else {
            for (long half : new long[] {prefix.low(), prefix.high()}) {
                for (int shift = 0; shift < Long.SIZE; shift += 4) {
                    reversed.append(Character.forDigit((int) (half >>> shift) & 0xF, 16))
                            .append('.');
                }
            }
        }
        return reversed.toString();
    }

    private String hostName() {
        String address = prefix.toString();
        try {
            String name = InetAddress.getByName(address).getCanonicalHostName();
            return name.equals(address) ? "" : name;
        } catch (UnknownHostException noAddress) {
            return "";
        }
    }
}
