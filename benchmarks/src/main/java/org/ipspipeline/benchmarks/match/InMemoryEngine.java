package org.ipspipeline.benchmarks.match;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.match.BlockMatcher;
import org.ipspipeline.ips.match.PatternSet;
import org.jspecify.annotations.Nullable;

/** Matching alone: the file's lines lie in blocks in memory, and addresses are read but not counted. */
final class InMemoryEngine implements Engine {

    private static final int BLOCK_LINES = 1024;
    private static final int BLOCK_BYTES = 128 * 1024;

    private final BlockMatcher matcher;
    private @Nullable List<LineBlock> blocks;

    InMemoryEngine(List<String> patterns) {
        matcher = PatternSet.compile(patterns).newMatcher();
    }

    @Override
    public Found pass(Path file) throws IOException {
        List<LineBlock> all = blocks;
        if (all == null) {
            all = read(file);
            blocks = all;
        }
        long lines = 0;
        long matches = 0;
        for (LineBlock block : all) {
            block.clearFailures();
            matcher.match(block);
            lines += block.lines().count();
            matches += block.failures();
        }
        return new Found(lines, matches, 0);
    }

    private static List<LineBlock> read(Path file) throws IOException {
        List<LineBlock> blocks = new ArrayList<>();
        LineBlock block = new LineBlock(BLOCK_LINES, BLOCK_BYTES);
        for (String line : Files.readAllLines(file)) {
            byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
            if (!block.lines().append(bytes, 0, bytes.length, 0)) {
                blocks.add(block);
                block = new LineBlock(BLOCK_LINES, BLOCK_BYTES);
                block.lines().append(bytes, 0, bytes.length, 0);
            }
        }
        blocks.add(block);
        return blocks;
    }
}
