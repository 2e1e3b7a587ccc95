package org.ipspipeline.benchmarks.ban;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ipspipeline.benchmarks.comparison.Bench;
import org.ipspipeline.benchmarks.comparison.Better;
import org.ipspipeline.benchmarks.comparison.Comparison;
import org.ipspipeline.benchmarks.comparison.Contest;
import org.ipspipeline.benchmarks.comparison.JavaProcess;
import org.ipspipeline.benchmarks.comparison.Row;
import org.ipspipeline.benchmarks.network.Family;
import org.ipspipeline.benchmarks.network.Tool;
import org.ipspipeline.benchmarks.network.VethPair;
import org.ipspipeline.ips.command.UsageException;

/** From lines in a ring to bans in the kernel, whatever the way; and counting beside maps of others. */
public final class BanComparison implements Comparison {

    private static final int XDP_BANS = 500_000;
    private static final int NFT_BANS = 100_000;
    private static final int ACTION_BANS = 1_000;
    private static final int BOUND = 1_000_000;
    private static final int SPOOFED = 10_000_000;

    @Override
    public String name() {
        return "ban";
    }

    @Override
    public String description() {
        return "bans a second from lines in the ring, by way of enforcement; line to dropped packet; counting (as root)";
    }

    @Override
    public void run(Bench bench) throws Exception {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new UsageException("bench ban: makes network namespaces and loads BPF programs: run it as root");
        }
        List<String> parts =
                bench.arguments().isEmpty() ? List.of("rate", "latency", "tracking", "counting") : bench.arguments();
        for (String part : parts) {
            switch (part) {
                case "rate" -> rates(bench);
                case "latency" -> latencies(bench);
                case "tracking" -> tracking(bench);
                case "counting" -> CountingCost.measure(bench);
                default ->
                    throw new UsageException("bench ban " + part + ": there are rate, latency, tracking and counting");
            }
        }
    }

    private static void rates(Bench bench) throws Exception {
        try (VethPair pair = VethPair.create()) {
            for (Family family : Family.values()) {
                rate(bench, pair, "xdp", family, XDP_BANS);
                rate(bench, pair, "dry-run", family, XDP_BANS);
                for (String way : new String[] {"nftables", "ipset"}) {
                    if (Tool.isThere(way.equals("nftables") ? "nft" : way, "--version")) {
                        rate(bench, pair, way, family, NFT_BANS);
                    }
                }
            }
            rate(bench, pair, "action", Family.IPV4, ACTION_BANS);
        }
    }

    private static void rate(Bench bench, VethPair pair, String way, Family family, int bans) throws Exception {
        String measure = way + ": bans of different " + family.title() + " clients from lines in the ring, one CPU";
        Contest contest = bench.contest(measure, "bans/s", Better.HIGHER)
                .contender(
                        way,
                        () -> numbers(onCpu(
                                JavaProcess.of(BanPeer.class, way, family.name(), String.valueOf(bans)),
                                pair.targetNamespace()))[0]);
        contest.run(way.equals("action") ? 1 : bench.rounds());
        bench.report(Row.alone(measure, contest.median(way), "bans/s"));
    }

    private static void latencies(Bench bench) throws Exception {
        try (VethPair pair = VethPair.create()) {
            for (Family family : Family.values()) {
                String measure = "offending " + family.title() + " line to its first dropped packet, 100,000 lines/s, ";
                bench.progress(measure);
                double[] medians = new double[bench.rounds()];
                double[] tails = new double[bench.rounds()];
                for (int round = 0; round < bench.rounds(); round++) {
                    double[] numbers = numbers(JavaProcess.of(
                            LatencyPeer.class, pair.targetNamespace(), pair.sourceNamespace(), family.name()));
                    medians[round] = numbers[0];
                    tails[round] = numbers[1];
                }
                bench.report(Row.alone(measure + "p50", median(medians), "us"));
                bench.report(Row.alone(measure + "p99", median(tails), "us"));
            }
        }
    }

    private static void tracking(Bench bench) throws Exception {
        bench.progress("tracking more addresses than there is room for");
        double[] exact = new double[bench.rounds()];
        double[] spoofed = new double[bench.rounds()];
        double[] growth = new double[bench.rounds()];
        for (int round = 0; round < bench.rounds(); round++) {
            exact[round] = tracked(BOUND)[0];
            double[] numbers = tracked(SPOOFED);
            spoofed[round] = numbers[0];
            growth[round] = numbers[1];
        }
        bench.report(Row.alone("failures of 1,000,000 IPv6 clients, room for as many", median(exact), "lines/s"));
        bench.report(Row.alone("failures of 10,000,000 IPv6 clients, room for 1,000,000", median(spoofed), "lines/s"));
        bench.report(Row.alone(
                "resident memory with 10,000,000 above that with 1,000,000, as part of the bound", median(growth), ""));
    }

    private static double[] tracked(int addresses) throws IOException {
        return numbers(JavaProcess.of(TrackingPeer.class, String.valueOf(addresses), String.valueOf(BOUND)));
    }

    /** All its threads share one CPU, the compiler's and the collector's as well. */
    private static ProcessBuilder onCpu(ProcessBuilder process, String namespace) {
        List<String> command =
                new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace, "taskset", "-c", "0"));
        command.addAll(process.command());
        return process.command(command);
    }

    private static double[] numbers(ProcessBuilder command) throws IOException {
        Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String last = "";
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line;
            }
        }
        int exitCode = process.onExit().join().exitValue();
        if (exitCode != 0 || last.isEmpty()) {
            throw new IOException(String.join(" ", command.command()) + " failed with exit code " + exitCode);
        }
        return Arrays.stream(last.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
