package org.ipspipeline.ips.command.ring;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingException;
import org.ipspipeline.ipc.RingStatus;
import org.ipspipeline.ipc.RingStatus.ReaderStatus;
import org.ipspipeline.ipc.RingStatus.SegmentStatus;
import org.ipspipeline.ipc.RingStatus.SlotState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ring repair}: takes back what dead processes hold. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description = {
            "Frees the reader slots and the segments of processes that are gone, and says which. Loses no line.",
            "Servers and readers do so by themselves when it matters to them; this is for who wants it done now."
        },
        footer = {"", "Ends with exit code 1 if a segment's indices are damaged: then the ring must be replaced."})
final class RingRepairCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "Where the ring is.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path path;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return RingErrors.explain(() -> {
            Ring ring = Ring.attach(path);
            try {
                List<String> done = new ArrayList<>();
                freeSlots(ring, done);
                boolean sound = freeSegments(ring, done);
                PrintWriter out = spec.commandLine().getOut();
                if (done.isEmpty()) {
                    out.println("nothing to repair");
                }
                done.forEach(out::println);
                out.flush();
                return sound ? 0 : 1;
            } finally {
                ring.detach();
            }
        });
    }

    private static void freeSlots(Ring ring, List<String> done) {
        RingStatus before = ring.status();
        ring.reap();
        RingStatus after = ring.status();
        for (ReaderStatus reader : before.readers()) {
            if (reader.state() == SlotState.DEAD
                    && after.readers().get(reader.id()).state() != SlotState.DEAD) {
                done.add("reader slot " + reader.id() + " is free: its process " + reader.pid() + " is gone");
            }
        }
    }

    /** Who claims a segment takes it over from a dead writer, and gives it back in order. */
    private static boolean freeSegments(Ring ring, List<String> done) {
        boolean sound = true;
        for (SegmentStatus segment : ring.status().segments()) {
            if (segment.writerAlive()) {
                continue;
            }
            boolean wasHeld = segment.writerPid() != 0;
            try {
                ring.claim(segment.index()).close();
                if (wasHeld) {
                    done.add("segment " + segment.index() + " is free: its writer, process " + segment.writerPid()
                            + ", is gone; every line it published is there");
                }
            } catch (RingException refused) {
                if (refused.code() == RingException.Code.DAMAGED) {
                    done.add(String.valueOf(refused.getMessage()));
                    sound = false;
                } else if (refused.code() != RingException.Code.SEGMENT_CLAIMED) {
                    throw refused;
                }
            }
        }
        return sound;
    }
}
