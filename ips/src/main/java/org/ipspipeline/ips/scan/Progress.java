package org.ipspipeline.ips.scan;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Shows on a terminal how far a long file has been read, a few times a second, and wipes that away at its end. */
public final class Progress implements LineFiles.Watcher {

    private static final int WIDTH = 30;
    private static final long INTERVAL_NANOS = 200_000_000;
    private static final long QUIET_NANOS = 1_000_000_000;

    private final PrintWriter terminal;
    private final String name;
    private final long size;
    private final long start = System.nanoTime();
    private long shown = start + QUIET_NANOS - INTERVAL_NANOS;
    private boolean visible;

    private Progress(PrintWriter terminal, String name, long size) {
        this.terminal = terminal;
        this.name = name;
        this.size = Math.max(size, 1);
    }

    /**
     * Watches a file if somebody looks.
     *
     * @param file what is read
     * @param terminal the standard error
     * @return a bar that shows itself after a second, or nothing if the standard error is no terminal
     * @throws IOException when the file's size cannot be read
     */
    public static LineFiles.Watcher of(Path file, PrintWriter terminal) throws IOException {
        return isTerminal() ? new Progress(terminal, file.toString(), Files.size(file)) : LineFiles.Watcher.NONE;
    }

    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            // No /proc here: better no bar than one in a file.
            return false;
        }
    }

    @Override
    public void at(long position) {
        long now = System.nanoTime();
        if (now - shown >= INTERVAL_NANOS) {
            shown = now;
            show(position, now);
        }
    }

    @Override
    public void close() {
        if (visible) {
            terminal.print("\r\u001b[K");
            terminal.flush();
        }
    }

    private void show(long position, long now) {
        visible = true;
        int done = (int) Math.min(WIDTH, position * WIDTH / size);
        terminal.print(String.format(
                Locale.ROOT,
                "\r%s [%s%s] %3d %%  %.0f MB/s\u001b[K",
                name,
                "=".repeat(done),
                " ".repeat(WIDTH - done),
                Math.min(100, position * 100 / size),
                position / 1e6 / ((now - start) / 1e9)));
        terminal.flush();
    }
}
