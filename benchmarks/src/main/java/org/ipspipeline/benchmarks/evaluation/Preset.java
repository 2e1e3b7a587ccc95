package org.ipspipeline.benchmarks.evaluation;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How long runs are, and what they run with. */
enum Preset {
    /** All of it in about five minutes on two cores: short bans, short runs. */
    QUICK(millis(3000), millis(1500), millis(10_000), millis(2000), millis(8000), 2, 100_000, 1, 1000),
    /** Runs of a minute. */
    FULL(millis(60_000), millis(10_000), millis(60_000), millis(10_000), millis(60_000), 2, 100_000, 1, 10_000),
    /** The thesis's own set-up. */
    THESIS(millis(300_000), millis(30_000), millis(300_000), millis(30_000), millis(300_000), 16, 100_000, 4, 10_000);

    private static final int LIMIT = 3;

    private final Duration duration;
    private final Duration banTime;
    private final Duration cyclesDuration;
    private final Duration cyclesBanTime;
    private final Duration slowDuration;
    private final int segments;
    private final long lines;
    private final int workers;
    private final long validPps;

    Preset(
            Duration duration,
            Duration banTime,
            Duration cyclesDuration,
            Duration cyclesBanTime,
            Duration slowDuration,
            int segments,
            long lines,
            int workers,
            long validPps) {
        this.duration = duration;
        this.banTime = banTime;
        this.cyclesDuration = cyclesDuration;
        this.cyclesBanTime = cyclesBanTime;
        this.slowDuration = slowDuration;
        this.segments = segments;
        this.lines = lines;
        this.workers = workers;
        this.validPps = validPps;
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    Duration duration(Experiment.Pace pace) {
        return switch (pace) {
            case USUAL -> duration;
            case CYCLES -> cyclesDuration;
            case ONE_BAN, SLOW -> slowDuration;
        };
    }

    Duration banTime(Experiment.Pace pace) {
        return switch (pace) {
            case USUAL -> banTime;
            case CYCLES -> cyclesBanTime;
            case ONE_BAN -> slowDuration.multipliedBy(10);
            case SLOW -> this == QUICK ? slowDuration : banTime;
        };
    }

    int limit() {
        return LIMIT;
    }

    int segments() {
        return segments;
    }

    long lines() {
        return lines;
    }

    int workers() {
        return workers;
    }

    long validPps() {
        return validPps;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a preset's name. */
    static final class Converter implements ITypeConverter<Preset> {
        @Override
        public Preset convert(String value) {
            return Arrays.stream(values())
                    .filter(preset -> preset.toString().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + value + "' is no preset; there are "
                            + Arrays.stream(values()).map(Preset::toString).collect(Collectors.joining(", "))));
        }
    }
}
