package org.ipspipeline.benchmarks.evaluation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.ipspipeline.loadgen.attack.Family;

/**
 * A row of the matrix: what is run. How long, and with how many segments and workers, says the {@link Preset}.
 *
 * @param name on the command line
 * @param figure of the thesis that it stands beside, empty for none
 * @param subject who bans
 * @param medium of the log lines
 * @param family of the clients' addresses
 * @param clients attackers in all
 * @param load what they send
 * @param readers processes that read the ring
 * @param stealing whether the attack is skewed over the segments, and workers steal
 * @param pace how long it runs
 */
record Experiment(
        String name,
        String figure,
        Subject subject,
        Medium medium,
        Family family,
        int clients,
        Load load,
        int readers,
        boolean stealing,
        Pace pace) {

    /** How long an experiment runs, and how long its bans last. */
    enum Pace {
        /** As most do. */
        USUAL,
        /** At least five ban cycles. */
        CYCLES,
        /** A ban outlasts the run. */
        ONE_BAN,
        /** Long enough for many clients at a low rate. */
        SLOW
    }

    /** {@return what is run, for people} */
    String title() {
        StringBuilder title = new StringBuilder(subject.title()).append(", ").append(medium.title());
        title.append(
                switch (family) {
                    case IPV4 -> ", IPv4";
                    case IPV6 -> ", IPv6";
                    case BOTH -> ", IPv4 and IPv6";
                });
        title.append(String.format(Locale.ROOT, ", %,d clients, ", clients)).append(load.title());
        if (readers > 1) {
            title.append(", ").append(readers).append(" readers");
        }
        if (stealing) {
            title.append(", skewed over the segments, workers steal");
        }
        return title.toString();
    }

    /** {@return everything that decides what is run: two runs with the same parameters are the same experiment} */
    Map<String, Object> parameters(Preset preset) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("figure", figure);
        parameters.put("title", title());
        parameters.put("subject", subject.title());
        parameters.put("medium", medium.title());
        parameters.put("family", family.toString());
        parameters.put("clients", clients);
        parameters.put("load", load.title());
        parameters.put("readers", readers);
        parameters.put("stealing", stealing);
        parameters.put("duration_s", preset.duration(pace).toMillis() / 1000.0);
        parameters.put("ban_time_s", preset.banTime(pace).toMillis() / 1000.0);
        parameters.put("max_retry", preset.limit());
        parameters.put("segments", preset.segments());
        parameters.put("lines_per_segment", preset.lines());
        parameters.put("workers", workers(preset));
        parameters.put("valid_pps", preset.validPps());
        return parameters;
    }

    /** {@return worker threads of the daemon; stealing needs two} */
    int workers(Preset preset) {
        return stealing ? Math.max(2, preset.workers()) : preset.workers();
    }
}
