package org.ipspipeline.ips.metrics;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.ipspipeline.ips.ban.BanReport;
import org.ipspipeline.ips.daemon.DaemonStatus;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.daemon.JailStatus;
import org.ipspipeline.ips.source.Loss;
import org.ipspipeline.ips.source.SourceStatus;
import org.ipspipeline.pipeline.metrics.PipelineSnapshot;
import org.ipspipeline.pipeline.metrics.Quantiles;
import org.ipspipeline.pipeline.metrics.StageSnapshot;

/** A daemon's figures as Prometheus reads them. */
final class DaemonMetrics {

    private static final double MICROS = 1e6;
    private static final double NANOS = 1e9;

    /** Upper bounds of the histogram's buckets, in microseconds. */
    private static final long[] BUCKETS = {
        10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000, 1_000_000, 10_000_000
    };

    private final IpsDaemon daemon;

    DaemonMetrics(IpsDaemon daemon) {
        this.daemon = daemon;
    }

    /** All figures, now. */
    String text() {
        PrometheusText text = new PrometheusText();
        DaemonStatus status = daemon.status();
        text.metric("ips_up_seconds", "gauge", "Time since the daemon started.").value(status.seconds());
        text.metric("ips_enforcement_info", "gauge", "What puts bans into force.")
                .value(1, "by", status.enforcement());
        lines(text, status);
        sources(text, status.sources());
        jails(text, daemon.plan().policies().stream().map(daemon::jailStatus).toList());
        bans(text, status);
        latency(text, status.bans().latencyMicros());
        status.pipeline().ifPresent(pipeline -> stages(text, pipeline));
        return text.toString();
    }

    private static void lines(PrometheusText text, DaemonStatus status) {
        text.metric("ips_lines_total", "counter", "Lines read.").value(status.lines());
        text.metric(
                        "ips_lines_overwritten_total",
                        "counter",
                        "Lines of rings that were overwritten before they were read.")
                .value(status.lost());
        text.metric("ips_lines_over_budget_total", "counter", "Lines given up because expressions took too many steps.")
                .value(status.overBudget());
        text.metric("ips_lines_cut_total", "counter", "Lines of which only the beginning was looked at.")
                .value(status.cutLines());
        text.metric(
                        "ips_lines_malformed_total",
                        "counter",
                        "Lines and records that held no address where one should stand.")
                .value(status.malformed());
    }

    private static void sources(PrometheusText text, List<SourceStatus> sources) {
        text.metric("ips_source_lines_total", "counter", "Lines that a source gave.");
        sources.forEach(source -> text.value(source.lines(), "source", source.name()));
        text.metric("ips_source_lag_lines", "gauge", "Lines that are there and not yet read.");
        sources.forEach(source -> text.value(source.lagLines(), "source", source.name()));
        text.metric("ips_source_lag_seconds", "gauge", "For how long the source has not been at its end.");
        sources.forEach(source -> text.value(source.lagSeconds(), "source", source.name()));
        text.metric("ips_source_lost_lines_total", "counter", "Lines lost, by reason.");
        for (SourceStatus source : sources) {
            for (Loss loss : source.losses()) {
                text.value(
                        loss.lines(),
                        "source",
                        source.name(),
                        "reason",
                        loss.reason().label());
            }
        }
        text.metric("ips_source_losses_total", "counter", "How often something was lost, by reason.");
        for (SourceStatus source : sources) {
            for (Loss loss : source.losses()) {
                text.value(
                        loss.times(),
                        "source",
                        source.name(),
                        "reason",
                        loss.reason().label());
            }
        }
    }

    private static void jails(PrometheusText text, List<JailStatus> jails) {
        text.metric("ips_jail_matches_total", "counter", "Failures that a jail's filter found.");
        jails.forEach(jail -> text.value(jail.matches(), "jail", jail.name()));
        text.metric("ips_jail_failures_total", "counter", "What became of the failures.");
        for (JailStatus jail : jails) {
            text.value(jail.totalFailed(), "jail", jail.name(), "outcome", "counted");
            text.value(jail.ignored(), "jail", jail.name(), "outcome", "ignored");
            text.value(jail.tooOld(), "jail", jail.name(), "outcome", "too_old");
            text.value(jail.withoutAddress(), "jail", jail.name(), "outcome", "without_address");
            text.value(jail.lostNames(), "jail", jail.name(), "outcome", "lost_name");
        }
        text.metric("ips_jail_failing_addresses", "gauge", "Addresses below the limit whose failures still count.");
        jails.forEach(jail -> text.value(jail.failing(), "jail", jail.name()));
        text.metric("ips_jail_bans_total", "counter", "Bans that began.");
        jails.forEach(jail -> text.value(jail.totalBanned(), "jail", jail.name()));
        text.metric("ips_jail_banned", "gauge", "Bans in force.");
        jails.forEach(jail -> text.value(jail.banned(), "jail", jail.name()));
    }

