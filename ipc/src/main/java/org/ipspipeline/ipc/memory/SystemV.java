package org.ipspipeline.ipc.memory;

import com.kenai.jffi.MemoryIO;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** The C library's System V shared memory. Loading this class needs jnr-ffi; the numbers are Linux's. */
final class SystemV {

    static final int IPC_CREAT = 0x200;
    static final int IPC_EXCL = 0x400;
    static final int SHM_HUGETLB = 0x800;

    private static final int IPC_RMID = 0;
    private static final int IPC_STAT = 2;
    private static final int SHM_RDONLY = 0x1000;
    private static final long FAILED = -1;

    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final int EEXIST = 17;
    private static final int EIDRM = 43;

    /** Where the kernel's shmid_ds has the size, on 64-bit machines. */
    private static final int SEGMENT_SIZE_OFFSET = 48;

    private static final int SHMID_DS_SIZE = 256;

    private static final Cleaner CLEANER = Cleaner.create();

    /** See the manual pages of these functions. */
    public interface CLibrary {
        int ftok(String path, int project);

        int shmget(int key, long size, int flags);

        long shmat(int id, long address, int flags);

        int shmdt(long address);

        int shmctl(int id, int command, long buffer);

        String strerror(int error);
    }

    private final CLibrary c = LibraryLoader.create(CLibrary.class).load("c");
    private final Runtime runtime = Runtime.getRuntime(c);

    int key(String path, int project) throws IOException {
        return check(c.ftok(path, project), "ftok");
    }

    /** Finds a segment, or creates it if the flags say so. */
    int get(int key, long size, int flags) throws IOException {
        return check(c.shmget(key, size, flags), "shmget");
    }

    void remove(int id) throws IOException {
        check(c.shmctl(id, IPC_RMID, 0), "shmctl(IPC_RMID)");
    }

    long size(int id) throws IOException {
        final ByteBuffer status = ByteBuffer.allocateDirect(SHMID_DS_SIZE).order(ByteOrder.nativeOrder());
        check(c.shmctl(id, IPC_STAT, Pointer.wrap(runtime, status).address()), "shmctl(IPC_STAT)");
        return status.getLong(SEGMENT_SIZE_OFFSET);
    }

    /** Attaches a segment and gives out a part of it; it is detached when nobody refers to the part any more. */
    ByteBuffer attach(int id, long offset, int size, boolean writable) throws IOException {
        final long address = c.shmat(id, 0, writable ? 0 : SHM_RDONLY);
        if (address == FAILED) {
            throw failure("shmat");
        }
        final ByteBuffer part = MemoryIO.getInstance().newDirectByteBuffer(address + offset, size);
        CLEANER.register(part, () -> c.shmdt(address));
        // A view: it refers to the part, as do all views of it.
        return (writable ? part.duplicate() : part.asReadOnlyBuffer()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int check(int result, String call) throws IOException {
        if (result == FAILED) {
            throw failure(call);
        }
        return result;
    }

    private IOException failure(String call) {
        final int error = runtime.getLastError();
        final String message = call + ": " + c.strerror(error);
        return switch (error) {
            case EEXIST -> new FileAlreadyExistsException(message);
            case ENOENT, EIDRM -> new NoSuchFileException(message);
            case EACCES -> new AccessDeniedException(message);
            default -> new IOException(message);
        };
    }
}
