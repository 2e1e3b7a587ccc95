package org.ipspipeline.ipc;

import java.time.Duration;
import java.util.Arrays;
import org.ipspipeline.ipc.layout.Geometry;
import org.ipspipeline.ipc.layout.RecordDescriptor;

/** How a ring is created. Immutable; made by a {@link Builder}, in which every option has its default. */
public final class RingOptions {

    /** What to do when there is a ring at the path already. */
    public enum Existing {
        /** Refuse. */
        FAIL,
        /** Attach to it as it is; all other options are ignored. What a restarted server wants. */
        REATTACH,
        /** Remove it and create a new one, unless somebody is attached. */
        REPLACE
    }

    private final long[] capacities;
    private final boolean variable;
    private final int lineSize;
    private final int readers;
    private final boolean overwrite;
    private final StuckReader stuckReader;
    private final Duration stuckTimeout;
    private final RingAccess access;
    private final boolean keep;
    private final Backing backing;
    private final Existing existing;

    private RingOptions(Builder builder) {
        this.variable = builder.variable;
        this.lineSize = builder.lineSize;
        this.readers = builder.readers;
        this.overwrite = builder.overwrite;
        this.stuckReader = builder.stuckReader;
        this.stuckTimeout = builder.stuckTimeout;
        this.access = builder.access;
        this.keep = builder.keep;
        this.backing = builder.backing;
        this.existing = builder.existing;
        this.capacities = builder.roundedCapacities();
    }

    /** All defaults: one segment of 100,000 fixed slots for lines of 128 bytes, two readers, lossless. */
    public static Builder builder() {
        return new Builder();
    }

    Geometry geometry(int pageSize) {
        return Geometry.of(variable, lineSize, readers, pageSize, capacities);
    }

    boolean isOverwrite() {
        return overwrite;
    }

    StuckReader stuckReader() {
        return stuckReader;
    }

    Duration stuckTimeout() {
        return stuckTimeout;
    }

    RingAccess access() {
        return access;
    }

    boolean isKept() {
        return keep;
    }

    Backing backing() {
        return backing;
    }

    Existing existing() {
        return existing;
    }

    /** Builds options. Values are checked by {@link #build()}. */
    public static final class Builder {

        private static final int DEFAULT_LINES = 100_000;
        private static final int DEFAULT_LINE_SIZE = 128;
        private static final int DEFAULT_READERS = 2;
        private static final Duration DEFAULT_STUCK_TIMEOUT = Duration.ofSeconds(10);

        private int segments = 1;
        private long[] capacities = {DEFAULT_LINES};
        private boolean variable;
        private int lineSize = DEFAULT_LINE_SIZE;
        private int readers = DEFAULT_READERS;
        private boolean overwrite;
        private StuckReader stuckReader = StuckReader.BLOCK;
        private Duration stuckTimeout = DEFAULT_STUCK_TIMEOUT;
        private RingAccess access = RingAccess.OWNER;
        private boolean keep;
        private Backing backing = Backing.FILE;
        private Existing existing = Existing.FAIL;

        private Builder() {}

        /**
         * The number of segments: as many as threads that write.
         *
         * @param count 1 .. 1024; default 1
         * @return this
         */
        public Builder segments(int count) {
            this.segments = count;
            return this;
        }

        /**
         * Fixed slots, and how many of them.
         *
         * @param perSegment the lines that fit into each segment, or into the first, the second ...; rounded up to a
         *     power of two; default 100,000
         * @return this
         */
        public Builder lines(long... perSegment) {
            this.variable = false;
            this.capacities = perSegment.clone();
            return this;
        }

        /**
         * Records of variable length instead of fixed slots, and how much room they have.
         *
         * @param perSegment the bytes of each segment, or of the first, the second ...; rounded up to a power of two that
         *     holds at least four of the longest lines
         * @return this
         */
        public Builder variableLength(long... perSegment) {
            this.variable = true;
            this.capacities = perSegment.clone();
            return this;
        }

