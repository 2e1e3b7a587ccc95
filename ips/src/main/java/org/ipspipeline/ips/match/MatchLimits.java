package org.ipspipeline.ips.match;

/**
 * What a line may cost, so that no line can hold up the others.
 *
 * @param lineLength how many bytes of a line are looked at, at least 1; of a longer line the first ones are, and no {@code $} matches
 *     where they end
 * @param steps how many steps an expression may take on a line, at least 1: about a nanosecond each
 */
public record MatchLimits(int lineLength, int steps) {

    /** 64 KiB of a line, 200,000 steps. */
    public static final MatchLimits STANDARD = new MatchLimits(64 * 1024, 200_000);

    /** Checks the limits. */
    public MatchLimits {
        if (lineLength < 1 || steps < 1) {
            throw new IllegalArgumentException("a limit of " + lineLength + " bytes, " + steps + " steps");
        }
    }
}
