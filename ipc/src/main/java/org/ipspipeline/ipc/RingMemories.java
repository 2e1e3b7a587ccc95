package org.ipspipeline.ipc;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.Path;
import org.ipspipeline.ipc.layout.Geometry;
import org.ipspipeline.ipc.memory.FileMemory;
import org.ipspipeline.ipc.memory.HugePages;
import org.ipspipeline.ipc.memory.RingLink;
import org.ipspipeline.ipc.memory.RingMemory;
import org.ipspipeline.ipc.memory.SystemVMemory;

/** Makes and finds the memory of rings. */
final class RingMemories {

    private static final Logger LOGGER = System.getLogger(Ring.class.getName());

    private RingMemories() {}

    /** New memory and the geometry that fits its pages. */
    record Created(RingMemory memory, Geometry geometry) {}

    /** A way to make memory. */
    @FunctionalInterface
    private interface Maker {
        Created make() throws IOException;
    }

    /** Creates memory as the options say, or the next best where there are no huge pages. */
    static Created create(RingFiles files, RingOptions options) throws IOException {
        return switch (options.backing()) {
            case FILE -> file(files, options);
            case HUGE_PAGES -> elseSmall(files, () -> hugeFile(files, options), () -> file(files, options));
            case SYSTEM_V -> systemV(files, options, FileMemory.SMALL_PAGE);
            case SYSTEM_V_HUGE_PAGES ->
                elseSmall(
                        files,
                        () -> systemV(files, options, HugePages.size()),
                        () -> systemV(files, options, FileMemory.SMALL_PAGE));
        };
    }

    /** Finds the memory of the ring at a path. */
    static RingMemory open(RingFiles files) throws IOException {
        if (!RingLink.isLink(files.data())) {
            return new FileMemory(files.data(), files.cursors());
        }
        final RingLink link = RingLink.read(files.data());
        return switch (link.backing()) {
            case FileMemory.KIND_HUGETLBFS -> new FileMemory(Path.of(link.data()), files.cursors(), files.data());
            case SystemVMemory.KIND_SYSTEM_V -> SystemVMemory.open(files.data(), link);
            default -> throw new IOException(files.data() + " tells of memory of unknown kind " + link.backing());
        };
    }

    private static Created elseSmall(RingFiles files, Maker huge, Maker small) throws IOException {
        try {
            return huge.make();
        } catch (IOException notAvailable) {
            LOGGER.log(
                    Logger.Level.WARNING,
                    "{0}: huge pages are not available, small ones are used ({1})",
                    files.data(),
                    notAvailable.getMessage());
            return small.make();
        }
    }

    private static Created file(RingFiles files, RingOptions options) throws IOException {
        final FileMemory memory = new FileMemory(files.data(), files.cursors());
        return create(memory, options);
    }

    private static Created hugeFile(RingFiles files, RingOptions options) throws IOException {
        final String name = files.data().getFileName() + "." + Long.toHexString(RingFactory.randomId());
        final Path data = HugePages.directory().resolve(name);
        final FileMemory memory = new FileMemory(data, files.cursors(), files.data());
        RingLink.createEmpty(files.data(), options.access().data());
        boolean complete = false;
        try {
            final Created created = create(memory, options);
            new RingLink(FileMemory.KIND_HUGETLBFS, memory.pageSize(), 0, 0, data.toString()).write(files.data());
            complete = true;
            return created;
        } finally {
            if (!complete) {
                memory.remove();
            }
        }
    }

    private static Created create(FileMemory memory, RingOptions options) throws IOException {
        final Geometry geometry = options.geometry(memory.pageSize());
        memory.create(
                geometry.dataSize(),
                geometry.cursorsSize(),
                options.access().data(),
                options.access().cursors());
        return new Created(memory, geometry);
    }

    private static Created systemV(RingFiles files, RingOptions options, int pageSize) throws IOException {
        final Geometry geometry = options.geometry(pageSize);
        final RingMemory memory = SystemVMemory.create(
                files.data(),
                geometry.dataSize(),
                geometry.cursorsSize(),
                pageSize,
                options.access().data(),
                options.access().cursors());
        return new Created(memory, geometry);
    }
}