        /**
         * The longest line; a longer one is refused and counted.
         *
         * @param bytes 1 .. 1,048,576; default 128
         * @return this
         */
        public Builder lineSize(int bytes) {
            this.lineSize = bytes;
            return this;
        }

        /**
         * The number of readers that may be attached at a time, each of which sees every line.
         *
         * @param slots 1 .. 64; default 2
         * @return this
         */
        public Builder readers(int slots) {
            this.readers = slots;
            return this;
        }

        /**
         * Whether writers never wait but overwrite the oldest lines; readers know how many they lost.
         *
         * @param on default false: lossless
         * @return this
         */
        public Builder overwrite(boolean on) {
            this.overwrite = on;
            return this;
        }

        /**
         * What writers of a lossless ring do about a reader that lives and does not read.
         *
         * @param policy default {@link StuckReader#BLOCK}
         * @param timeout after how long, more than zero; default 10 s
         * @return this
         */
        public Builder stuckReader(StuckReader policy, Duration timeout) {
            this.stuckReader = policy;
            this.stuckTimeout = timeout;
            return this;
        }

        /**
         * Who may use the ring.
         *
         * @param users default {@link RingAccess#OWNER}
         * @return this
         */
        public Builder access(RingAccess users) {
            this.access = users;
            return this;
        }

        /**
         * Whether the ring and its unread lines stay when the last process leaves.
         *
         * @param on default false: the last one to leave removes it
         * @return this
         */
        public Builder keep(boolean on) {
            this.keep = on;
            return this;
        }

        /**
         * The kind of memory. Where huge pages are asked for and there are none, small ones are used, and a warning says
         * so; {@link Ring#pageSize} tells what a ring has.
         *
         * @param kind default {@link Backing#FILE}
         * @return this
         */
        public Builder backing(Backing kind) {
            this.backing = kind;
            return this;
        }

        /**
         * What to do when there is a ring already.
         *
         * @param action default {@link Existing#FAIL}
         * @return this
         */
        public Builder existing(Existing action) {
            this.existing = action;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return the options
         * @throws RingException INVALID_ARGUMENT, with a message for users
         */
        public RingOptions build() {
            if (stuckTimeout.isNegative() || stuckTimeout.isZero()) {
                throw new RingException(
                        RingException.Code.INVALID_ARGUMENT, "the stuck-reader timeout must be more than zero");
            }
            final RingOptions options = new RingOptions(this);
            try {
                // The page size does not matter to what is checked, but for segments close to 2 GiB.
                options.geometry(SMALL_PAGE);
            } catch (IllegalArgumentException outOfRange) {
                throw new RingException(
                        RingException.Code.INVALID_ARGUMENT, String.valueOf(outOfRange.getMessage()), outOfRange);
            }
            return options;
        }

        private static final int SMALL_PAGE = 4096;

        private long[] roundedCapacities() {
            final int count = Math.max(1, Math.min(segments, Geometry.MAX_SEGMENTS));
            if (segments != count || (capacities.length != 1 && capacities.length != count)) {
                throw new RingException(
                        RingException.Code.INVALID_ARGUMENT,
                        segments + " segments with " + capacities.length + " capacities: give 1 to "
                                + Geometry.MAX_SEGMENTS + " segments, and one capacity for all or one for each");
            }
            final long[] rounded = new long[count];
            Arrays.setAll(rounded, i -> round(capacities[capacities.length == 1 ? 0 : i]));
            return rounded;
        }

        private long round(long capacity) {
            final long least = variable
                    ? (long) Geometry.MIN_RECORDS * RecordDescriptor.variableSize(Math.max(1, lineSize))
                    : Geometry.MIN_SLOTS;
            if (capacity < 1 || capacity > Geometry.MAX_REGION_SIZE) {
                throw new RingException(
                        RingException.Code.INVALID_ARGUMENT,
                        "a segment of " + capacity + (variable ? " bytes" : " lines") + ": give 1 to "
                                + Geometry.MAX_REGION_SIZE);
            }
            final long wanted = Math.max(capacity, least);
            return Long.highestOneBit(wanted) == wanted ? wanted : Long.highestOneBit(wanted) << 1;
        }
    }
}
