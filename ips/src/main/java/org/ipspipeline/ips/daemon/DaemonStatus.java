package org.ipspipeline.ips.daemon;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ipspipeline.ips.ban.BanReport;
import org.ipspipeline.ips.source.SourceStatus;
import org.ipspipeline.pipeline.metrics.PipelineSnapshot;

/**
 * What the daemon has done since it started.
 *
 * @param seconds since it started
 * @param enforcement what puts bans into force
 * @param lines lines read
 * @param lost lines that were overwritten before they were read
 * @param matches failures found
 * @param bans what counting and banning have done
 * @param lostChanges changes of bans that were taken and then not made, by enforcer
 * @param unstored changes of bans that could not be written down at once; made good by a copy of all bans
 * @param overBudget lines given up because expressions took too many steps
 * @param cutLines lines of which only the beginning was looked at
 * @param malformed lines that held no address where one should stand
 * @param dropped packets dropped, by the enforcer's count; -1 where it has none
 * @param droppedByFamily the same for {@code ipv4} and {@code ipv6}; empty where the enforcer does not tell
 * @param sources each source's state
 * @param pipeline the stages' figures since the last change of sources; none while there is no source
 */
public record DaemonStatus(
        double seconds,
        String enforcement,
        long lines,
        long lost,
        long matches,
        BanReport bans,
        Map<String, Long> lostChanges,
        long unstored,
        long overBudget,
        long cutLines,
        long malformed,
        long dropped,
        Map<String, Long> droppedByFamily,
        List<SourceStatus> sources,
        Optional<PipelineSnapshot> pipeline) {

    /** Copies the collections. */
    public DaemonStatus {
        lostChanges = Map.copyOf(lostChanges);
        droppedByFamily = Map.copyOf(droppedByFamily);
        sources = List.copyOf(sources);
    }

    /**
     * The object that reports show.
     *
     * @param type {@code ready}, {@code stats} or {@code summary}
     */
    public Map<String, Object> toJson(String type) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("time_s", Math.rint(seconds * 1000) / 1000);
        json.put("enforcement", enforcement);
        json.put("lines", Map.of("read", lines, "lost", lost, "lag", lag()));
        json.put("sources", sources.stream().map(SourceStatus::toJson).toList());
        json.put("matches", matches);
        json.put(
                "ignored",
                Map.of(
                        "already_banned", bans.alreadyBanned(),
                        "too_old", bans.tooOld(),
                        "by_jail", bans.ignored()));
        json.put(
                "bans",
                Map.of(
                        "total", bans.begun(),
                        "active", bans.active(),
                        "distinct", bans.distinct(),
                        "ended", bans.expired() + bans.lifted(),
                        "rejected", bans.rejected() + bans.refused(),
                        "restored", bans.restored(),
                        "repaired", bans.repaired(),
                        "lost_changes",
                                lostChanges.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum(),
                        "unstored", unstored));
        json.put("matching", Map.of("over_budget", overBudget, "cut_lines", cutLines, "malformed", malformed));
        json.put("kernel", dropped < 0 ? Map.of() : Map.of("dropped", dropped));
        json.put(
                "ban_latency_us",
                Map.of(
                        "p50", bans.latencyMicros().getValueAtPercentile(50),
                        "p99", bans.latencyMicros().getValueAtPercentile(99),
                        "max", bans.latencyMicros().getMaxValue()));
        json.put("stolen", pipeline.map(PipelineSnapshot::stolen).orElse(0L));
        json.put("failed", pipeline.map(PipelineSnapshot::failed).orElse(0L));
        return json;
    }

    /** {@return lines that are there and not read yet} */
    public long lag() {
        return sources.stream().mapToLong(SourceStatus::lagLines).sum();
    }
}
