package org.ipspipeline.ips.command.ring;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.ipspipeline.ipc.Backing;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingAccess;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.StuckReader;
import org.ipspipeline.ips.command.DurationConverter;
import org.ipspipeline.ips.command.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ring create}: makes a ring that stays until it is removed. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes a ring that servers and readers then attach to. It stays until 'ring remove'.",
        footer = {"", "Sizes are bytes, or a number with K, M or G. On /dev/shm a ring is POSIX shared memory."})
final class RingCreateCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "Where the ring is to be, such as /dev/shm/app.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path path;

    @Option(
            names = "--segments",
            paramLabel = "N",
            defaultValue = "1",
            description = "Segments: as many as threads or processes that write (default: ${DEFAULT-VALUE}).")
    private int segments;

    @Option(
            names = "--lines",
            paramLabel = "N",
            split = ",",
            description = "Fixed slots: how many lines each segment holds, or the first, the second ... with commas;"
                    + " rounded up to a power of two (default: 100000).")
    private List<Long> lines = List.of();

    @Option(
            names = "--variable",
            paramLabel = "SIZE",
            split = ",",
            converter = Choices.OfSize.class,
            description =
                    "Records of variable length instead: the room of each segment, or of the first, the second ...")
    private List<Long> variable = List.of();

    @Option(
            names = "--line-size",
            paramLabel = "BYTES",
            defaultValue = "128",
            description = "The longest line; longer ones are refused and counted (default: ${DEFAULT-VALUE}).")
    private int lineSize;

    @Option(
            names = "--readers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Readers that may be attached at a time; each sees every line (default: ${DEFAULT-VALUE}).")
    private int readers;

    @Option(
            names = "--overwrite",
            description = "Writers never wait but overwrite the oldest lines; readers know how many they lost.")
    private boolean overwrite;

    @Option(
            names = "--stuck-reader",
            paramLabel = "POLICY",
            defaultValue = "block",
            converter = Choices.OfStuckReader.class,
            description = "What writers do about a reader that lives and does not read: block, evict or overwrite"
                    + " (default: ${DEFAULT-VALUE}).")
    private StuckReader stuckReader = StuckReader.BLOCK;

    @Option(
            names = "--stuck-timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "And after how long (default: ${DEFAULT-VALUE}).")
    private Duration stuckTimeout = Duration.ofSeconds(10);

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "0600",
            converter = Choices.OfMode.class,
            description = "0600: the owner alone; 0640: the group reads; 0660: the group writes (default:"
                    + " ${DEFAULT-VALUE}).")
    private RingAccess access = RingAccess.OWNER;

    @Option(
            names = "--backing",
            paramLabel = "KIND",
            defaultValue = "file",
            converter = Choices.OfBacking.class,
            description =
                    "file, huge-pages, system-v or system-v-huge-pages (default: ${DEFAULT-VALUE}). Where there are"
                            + " no huge pages, small ones are used.")
    private Backing backing = Backing.FILE;

    @Option(names = "--replace", description = "Replace a ring that is there, unless somebody is attached to it.")
    private boolean replace;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!lines.isEmpty() && !variable.isEmpty()) {
            throw new UsageException("--lines and --variable: give one of them, a ring has one kind of records");
        }
        return RingErrors.explain(() -> {
            try (Ring ring = Ring.create(path, options())) {
                PrintWriter out = spec.commandLine().getOut();
                out.println(RingTables.describe(ring.status()));
                if (isHuge(backing) && ring.pageSize() == SMALL_PAGE) {
                    out.println("huge pages were asked for and are not available: see /proc/sys/vm/nr_hugepages");
                }
                out.flush();
            }
            return 0;
        });
    }

    private static final int SMALL_PAGE = 4096;

    private static boolean isHuge(Backing kind) {
        return kind == Backing.HUGE_PAGES || kind == Backing.SYSTEM_V_HUGE_PAGES;
    }

    private RingOptions options() {
        RingOptions.Builder options = RingOptions.builder()
                .segments(segments)
                .lineSize(lineSize)
                .readers(readers)
                .overwrite(overwrite)
                .stuckReader(stuckReader, stuckTimeout)
                .access(access)
                .backing(backing)
                .keep(true)
                .existing(replace ? RingOptions.Existing.REPLACE : RingOptions.Existing.FAIL);
        if (!variable.isEmpty()) {
            options.variableLength(variable.stream().mapToLong(Long::longValue).toArray());
        } else if (!lines.isEmpty()) {
            options.lines(lines.stream().mapToLong(Long::longValue).toArray());
        }
        return options.build();
    }
}
