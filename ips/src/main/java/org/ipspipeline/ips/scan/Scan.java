package org.ipspipeline.ips.scan;

import java.io.IOException;
import java.util.List;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.match.BlockMatcher;
import org.ipspipeline.ips.match.PatternSet;

/** Matches the lines of files, and counts whose they are. For one thread. */
public final class Scan {

    private final BlockMatcher matcher;
    private final Verdicts verdicts;
    private final AddressTally addresses = new AddressTally();
    private long lines;
    private long matches;

    /**
     * Prepares a scan.
     *
     * @param patterns which lines match
     * @param verdicts is told of every line
     */
    public Scan(PatternSet patterns, Verdicts verdicts) {
        this.matcher = patterns.newMatcher();
        this.verdicts = verdicts;
    }

    /**
     * Matches the lines of a block.
     *
     * @param block has no failures yet
     * @throws IOException when the verdicts cannot be written
     */
    public void match(LineBlock block) throws IOException {
        matcher.match(block);
        lines += block.lines().count();
        matches += block.failures();
        for (int failure = 0; failure < block.failures(); failure++) {
            addresses.add(block.high(failure), block.low(failure));
        }
        verdicts.of(block);
    }

    /** {@return how many different addresses were found so far} */
    public long addresses() {
        return addresses.distinct();
    }

    /**
     * Tells what was found so far, with the ten addresses found most often.
     *
     * @param seconds spent on it
     * @return the result
     */
    public Result result(double seconds) {
        return new Result(
                lines,
                matches,
                addresses.distinct(),
                seconds,
                addresses.top(10).stream()
                        .map(count -> new Top(count.address(), count.matches()))
                        .toList());
    }

    /**
     * What a scan found.
     *
     * @param lines lines read
     * @param matches lines that match
     * @param addresses different addresses
     * @param seconds spent on reading and matching
     * @param top the addresses found most often
     */
    public record Result(long lines, long matches, long addresses, double seconds, List<Top> top) {

        /** {@return lines a second} */
        public double linesPerSecond() {
            return seconds == 0 ? 0 : lines / seconds;
        }
    }

    /**
     * An address and how often it was found.
     *
     * @param address as text
     * @param matches lines
     */
    public record Top(String address, long matches) {}
}
