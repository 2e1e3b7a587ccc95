package org.ipspipeline.benchmarks.match;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.ipspipeline.ips.line.LineBlock;
import org.ipspipeline.ips.match.AddressFields;
import org.ipspipeline.ips.match.AddressRecords;
import org.ipspipeline.ips.match.PatternSet;
import org.jspecify.annotations.Nullable;

/** Matching alone: the file's lines lie in blocks in memory, and addresses are read but not counted. */
final class InMemoryEngine implements Engine {

    private static final int BLOCK_LINES = 1024;
    private static final int BLOCK_BYTES = 128 * 1024;

    private final Consumer<LineBlock> matcher;
    private final UnaryOperator<byte[]> form;
    private @Nullable List<LineBlock> blocks;

    private InMemoryEngine(Consumer<LineBlock> matcher, UnaryOperator<byte[]> form) {
        this.matcher = matcher;
        this.form = form;
    }

    static InMemoryEngine ofPatterns(List<String> patterns) {
        return new InMemoryEngine(PatternSet.compile(patterns).newMatcher()::match, UnaryOperator.identity());
    }

    /** Every line is a failure of the address that is its field of that number. */
    static InMemoryEngine ofField(int field) {
        return new InMemoryEngine(new AddressFields(field)::match, UnaryOperator.identity());
    }

    /** Every line is the address, in binary, that the file has in that field. */
    static InMemoryEngine ofRecords(int field) {
        return new InMemoryEngine(new AddressRecords()::match, line -> record(line, field));
    }

    private static byte[] record(byte[] line, int field) {
        String address = new String(line, StandardCharsets.ISO_8859_1).split(" ", -1)[field - 1];
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException wrong) {
            throw new IllegalArgumentException("no address: " + address, wrong);
        }
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
            matcher.accept(block);
            lines += block.lines().count();
            matches += block.failures();
        }
        return new Found(lines, matches, 0);
    }

    private List<LineBlock> read(Path file) throws IOException {
        List<LineBlock> blocks = new ArrayList<>();
        LineBlock block = new LineBlock(BLOCK_LINES, BLOCK_BYTES);
        for (String line : Files.readAllLines(file)) {
            byte[] bytes = form.apply(line.getBytes(StandardCharsets.ISO_8859_1));
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
