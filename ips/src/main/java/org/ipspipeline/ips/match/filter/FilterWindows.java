package org.ipspipeline.ips.match.filter;

import java.util.Arrays;
import java.util.List;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.filter.FilterEvaluator;
import org.ipspipeline.ips.filter.Finding;
import org.ipspipeline.ips.filter.RegexChoice;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the filters that look at the last n lines together. Such a filter needs to see a line only if that stands less than n lines
 * from one with a literal: those before it, because they may be part of the match, and those behind it, because they may complete it.
 * Lines are numbered from the log's beginning; the last lines of a block are kept for the next.
 */
final class FilterWindows {

    private final @Nullable Window[] windows;
    private final int kept;
    private final byte[][] keptLines;
    private final long[] keptTimes;
    private @Nullable LineBuffer lines;
    private LineTimes times = line -> 0;
    private FilterListener listener = (line, filter, finding) -> {};
    /** The number of the first line of the block. */
    private long base;

    private byte[] bytes = new byte[1024];

    /** A filter, the number of the next line that it has not seen, and of the first one that it need not see. */
    private static final class Window {
        final int filter;
        final FilterEvaluator evaluator;
        final int length;
        long next;
        long end;

        Window(int filter, FilterEvaluator evaluator, int length) {
            this.filter = filter;
            this.evaluator = evaluator;
            this.length = length;
        }
    }

    FilterWindows(List<FilterEvaluator> evaluators) {
        windows = new Window[evaluators.size()];
        int longest = 1;
        for (int filter = 0; filter < windows.length; filter++) {
            FilterEvaluator evaluator = evaluators.get(filter);
            int length = evaluator.filter().definition().maxLines();
            if (length > 1) {
                windows[filter] = new Window(filter, evaluator, length);
                longest = Math.max(longest, length);
            }
        }
        kept = longest - 1;
        keptLines = new byte[kept][];
        keptTimes = new long[kept];
    }

    boolean isWindowed(int filter) {
        return windows[filter] != null;
    }

    void begin(LineBuffer block, LineTimes known, FilterListener failures) {
        lines = block;
        times = known;
        listener = failures;
    }

    /** Shows filters that wait for what comes next the lines before one of the block. */
    void catchUp(int line) {
        if (kept == 0) {
            return;
        }
        for (Window window : windows) {
            if (window != null) {
                feed(window, Math.min(window.end, base + line));
            }
        }
    }

    /** Shows a filter a line with a literal, and those before it. */
    void see(int filter, int line) {
        Window window = windows[filter];
        if (window != null) {
            long number = base + line;
            window.next = Math.max(window.next, Math.max(0, number - window.length + 1));
            window.end = Math.max(window.end, number + window.length);
            feed(window, number + 1);
        }
    }

    void end() {
        LineBuffer block = lines;
        if (block == null) {
            return;
        }
        int count = block.count();
        catchUp(count);
        for (int line = Math.max(0, count - kept); line < count; line++) {
            int slot = (int) ((base + line) % kept);
            byte[] copy = new byte[block.length(line)];
            block.bytes().get(block.start(line), copy);
            keptLines[slot] = copy;
            keptTimes[slot] = times.micros(line);
        }
        base += count;
        lines = null;
    }

    private void feed(Window window, long end) {
        for (; window.next < end; window.next++) {
            long number = window.next;
            Finding finding = number < base ? findKept(window, number) : find(window, (int) (number - base));
            if (finding != null) {
                // What the match left of the window stays in it for longer.
                window.end = Math.max(window.end, number + 1 + window.length);
                listener.failure((int) Math.max(0, number - base), window.filter, finding);
            }
        }
    }

    private @Nullable Finding findKept(Window window, long number) {
        int slot = (int) (number % kept);
        byte[] line = keptLines[slot];
        return line == null ? null : window.evaluator.find(line, 0, line.length, RegexChoice.ALL, keptTimes[slot]);
    }

    private @Nullable Finding find(Window window, int line) {
        LineBuffer block = lines;
        if (block == null) {
            return null;
        }
        int length = block.length(line);
        if (bytes.length < length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        block.bytes().get(block.start(line), bytes, 0, length);
        return window.evaluator.find(bytes, 0, length, RegexChoice.ALL, times.micros(line));
    }
}
