package org.ipspipeline.ips.enforce.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.ipspipeline.ips.enforce.BanBatch;
import org.ipspipeline.ips.enforce.BanVisitor;
import org.ipspipeline.ips.enforce.EnforcementWriter;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.PortSets;

/**
 * The daemon's side of a gate. Ended bans take no room: their entries are given to the next. What is in the file when the
 * daemon starts stays in force.
 *
 * <p>Safe for use by many threads, which wait for each other.
 */
public final class GateEnforcer implements Enforcer, EnforcementWriter {

    /** The largest number of bans that a gate can be made for. */
    public static final int MAX_BANS = GateDescriptor.MAX_BUCKETS * GateDescriptor.WAYS / 4;

    private static final int ROOM_A_BAN = 4;

    private static final int ADDRESS_LENGTH = 128;

    private final FileChannel channel;
    private final GateTable table;

    private GateEnforcer(FileChannel channel, GateTable table) {
        this.channel = channel;
        this.table = table;
    }

    /**
     * Opens a gate for writing, or makes it if there is none.
     *
     * @param path its file, in {@code /dev/shm} so that nothing is written to a disk
     * @param maxBans for how many bans at once, 1 to {@link #MAX_BANS}, 128 bytes each
     * @return the enforcer, for as long as nobody else holds the file
     * @throws IOException if it cannot be made, is no gate, has another size or another daemon writes it; the message is one
     *     line that names it
     */
    public static GateEnforcer open(Path path, int maxBans) throws IOException {
        if (maxBans < 1 || maxBans > MAX_BANS) {
            throw new IllegalArgumentException("a gate has room for 1 to " + MAX_BANS + " bans, not " + maxBans);
        }
        // Four times the room: a prefix goes to the emptier of two buckets, and at that load one of them has a free
        // place.
        int buckets = (int) ((ROOM_A_BAN * (long) maxBans + GateDescriptor.WAYS - 1) / GateDescriptor.WAYS);
        GateFile.Held held = GateFile.hold(path, buckets);
        return new GateEnforcer(held.channel(), new GateTable(held.bytes()));
    }

    @Override
    public String name() {
        return "userspace";
    }

    @Override
    public boolean immediate() {
        return true;
    }

    @Override
    public boolean expires() {
        return true;
    }

    @Override
    public EnforcementWriter newWriter() {
        return this;
    }

    @Override
    public synchronized void ban(BanBatch batch) {
        long now = System.nanoTime();
        for (int i = 0; i < batch.count(); i++) {
            if (!ban(batch.high(i), batch.low(i), batch.prefixLength(i), batch.untilNanos(i), now)) {
                batch.reject(i);
            }
        }
    }

    private boolean ban(long high, long low, int length, long until, long now) {
        int entry = find(high, low, length);
        if (entry != GateTable.NONE) {
            table.until(entry, until);
            return true;
        }
        int one = table.oneBucket(high, low, length);
        int other = table.otherBucket(high, low, length);
        int bucket = table.room(one, now) >= table.room(other, now) ? one : other;
        int place = table.place(bucket, now);
        if (place == GateTable.NONE) {
            return false;
        }
        if (length != ADDRESS_LENGTH) {
            table.addLength(length);
        }
        table.put(place, high, low, length, until);
        return true;
    }

    @Override
    public synchronized void unban(BanBatch batch) {
        for (int i = 0; i < batch.count(); i++) {
            int entry = find(batch.high(i), batch.low(i), batch.prefixLength(i));
            if (entry != GateTable.NONE) {
                table.until(entry, 0);
            }
        }
    }

    private int find(long high, long low, int length) {
        int entry = table.find(table.oneBucket(high, low, length), high, low, length);
        return entry == GateTable.NONE ? table.find(table.otherBucket(high, low, length), high, low, length) : entry;
    }

    @Override
    public void sweep(long nowNanos) {}

    @Override
    public boolean forEachBan(BanVisitor visitor) {
        for (int number = 0; number < table.entries(); number++) {
            int entry = GateTable.entry(number);
            long until = table.until(entry);
            if (until != 0) {
                visitor.ban(PortSets.EVERYTHING, table.high(entry), table.low(entry), table.length(entry), until, 0);
            }
        }
        return true;
    }

    @Override
    public long dropped() {
        return -1;
    }

    /** Lets go of the file. It and its bans stay. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
