package org.ipspipeline.ips.command.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ipc.RingStatus;

/**
 * A process that is attached to a ring.
 *
 * @param pid as this process sees it, 0 for one in a container that this process does not see into
 * @param program its name, empty where it is not known
 */
record Participant(long pid, String program) {

    private static final Path LOCKS = Path.of("/proc/locks");
    private static final int LOCK_FIELDS = 8;
    /** The byte of the lock file that every attached process holds: see ABI.md. */
    private static final String ATTACHED_BYTE = "1";

    /** A process by its pid. */
    static Participant of(long pid) {
        try {
            return new Participant(
                    pid, Files.readString(Path.of("/proc/" + pid + "/comm")).strip());
        } catch (IOException gone) {
            return new Participant(pid, "");
        }
    }

    /**
     * Who is attached to a ring, this process left out: the kernel tells who holds which lock.
     *
     * @param ring the ring
     * @return the processes, none where the kernel does not tell
     */
    static List<Participant> of(RingStatus ring) {
        List<Participant> attached = new ArrayList<>();
        try {
            String file = lockedFile(Path.of(ring.path() + ".locks"));
            for (String lock : Files.readAllLines(LOCKS)) {
                // 12: POSIX  ADVISORY  READ  4711 00:19:42 1 1
                String[] fields = lock.strip().split("\\s+", -1);
                if (fields.length == LOCK_FIELDS && fields[5].equals(file) && fields[6].equals(ATTACHED_BYTE)) {
                    long pid = Long.parseLong(fields[4]);
                    if (pid != ProcessHandle.current().pid()) {
                        attached.add(of(pid));
                    }
                }
            }
        } catch (IOException | UnsupportedOperationException | NumberFormatException notTold) {
            return List.of();
        }
        return attached;
    }

    private static String lockedFile(Path path) throws IOException {
        long device = ((Number) Files.getAttribute(path, "unix:dev")).longValue();
        long inode = ((Number) Files.getAttribute(path, "unix:ino")).longValue();
        long major = (device >> 8) & 0xFFF;
        long minor = (device & 0xFF) | ((device >> 12) & 0xFFFFF00);
        return String.format("%02x:%02x:%d", major, minor, inode);
    }

    @Override
    public String toString() {
        return pid + (program.isEmpty() ? "" : " (" + program + ")");
    }
}
