package org.ipspipeline.bpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.concurrent.locks.StampedLock;
import org.ipspipeline.bpf.XdpException.Reason;
import org.ipspipeline.bpf.kernel.BpfLink.Mode;
import org.ipspipeline.bpf.kernel.BpfMap;
import org.ipspipeline.bpf.kernel.BpfProgram;
import org.ipspipeline.bpf.kernel.Errno;
import org.ipspipeline.bpf.kernel.KernelException;
import org.ipspipeline.bpf.kernel.NativeMemory;
import org.ipspipeline.bpf.kernel.NetworkInterfaces;
import org.ipspipeline.bpf.object.ObjectFile;
import org.jspecify.annotations.Nullable;

/**
 * Drops banned sources' packets on one network interface.
 *
 * <pre>{@code
 * try (XdpFilter filter = XdpFilter.attach("eth0", XdpOptions.defaults())) {
 *     BanWriter writer = filter.newWriter((portSet, high, low, length) -> { });
 *     writer.ban(XdpFilter.EVERYTHING, 0, 0xFFFF_0A03_0B01L, 32, System.nanoTime() + TimeUnit.MINUTES.toNanos(10));
 *     writer.flush();
 *     System.out.println(filter.counters().ipv4().dropped());
 * }
 * }</pre>
 *
 * <p>Without a {@linkplain XdpOptions#pinDirectory() pin directory} nothing outlives the process, however it ends. With one,
 * the program and the bans stay in force, and the next {@code attach} of the same directory takes them over.
 *
 * <p>Safe for use by many threads, but not after {@link #close()}.
 */
public final class XdpFilter implements AutoCloseable {

    /** In place of a port set: a ban of all that a source sends. */
    public static final int EVERYTHING = FilterMap.EVERYTHING;

    /** How many port sets there can be. */
    public static final int MAX_PORT_SETS = 255;

    /** How many port sets one port can be in. */
    public static final int MAX_SETS_OF_PORT = 8;

    private static final String OBJECT = "xdp_filter.o";

    private final FilterMaps maps;
    private final BpfProgram program;
    private final Attachment attachment;
    private final Settings settings;
    private final PortSets portSets;
    private final @Nullable Pins pins;
    private final StampedLock sweepLock = new StampedLock();

    private XdpFilter(
            FilterMaps maps, BpfProgram program, Attachment attachment, Settings settings, @Nullable Pins pins) {
        this.maps = maps;
        this.program = program;
        this.attachment = attachment;
        this.settings = settings;
        portSets = new PortSets(maps.ports());
        this.pins = pins;
    }

    /**
     * Attaches the program to an interface of this thread's network namespace, or takes over what is pinned for it.
     *
     * @param interfaceName such as {@code eth0}
     * @param options what to make
     * @return the filter, in force
     * @throws XdpException when the interface, the privileges or the kernel's support are missing, or another program is
     *     attached, each with what to do about it; nothing is left behind then
     * @throws IOException when the pin directory cannot be made
     */
    public static XdpFilter attach(String interfaceName, XdpOptions options) throws IOException {
        int index = NetworkInterfaces.indexOf(interfaceName);
        if (index == 0) {
            throw new XdpException(
                    Reason.NO_INTERFACE,
                    "xdp: there is no network interface '" + interfaceName + "'; 'ip link' shows those there are");
        }
        try {
            return attach(interfaceName, index, options);
        } catch (KernelException failure) {
            if (failure.errno() == Errno.EPERM) {
                throw new XdpException(
                        Reason.NOT_PERMITTED,
                        "xdp: " + interfaceName + ": not permitted; run as root, or with both CAP_BPF and"
                                + " CAP_NET_ADMIN (and CAP_SYS_ADMIN to mount a pin directory)",
                        failure);
            }
            throw new XdpException(
                    Reason.NOT_SUPPORTED,
                    "xdp: " + interfaceName + ": " + failure.getMessage() + "; needs Linux 5.13 or newer, this is "
                            + System.getProperty("os.version"),
                    failure);
        }
    }

