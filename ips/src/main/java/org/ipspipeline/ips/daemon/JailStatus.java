package org.ipspipeline.ips.daemon;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.ban.JailPolicy;
import org.ipspipeline.ips.jail.JailMeter;

/**
 * What a jail has done since it was first there.
 *
 * @param name the jail's
 * @param matches failures that its filter found
 * @param failing addresses below the limit, whose failures still count
 * @param totalFailed failures that were counted, those of banned addresses included
 * @param ignored failures of addresses that it ignores
 * @param tooOld failures further back than it looks
 * @param withoutAddress failures of somebody who has no address
 * @param lostNames failures of hosts whose names came faster than they could be resolved
 * @param banned bans in force
 * @param totalBanned bans that began
 * @param files what it reads: paths, or the names of other sources
 */
public record JailStatus(
        String name,
        long matches,
        long failing,
        long totalFailed,
        long ignored,
        long tooOld,
        long withoutAddress,
        long lostNames,
        long banned,
        long totalBanned,
        List<String> files) {

    /** Copies the list. */
    public JailStatus {
        files = List.copyOf(files);
    }

    static JailStatus of(JailPolicy jail, JailMeter meter, long failing, List<String> files) {
        return new JailStatus(
                jail.name(),
                meter.matches(),
                failing,
                meter.failed(),
                meter.ignored(),
                meter.tooOld(),
                meter.withoutAddress(),
                meter.lostNames(),
                meter.active(),
                meter.begun(),
                files);
    }

    /** {@return the object that reports show} */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("matches", matches);
        json.put("failing", failing);
        json.put("failed", totalFailed);
        json.put("ignored", ignored);
        json.put("too_old", tooOld);
        json.put("without_address", withoutAddress);
        json.put("lost_names", lostNames);
        json.put("banned", banned);
        json.put("bans", totalBanned);
        json.put("files", files);
        return json;
    }
}
