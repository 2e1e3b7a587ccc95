package org.ipspipeline.benchmarks.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ipspipeline.benchmarks.evaluation.Experiment.Pace;
import org.ipspipeline.loadgen.attack.Family;

/** All experiments: those of the thesis, and those that what we promise is judged by. */
final class Matrix {

    /** The thesis's clients of one family. */
    static final int MANY = 65_534;

    /** A /24 network: fail2ban's replication. */
    static final int FEW = 254;

    private static final int FOUR_NETWORKS = 1016;
    private static final double[] SHARES = {0.1, 0.5, 1};
    private static final Load LOW = Load.share(SHARES[0]);
    private static final Load HIGH = Load.share(1);

    private final List<Experiment> rows = new ArrayList<>();

    private Matrix() {
        fail2ban();
        variants(Medium.FILE, 3);
        variants(Medium.RING, 12);
        features();
        goals();
    }

    /** {@return all rows, those of the thesis in its order} */
    static List<Experiment> rows() {
        return List.copyOf(new Matrix().rows);
    }

    /** Figures 2.1, 4.1 and 4.2, and ours beside them. */
    private void fail2ban() {
        compared("one-ban", "2.1", FEW, Pace.ONE_BAN);
        compared("254", "4.1", FEW, Pace.CYCLES);
        compared("1016", "4.2", FOUR_NETWORKS, Pace.CYCLES);
    }

    private void compared(String suffix, String figure, int clients, Pace pace) {
        rows.add(plain("fail2ban-nftables-" + suffix, figure, Subject.FAIL2BAN_NFTABLES, Medium.FILE, clients, pace));
        rows.add(plain("fail2ban-xdp-" + suffix, figure, Subject.FAIL2BAN_XDP, Medium.FILE, clients, pace));
        rows.add(plain("ours-" + suffix, figure, Subject.OURS, Medium.RING, clients, pace));
    }

    private static Experiment plain(
            String name, String figure, Subject subject, Medium medium, int clients, Pace pace) {
        return new Experiment(name, figure, subject, medium, Family.IPV4, clients, LOW, 1, false, pace);
    }

    /** Nine figures: families by rates. */
    private void variants(Medium medium, int firstFigure) {
        int figure = firstFigure;
        for (Family family : Family.values()) {
            for (double share : SHARES) {
                String name = String.format(
                        Locale.ROOT,
                        "%s-%s-%d",
                        medium.name().toLowerCase(Locale.ROOT),
                        word(family),
                        Math.round(100 * share));
                rows.add(new Experiment(
                        name,
                        "4." + figure++,
                        Subject.OURS,
                        medium,
                        family,
                        clients(family),
                        Load.share(share),
                        1,
                        false,
                        Pace.USUAL));
            }
        }
    }

    private static String word(Family family) {
        return family.name().toLowerCase(Locale.ROOT);
    }

    private static int clients(Family family) {
        return family == Family.BOTH ? 2 * MANY : MANY;
    }

    /** Figures 4.21 to 4.25. */
    private void features() {
        rows.add(feature("ring-two-senders", "4.21", Medium.RING, Load.maximum(2), 1, false));
        rows.add(feature("ring-two-readers", "4.22", Medium.RING, HIGH, 2, false));
        rows.add(feature("ring-overwrite", "4.23", Medium.OVERWRITING, HIGH, 2, false));
        rows.add(feature("ring-stealing", "4.24", Medium.RING, HIGH, 1, true));
        rows.add(feature("ring-records", "4.25", Medium.RECORDS, HIGH, 1, false));
    }

    private static Experiment feature(
            String name, String figure, Medium medium, Load load, int readers, boolean stealing) {
        return new Experiment(
                name, figure, Subject.OURS, medium, Family.BOTH, 2 * MANY, load, readers, stealing, Pace.USUAL);
    }

    /** What the thesis has no figure for: 254 clients at the other rates, 65,534 at its own lowest. */
    private void goals() {
        rows.add(few("few-50", Medium.RING, Load.share(0.5), 1));
        rows.add(few("few-100", Medium.RING, HIGH, 1));
        rows.add(few("few-two-readers", Medium.RING, HIGH, 2));
        rows.add(few("few-overwrite", Medium.OVERWRITING, HIGH, 2));
        rows.add(new Experiment(
                "many-100k",
                "",
                Subject.OURS,
                Medium.RING,
                Family.IPV4,
                MANY,
                Load.rate(100_000),
                1,
                false,
                Pace.SLOW));
    }

    private static Experiment few(String name, Medium medium, Load load, int readers) {
        return new Experiment(name, "", Subject.OURS, medium, Family.IPV4, FEW, load, readers, false, Pace.USUAL);
    }
}