    private static XdpFilter attach(String name, int index, XdpOptions options) throws IOException {
        ObjectFile object = ObjectFile.ofResource(OBJECT);
        Pins pins = options.pinDirectory() == null ? null : Pins.in(options.pinDirectory(), name);
        FilterMaps maps = null;
        BpfProgram program = null;
        Attachment attachment = null;
        try {
            maps = FilterMaps.open(object, options, pins);
            program = object.load(maps.byName());
            Settings settings = new Settings(maps.settings());
            attachment = Attachment.attach(name, index, program, settings, options, pins);
            if (pins != null) {
                maps.pin(pins);
            }
            return new XdpFilter(maps, program, attachment, settings, pins);
        } catch (IOException | RuntimeException failure) {
            closeAll(attachment, program, maps);
            if (pins != null) {
                pins.undo();
            }
            throw failure;
        }
    }

    private static void closeAll(
            @Nullable Attachment attachment, @Nullable BpfProgram program, @Nullable FilterMaps maps) {
        if (attachment != null) {
            attachment.link().close();
        }
        if (program != null) {
            program.close();
        }
        if (maps != null) {
            maps.close();
        }
    }

    /**
     * How the kernel runs the program.
     *
     * @return native or generic
     */
    public Mode mode() {
        return attachment.mode();
    }

    /**
     * A name of this way to enforce bans, for people.
     *
     * @return {@code xdp-native} or {@code xdp-generic}
     */
    public String name() {
        return mode() == Mode.NATIVE ? "xdp-native" : "xdp-generic";
    }

    /**
     * Makes a writer for one thread.
     *
     * @param handler is told, on that thread, of bans that have no room
     * @return the writer
     */
    public BanWriter newWriter(BanWriter.RejectionHandler handler) {
        return new BanWriter(maps, settings, sweepLock, handler);
    }

    /**
     * Says which ports a port set is made of; that holds until the end. Packets to these ports are dropped when their source is banned
     * for the set. IPv6 packets with extension headers count as in the first eight sets, whatever their port; later fragments of a
     * packet as in none.
     *
     * @param number 1 to {@link #MAX_PORT_SETS}, not defined before
     * @param ranges the ports
     * @return false, and nothing defined, if one of the ports is in {@link #MAX_SETS_OF_PORT} sets already
     */
    public boolean definePortSet(int number, Collection<PortRange> ranges) {
        return portSets.define(number, ranges);
    }

    /**
     * Puts a prefix on the allow list: no packet from it is dropped, whatever is banned.
     *
     * @param high upper half of the address
     * @param low lower half of the address
     * @param prefixLength in the address's family
     * @return whether there was room
     */
    public boolean allow(long high, long low, int prefixLength) {
        FilterMap list = FilterMap.ofAllowed(high, low, prefixLength);
        NativeMemory key = key(list, EVERYTHING, high, low, prefixLength);
        boolean done = maps.of(list).update(key, new NativeMemory(list.valueSize()));
        settings.markFilled(list);
        return done;
    }

    /**
     * Takes a prefix off the allow list.
     *
     * @param high upper half of the address
     * @param low lower half of the address
     * @param prefixLength as it was allowed
     * @return whether it was there
     */
    public boolean disallow(long high, long low, int prefixLength) {
        FilterMap list = FilterMap.ofAllowed(high, low, prefixLength);
        boolean done = maps.of(list).delete(key(list, EVERYTHING, high, low, prefixLength));
        settings.clearIfEmpty(list, maps.of(list));
        return done;
    }

    /** Takes everything off the allow list, such as what a process before this one has left. */
    public void clearAllowList() {
        clear(FilterMap.ALLOWED4);
        clear(FilterMap.ALLOWED6);
    }

    /** Lifts all bans. */
    public void clearBans() {
        for (FilterMap filter : FilterMap.bans()) {
            clear(filter);
        }
    }

