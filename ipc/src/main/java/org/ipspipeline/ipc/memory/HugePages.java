package org.ipspipeline.ipc.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the machine offers of huge pages. */
public final class HugePages {

    private static final Path MOUNTS = Path.of("/proc/self/mounts");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final String SIZE_FIELD = "Hugepagesize:";
    private static final int KILOBYTE = 1024;

    private HugePages() {}

    /**
     * A hugetlbfs that this process may create files in.
     *
     * @return where it is mounted
     * @throws IOException if there is none
     */
    public static Path directory() throws IOException {
        for (String mount : Files.readAllLines(MOUNTS)) {
            final String[] fields = mount.split(" ", -1);
            if (fields.length > 2 && "hugetlbfs".equals(fields[2])) {
                // The kernel writes white space in paths as octal escapes.
                final Path directory = Path.of(fields[1].replace("\\040", " ").replace("\\011", "\t"));
                if (Files.isWritable(directory)) {
                    return directory;
                }
            }
        }
        throw new NoSuchFileException("no hugetlbfs is mounted that this process may write to");
    }

    /**
     * The size that huge pages have unless another is asked for.
     *
     * @return bytes
     * @throws IOException if the machine has none
     */
    public static int size() throws IOException {
        for (String line : Files.readAllLines(MEMORY)) {
            if (line.startsWith(SIZE_FIELD)) {
                final String kilobytes = line.substring(SIZE_FIELD.length()).replace("kB", "");
                return Math.multiplyExact(Integer.parseInt(kilobytes.trim()), KILOBYTE);
            }
        }
        throw new NoSuchFileException("the kernel has no huge pages");
    }
}
