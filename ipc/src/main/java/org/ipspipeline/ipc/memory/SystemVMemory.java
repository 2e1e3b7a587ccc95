package org.ipspipeline.ipc.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Two segments of System V shared memory, for data and cursors. Their keys come from the file at the ring's path, which
 * tells them to who attaches. Needs jnr-ffi.
 */
public final class SystemVMemory implements RingMemory {

    /** System V shared memory, with pages of any size. */
    public static final int KIND_SYSTEM_V = 2;

    private static final int FIRST_PROJECT = 1;
    private static final int LAST_PROJECT = 250;

    private final SystemV systemV;
    private final Path link;
    private final int dataId;
    private final int cursorsId;
    private final int pageSize;

    private SystemVMemory(SystemV systemV, Path link, int dataId, int cursorsId, int pageSize) {
        this.systemV = systemV;
        this.link = link;
        this.dataId = dataId;
        this.cursorsId = cursorsId;
        this.pageSize = pageSize;
    }

    /**
     * Creates both segments and the file that tells of them.
     *
     * @param link the ring's path
     * @param dataSize bytes of the data
     * @param cursorsSize bytes of the cursors
     * @param pageSize of the data's pages: with more than 4096, huge pages are asked for
     * @param mode permissions of the data, and of the link
     * @param cursorsMode permissions of the cursors
     * @return the memory
     * @throws IOException if it cannot be had; then nothing is left behind
     */
    public static SystemVMemory create(
            Path link,
            long dataSize,
            long cursorsSize,
            int pageSize,
            Set<PosixFilePermission> mode,
            Set<PosixFilePermission> cursorsMode)
            throws IOException {
        final SystemV systemV = load();
        RingLink.createEmpty(link, mode);
        boolean complete = false;
        int dataId = -1;
        int cursorsId = -1;
        try {
            final int huge = pageSize > FileMemory.SMALL_PAGE ? SystemV.SHM_HUGETLB : 0;
            // Keys have 24 bits of inode and device, so another file may have this one's: then the next project is
            // tried.
            int project = FIRST_PROJECT;
            int dataKey;
            do {
                dataKey = systemV.key(link.toString(), project++);
                dataId = create(systemV, dataKey, dataSize, bits(mode) | huge);
            } while (dataId < 0 && project < LAST_PROJECT);
            int cursorsKey;
            do {
                cursorsKey = systemV.key(link.toString(), project++);
                cursorsId = create(systemV, cursorsKey, cursorsSize, bits(cursorsMode));
            } while (cursorsId < 0 && project < LAST_PROJECT);
            final SystemVMemory memory = new SystemVMemory(systemV, link, dataId, cursorsId, pageSize);
            memory.touchPages(dataSize, cursorsSize);
            new RingLink(KIND_SYSTEM_V, pageSize, dataKey, cursorsKey, "").write(link);
            complete = true;
            return memory;
        } finally {
            if (!complete) {
                remove(systemV, dataId);
                remove(systemV, cursorsId);
                Files.deleteIfExists(link);
            }
        }
    }

    /**
     * The memory that a link tells of.
     *
     * @param file where the link is
     * @param link what it says
     * @return the memory
     * @throws IOException if it is not there
     */
    public static SystemVMemory open(Path file, RingLink link) throws IOException {
        final SystemV systemV = load();
        return new SystemVMemory(
                systemV,
                file,
                systemV.get(link.dataKey(), 0, 0),
                systemV.get(link.cursorsKey(), 0, 0),
                link.pageSize());
    }

    private static SystemV load() throws IOException {
        try {
            return new SystemV();
        } catch (LinkageError withoutJnr) {
            throw new IOException("System V shared memory needs jnr-ffi on the class path", withoutJnr);
        }
    }

    private static int create(SystemV systemV, int key, long size, int mode) throws IOException {
        try {
            return systemV.get(key, size, SystemV.IPC_CREAT | SystemV.IPC_EXCL | mode);
        } catch (FileAlreadyExistsException taken) {
            return -1;
        }
    }

    private static int bits(Set<PosixFilePermission> mode) {
        int bits = 0;
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            bits = bits << 1 | (mode.contains(permission) ? 1 : 0);
        }
        return bits;
    }

    /** What was promised but is not there ends in a fault now, and not when a line is written. */
    private void touchPages(long dataSize, long cursorsSize) throws IOException {
        try {
            final long chunk = Integer.MAX_VALUE & -(long) pageSize;
            for (long offset = 0; offset < dataSize; offset += chunk) {
                FileMemory.touch(mapData(offset, (int) Math.min(chunk, dataSize - offset), true), pageSize);
            }
            FileMemory.touch(mapCursors(Math.toIntExact(cursorsSize), true), FileMemory.SMALL_PAGE);
        } catch (InternalError fault) {
            throw new IOException("there is less shared memory than was promised", fault);
        }
    }

    @Override
    public ByteBuffer mapData(long offset, int size, boolean writable) throws IOException {
        return map(dataId, offset, size, writable);
    }

    @Override
    public ByteBuffer mapCursors(int size, boolean writable) throws IOException {
        return map(cursorsId, 0, size, writable);
    }

    private ByteBuffer map(int id, long offset, int size, boolean writable) throws IOException {
        if (systemV.size(id) < offset + size) {
            throw new IOException("a segment of " + link + " is smaller than the ring's header tells");
        }
        return systemV.attach(id, offset, size, writable);
    }

    @Override
    public long dataSize() throws IOException {
        return systemV.size(dataId);
    }

    @Override
    public int pageSize() {
        return pageSize;
    }

    @Override
    public int kind() {
        return KIND_SYSTEM_V;
    }

    @Override
    public void remove() throws IOException {
        remove(systemV, dataId);
        remove(systemV, cursorsId);
        Files.deleteIfExists(link);
    }

    private static void remove(SystemV systemV, int id) throws IOException {
        try {
            if (id >= 0) {
                systemV.remove(id);
            }
        } catch (NoSuchFileException gone) {
            // Somebody removed it by hand, with ipcrm(1).
        }
    }
}