    private void bans(PrometheusText text, DaemonStatus status) {
        BanReport bans = status.bans();
        text.metric("ips_bans_active", "gauge", "Bans in force, by family.")
                .value(bans.active4(), "family", "ipv4")
                .value(bans.active6(), "family", "ipv6");
        text.metric("ips_bans_capacity", "gauge", "Bans that there is room for.")
                .value(daemon.options().maxBans());
        text.metric("ips_bans_begun_total", "counter", "Bans that began.").value(bans.begun());
        text.metric("ips_bans_ended_total", "counter", "Bans that ended.")
                .value(bans.expired(), "by", "time")
                .value(bans.lifted(), "by", "operator");
        text.metric("ips_bans_refused_total", "counter", "Bans that there was no room for.")
                .value(bans.refused(), "by", "table")
                .value(bans.rejected(), "by", "enforcer");
        text.metric("ips_bans_restored_total", "counter", "Bans that began before this process.")
                .value(bans.restored());
        text.metric(
                        "ips_bans_repaired_total",
                        "counter",
                        "Bans that an enforcer lacked, or had too many of, and that were made good.")
                .value(bans.repaired());
        text.metric("ips_enforcer_lost_changes_total", "counter", "Changes of bans that were taken and then not made.");
        status.lostChanges().forEach((by, lost) -> text.value(lost, "by", by));
        text.metric(
                        "ips_store_missed_changes_total",
                        "counter",
                        "Changes of bans that could not be written down at once.")
                .value(status.unstored());
        text.metric("ips_addresses_entered_total", "counter", "Addresses that began to be tracked.")
                .value(bans.entered());
        text.metric("ips_addresses_evicted_total", "counter", "Addresses that made room for others while tracked.")
                .value(bans.evicted());
        text.metric("ips_addresses_capacity", "gauge", "Addresses that can be tracked.")
                .value(daemon.options().maxTracked());
        if (!status.droppedByFamily().isEmpty()) {
            text.metric("ips_dropped_packets_total", "counter", "Packets of banned clients that were dropped.");
            status.droppedByFamily().forEach((family, dropped) -> text.value(dropped, "family", family));
        } else if (status.dropped() >= 0) {
            text.metric("ips_dropped_packets_total", "counter", "Packets of banned clients that were dropped.")
                    .value(status.dropped());
        }
    }

    private static void latency(PrometheusText text, Histogram micros) {
        text.metric("ips_ban_latency_seconds", "histogram", "From a line's stamp until its client's ban was in force.");
        for (long bound : BUCKETS) {
            double within = micros.getCountBetweenValues(0, bound);
            text.part("_bucket", within, "le", Double.toString(bound / MICROS));
        }
        text.part("_bucket", (double) micros.getTotalCount(), "le", "+Inf");
        text.part("_sum", micros.getTotalCount() == 0 ? 0 : micros.getMean() * micros.getTotalCount() / MICROS);
        text.part("_count", (double) micros.getTotalCount());
    }

    private static void stages(PrometheusText text, PipelineSnapshot pipeline) {
        text.metric(
                "ips_stage_blocks_total", "counter", "Blocks of lines that a stage was given, since the last reload.");
        pipeline.stages().forEach(stage -> text.value(stage.events(), "stage", stage.name()));
        text.metric(
                "ips_stage_failed_blocks_total", "counter", "Blocks that a stage failed on, since the last reload.");
        pipeline.stages().forEach(stage -> text.value(stage.failed(), "stage", stage.name()));
        text.metric("ips_stage_seconds", "summary", "Time that a stage takes for a block, of those sampled.");
        for (StageSnapshot stage : pipeline.stages()) {
            Quantiles nanos = stage.serviceNanos();
            text.value(nanos.p50() / NANOS, "stage", stage.name(), "quantile", "0.5");
            text.value(nanos.p99() / NANOS, "stage", stage.name(), "quantile", "0.99");
            text.value(nanos.p999() / NANOS, "stage", stage.name(), "quantile", "0.999");
            text.part("_sum", nanos.mean() * nanos.count() / NANOS, "stage", stage.name());
            text.part("_count", (double) nanos.count(), "stage", stage.name());
        }
        text.metric(
                        "ips_blocks_stolen_total",
                        "counter",
                        "Blocks handled by another source's worker, since the last reload.")
                .value(pipeline.stolen());
    }
}
