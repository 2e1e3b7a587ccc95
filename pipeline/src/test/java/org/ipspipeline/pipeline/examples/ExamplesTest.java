package org.ipspipeline.pipeline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {

    @Test
    void wordsAreCountedOverAllFiles(@TempDir Path directory) throws IOException, InterruptedException {
        Path long1 = directory.resolve("long");
        Path short1 = directory.resolve("short");
        Files.writeString(long1, "the ring and the worker\n".repeat(5_000));
        Files.writeString(short1, "the end\n");
        Map<String, LongAdder> counts = new WordCount().count(List.of(long1, short1));
        assertThat(counts).containsOnlyKeys("the", "ring", "and", "worker", "end");
        assertThat(counts.get("the")).hasToString("10001");
        assertThat(counts.get("ring")).hasToString("5000");
        assertThat(counts.get("end")).hasToString("1");
    }

    @Test
    void readingsReachBothSinksUnlessTheyMakeNoSense() throws InterruptedException {
        TwoSinks example = new TwoSinks();
        example.run(List.of(20.0, 95.5, -300.0, 21.0));
        assertThat(example.stored()).isEqualTo(3);
        assertThat(example.alarms()).containsExactly(95.5);
        assertThat(example.nonsense()).containsExactly(-300.0);
    }

    @Test
    void checksumsComeInTheFilesOrder(@TempDir Path directory)
            throws IOException, InterruptedException, NoSuchAlgorithmException {
        byte[] bytes = new byte[100 * 64 * 1024 + 17];
        new Random(1).nextBytes(bytes);
        Path file = directory.resolve("file");
        Files.write(file, bytes);
        List<String> expected = new ArrayList<>();
        for (int begin = 0; begin < bytes.length; begin += 64 * 1024) {
            byte[] block = Arrays.copyOfRange(bytes, begin, Math.min(bytes.length, begin + 64 * 1024));
            expected.add(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(block)));
        }
        assertThat(Checksums.of(file)).isEqualTo(expected);
    }
}
