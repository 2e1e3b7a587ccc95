package org.ipspipeline.benchmarks.evaluation.result;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The figures of a run, computed from its samples.
 *
 * @param samples of the run
 * @param clients attackers in all
 * @param limit lines that ban a client
 * @param banSeconds how long a ban lasts
 */
public record RunFigures(Samples samples, int clients, int limit, double banSeconds) {

    private static final double MOST = 0.95;

    /** {@return how long the attack lasted, in seconds} */
    public double seconds() {
        return samples.last(Quantity.SECONDS);
    }

    /** {@return the ban cycles that fit into the run, the last one begun included} */
    public long cycles() {
        return (long) Math.ceil(seconds() / banSeconds - 1e-3);
    }

    /** {@return packets that no ban could have dropped: what each client must send before it is banned, every cycle} */
    public double undroppable() {
        return (double) cycles() * limit * clients;
    }

    /**
     * The thesis's formula (chapter 4): dropped / (total - duration * valid - cycles * limit * clients).
     *
     * @return percent; NaN where nothing could have been dropped
     */
    public double relativeDropPercent() {
        double droppable = samples.last(Quantity.OFFERED) - undroppable();
        return droppable <= 0 ? Double.NaN : 100 * samples.last(Quantity.DROPPED) / droppable;
    }

    /** {@return of all that attackers sent, how much was dropped, in percent; NaN where nothing was sent} */
    public double dropPercent() {
        double offered = samples.last(Quantity.OFFERED);
        return offered <= 0 ? Double.NaN : 100 * samples.last(Quantity.DROPPED) / offered;
    }

    /** {@return seconds from the first packet to the first sample in which 95 % were dropped; empty if that never came} */
    public OptionalDouble secondsToMost() {
        int first = firstPacket();
        for (int i = Math.max(first, 1); i < samples.count(); i++) {
            if (mostAreDropped(i)) {
                return OptionalDouble.of(
                        samples.get(i, Quantity.SECONDS) - samples.get(Math.max(first - 1, 0), Quantity.SECONDS));
            }
        }
        return OptionalDouble.empty();
    }

    /** {@return in the later ban cycles, the median time from bans that end to 95 % dropped again; empty without one} */
    public OptionalDouble secondsToMostAgain() {
        double[] times = new double[samples.count()];
        int count = 0;
        boolean dropping = false;
        double since = Double.NaN;
        for (int i = 1; i < samples.count(); i++) {
            boolean most = mostAreDropped(i);
            if (dropping && !most) {
                since = samples.get(i - 1, Quantity.SECONDS);
            } else if (!dropping && most && !Double.isNaN(since)) {
                times[count++] = samples.get(i, Quantity.SECONDS) - since;
            }
            dropping = most;
        }
        double[] found = Arrays.copyOf(times, count);
        Arrays.sort(found);
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(found[count / 2]);
    }

    private int firstPacket() {
        return IntStream.range(0, samples.count())
                .filter(i -> samples.get(i, Quantity.OFFERED) > 0)
                .findFirst()
                .orElse(samples.count());
    }

    private boolean mostAreDropped(int sample) {
        double offered = samples.growth(sample, Quantity.OFFERED);
        return offered > 0 && samples.growth(sample, Quantity.DROPPED) >= MOST * offered;
    }

    /** {@return packets of attackers a second, over the whole run} */
    public double offeredPerSecond() {
        return seconds() <= 0 ? 0 : samples.last(Quantity.OFFERED) / seconds();
    }

    /** {@return log messages: lines that the server made} */
    public double messages() {
        return samples.last(Quantity.REACHED);
    }

    /** {@return CPU seconds of the intrusion prevention system during the run} */
    public double cpuSeconds() {
        return samples.last(Quantity.IPS_CPU_MILLIS) / 1000;
    }

    /** {@return CPU microseconds of the intrusion prevention system for each line that it read; NaN if it read none} */
    public double cpuMicrosPerMessage() {
        double read = samples.last(Quantity.READ);
        return read <= 0 ? Double.NaN : samples.last(Quantity.IPS_CPU_MILLIS) * 1000 / read;
    }

    /** {@return lines that the server made and the first reader never got: refused or overwritten} */
    public double lost() {
        return samples.last(Quantity.REFUSED) + samples.last(Quantity.OVERWRITTEN);
    }

    /** {@return lines that are neither read nor counted as lost, by the first reader's count: 0, or a defect} */
    public double unaccounted() {
        return samples.last(Quantity.WRITTEN) - samples.last(Quantity.READ) - samples.last(Quantity.OVERWRITTEN);
    }

    /** {@return requests of valid clients that were answered, in percent; 100 where there were none} */
    public double answeredPercent() {
        double valid = samples.last(Quantity.VALID_OFFERED);
        return valid <= 0 ? 100 : 100 * samples.last(Quantity.VALID_ANSWERED) / valid;
    }

    /** {@return the most bans begun in a second} */
    public double bansPerSecond() {
        double most = 0;
        int from = 0;
        for (int to = 1; to < samples.count(); to++) {
            while (samples.get(to, Quantity.SECONDS) - samples.get(from, Quantity.SECONDS) > 1.05) {
                from++;
            }
            double seconds = samples.get(to, Quantity.SECONDS) - samples.get(from, Quantity.SECONDS);
            if (seconds > 0.85) {
                most = Math.max(most, (samples.get(to, Quantity.BANS) - samples.get(from, Quantity.BANS)) / seconds);
            }
        }
        return most;
    }
}