    private void clear(FilterMap filter) {
        BpfMap map = maps.of(filter);
        new KeyList(filter).addAll(map).removeFrom(map);
        settings.clearIfEmpty(filter, map);
    }

    /**
     * Looks a ban from everything up, expired or not.
     *
     * @param high upper half of the address
     * @param low lower half of the address
     * @param prefixLength exactly as it was banned
     * @param visitor sees the ban if there is one
     * @return whether there is one
     */
    public boolean findBan(long high, long low, int prefixLength, BanVisitor visitor) {
        return findBan(EVERYTHING, high, low, prefixLength, visitor);
    }

    /**
     * Looks a ban up, expired or not.
     *
     * @param portSet exactly as it was banned
     * @param high upper half of the address
     * @param low lower half of the address
     * @param prefixLength exactly as it was banned
     * @param visitor sees the ban if there is one
     * @return whether there is one
     */
    public boolean findBan(int portSet, long high, long low, int prefixLength, BanVisitor visitor) {
        FilterMap filter = FilterMap.ofBan(portSet, high, low, prefixLength);
        NativeMemory value = new NativeMemory(filter.valueSize());
        boolean found = maps.of(filter).lookup(key(filter, portSet, high, low, prefixLength), value);
        if (found) {
            visitor.visit(
                    portSet,
                    high,
                    low,
                    prefixLength,
                    value.bytes().getLong(FilterMap.EXPIRY),
                    value.bytes().getLong(FilterMap.DROPPED));
        }
        return found;
    }

    /**
     * Visits all bans that the kernel holds, expired ones that have not been swept included. Bans that come and go
     * meanwhile may be seen or not.
     *
     * @param visitor sees each; must not change bans
     */
    public void forEachBan(BanVisitor visitor) {
        for (FilterMap filter : FilterMap.bans()) {
            maps.of(filter)
                    .forEach((keys, key, values, value) -> visitor.visit(
                            filter.portSet(keys, key),
                            filter.high(keys, key),
                            filter.low(keys, key),
                            filter.prefixLength(keys, key),
                            values.getLong(value + FilterMap.EXPIRY),
                            values.getLong(value + FilterMap.DROPPED)));
        }
    }

    /**
     * Removes bans that have expired: they are not in force any more, but take up room. A ban that is written anew
     * meanwhile stays.
     *
     * @param nowNanos on the clock of {@link System#nanoTime()}
     * @return how many were removed
     */
    public int sweepExpired(long nowNanos) {
        int removed = 0;
        for (FilterMap filter : FilterMap.bans()) {
            BpfMap map = maps.of(filter);
            removed += Sweep.run(filter, map, sweepLock, nowNanos);
            settings.clearIfEmpty(filter, map);
        }
        return removed;
    }

    /**
     * What the program has seen.
     *
     * @return a snapshot
     */
    public TrafficCounters counters() {
        return TrafficCounters.read(maps.counters());
    }

    /**
     * What the program does with a frame, without any interface; the counters count it.
     *
     * @param frame from the Ethernet header on, at least 14 bytes
     * @param repeat how often to run it
     * @return the action (1 drop, 2 pass) and the time a run took
     */
    public BpfProgram.TestResult test(byte[] frame, int repeat) {
        return program.test(frame, repeat);
    }

    private static NativeMemory key(FilterMap filter, int portSet, long high, long low, int prefixLength) {
        NativeMemory key = new NativeMemory(filter.keySize());
        filter.putKey(key.bytes(), 0, portSet, high, low, prefixLength);
        return key;
    }

    /** Lets go. Without a pin directory the program is detached with this; with one, it stays in force. */
    @Override
    public void close() {
        closeAll(attachment, program, maps);
    }

    /**
     * Detaches the program and forgets the bans, pinned or not.
     *
     * @throws UncheckedIOException when a pin cannot be removed
     */
    public void detach() {
        try {
            if (pins != null) {
                pins.removeAll();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            close();
        }
    }
}
