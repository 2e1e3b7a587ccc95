package org.ipspipeline.pipeline.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.ipspipeline.pipeline.Pipeline;
import org.ipspipeline.pipeline.RunningPipeline;
import org.ipspipeline.pipeline.stage.Source;
import org.ipspipeline.pipeline.stage.Stage;

/** The checksum of each block of a file: computed by several threads, listed in the file's order. */
public final class Checksums {

    private static final int BLOCK = 64 * 1024;

    /** What goes through the pipeline: the bytes stay in place, each stage adds its part. */
    private static final class Block {
        private final byte[] bytes = new byte[BLOCK];
        private int length;
        private String checksum = "";
    }

    private Checksums() {}

    /**
     * Computes.
     *
     * @param file to read to its end
     * @return the SHA-256 of each 64 KiB, in hexadecimal
     */
    public static List<String> of(Path file) throws IOException, InterruptedException {
        List<String> checksums = new ArrayList<>();
        Pipeline<Block> pipeline = Pipeline.<Block>named("checksums")
                .events(Block::new)
                .ringSize(32)
                .batchLimit(1)
                .source(new BlockSource(Files.newInputStream(file)))
                .stage("hash", worker -> new Hash())
                .pooled(2)
                .stage("list", worker -> block -> checksums.add(block.checksum))
                .ordered()
                .build();
        try (RunningPipeline running = pipeline.start()) {
            running.await(Duration.ofMinutes(1));
        }
        return checksums;
    }

    /** Each worker has a digest of its own, for it is not safe to share. */
    private static final class Hash implements Stage<Block> {

        private final MessageDigest digest;

        Hash() throws NoSuchAlgorithmException {
            digest = MessageDigest.getInstance("SHA-256");
        }

        @Override
        public void handle(Block block) {
            digest.update(block.bytes, 0, block.length);
            block.checksum = HexFormat.of().formatHex(digest.digest());
        }
    }

    /** A stream's blocks. */
    private static final class BlockSource implements Source<Block> {

        private final InputStream stream;
        private boolean ended;

        BlockSource(InputStream stream) {
            this.stream = stream;
        }

        @Override
        public boolean poll(Block block) throws IOException {
            block.length = stream.readNBytes(block.bytes, 0, BLOCK);
            ended = block.length < BLOCK;
            return block.length > 0;
        }

        @Override
        public boolean isExhausted() {
            return ended;
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
