package org.ipspipeline.bpf;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How {@link XdpFilter} is set up. Immutable: each {@code with} method returns a changed copy.
 *
 * @param maxBans how many addresses of IPv4, of IPv6, and how many /64 networks of IPv6 can be banned at the same time,
 *     each; the memory is taken at once, about 72 to 80 bytes an entry
 * @param maxPortBans how many addresses can be banned for port sets; the memory is taken at once, about 88 bytes an entry
 * @param maxPrefixes how many other prefixes can be banned, each of IPv4 and IPv6; memory is taken as they come
 * @param maxAllowed how many prefixes the allow list has room for, each of IPv4 and IPv6
 * @param mode which of the kernel's ways to take
 * @param pinDirectory where the program, its maps and its attachment are pinned so that bans outlive the process: a
 *     directory under which each interface gets its own; null: nothing outlives the process
 */
public record XdpOptions(
        int maxBans,
        int maxPortBans,
        int maxPrefixes,
        int maxAllowed,
        ModeChoice mode,
        @Nullable Path pinDirectory) {

    /** Default of {@link #maxBans()}. */
    public static final int DEFAULT_MAX_BANS = 1 << 18;

    /** Default of {@link #maxPortBans()}. */
    public static final int DEFAULT_MAX_PORT_BANS = 1 << 16;

    /** Default of {@link #maxPrefixes()}. */
    public static final int DEFAULT_MAX_PREFIXES = 1 << 16;

    /** Default of {@link #maxAllowed()}. */
    public static final int DEFAULT_MAX_ALLOWED = 1 << 12;

    /** Which of the kernel's ways to run the program is asked for. */
    public enum ModeChoice {
        /** In the driver if it can, else generic. */
        AUTO,
        /** In the driver or not at all. */
        NATIVE,
        /** The generic way, which every driver has. */
        GENERIC
    }

    /** Checks the ranges. */
    public XdpOptions {
        checkPositive(maxBans, "maxBans");
        checkPositive(maxPortBans, "maxPortBans");
        checkPositive(maxPrefixes, "maxPrefixes");
        checkPositive(maxAllowed, "maxAllowed");
    }

    private static void checkPositive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be at least 1");
        }
    }

    /**
     * The defaults: room for 262,144 bans of each kind and 65,536 for ports (about 66 MB), the best mode, nothing pinned.
     *
     * @return options to change or take as they are
     */
    public static XdpOptions defaults() {
        return new XdpOptions(
                DEFAULT_MAX_BANS,
                DEFAULT_MAX_PORT_BANS,
                DEFAULT_MAX_PREFIXES,
                DEFAULT_MAX_ALLOWED,
                ModeChoice.AUTO,
                null);
    }

    /**
     * Sets {@link #maxBans()}.
     *
     * @param entries at least 1
     * @return changed options
     */
    public XdpOptions withMaxBans(int entries) {
        return new XdpOptions(entries, maxPortBans, maxPrefixes, maxAllowed, mode, pinDirectory);
    }

    /**
     * Sets {@link #maxPortBans()}.
     *
     * @param entries at least 1
     * @return changed options
     */
    public XdpOptions withMaxPortBans(int entries) {
        return new XdpOptions(maxBans, entries, maxPrefixes, maxAllowed, mode, pinDirectory);
    }

    /**
     * Sets {@link #maxPrefixes()}.
     *
     * @param entries at least 1
     * @return changed options
     */
    public XdpOptions withMaxPrefixes(int entries) {
        return new XdpOptions(maxBans, maxPortBans, entries, maxAllowed, mode, pinDirectory);
    }

    /**
     * Sets {@link #maxAllowed()}.
     *
     * @param entries at least 1
     * @return changed options
     */
    public XdpOptions withMaxAllowed(int entries) {
        return new XdpOptions(maxBans, maxPortBans, maxPrefixes, entries, mode, pinDirectory);
    }

    /**
     * Sets {@link #mode()}.
     *
     * @param choice which way
     * @return changed options
     */
    public XdpOptions withMode(ModeChoice choice) {
        return new XdpOptions(maxBans, maxPortBans, maxPrefixes, maxAllowed, choice, pinDirectory);
    }

    /**
     * Sets {@link #pinDirectory()}.
     *
     * @param directory outside /sys, which {@code ip netns exec} mounts anew; created, and mounted, if need be
     * @return changed options
     */
    public XdpOptions withPinDirectory(@Nullable Path directory) {
        return new XdpOptions(maxBans, maxPortBans, maxPrefixes, maxAllowed, mode, directory);
    }
}
