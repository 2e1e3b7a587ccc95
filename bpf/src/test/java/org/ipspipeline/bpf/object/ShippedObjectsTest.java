package org.ipspipeline.bpf.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Properties;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The objects in the jar are what clang makes of the sources in the repository. */
final class ShippedObjectsTest {

    private static final Path SOURCES = Path.of("src/main/c");
    private static final Path RESOURCES = Path.of("src/main/resources/org/ipspipeline/bpf");

    @ParameterizedTest
    @ValueSource(strings = {"xdp_filter", "frame_sender"})
    void areMadeOfTheSourcesAsTheyAre(String name) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(Files.readAllBytes(SOURCES.resolve("bpf.h")));
        digest.update(Files.readAllBytes(SOURCES.resolve(name + ".c")));
        assertThat(properties(name).getProperty("sources.sha256"))
                .as("the sources have changed: run bpf/src/main/c/build and commit what it writes")
                .isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xdp_filter", "frame_sender"})
    void haveTheInstructionsOfARebuild(String name, @TempDir Path directory) throws Exception {
        Machine.needsPrograms("clang");
        Process build = new ProcessBuilder(
                        SOURCES.resolve("build").toAbsolutePath().toString(), directory.toString())
                .redirectErrorStream(true)
                .start();
        String messages = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(build.waitFor()).as(messages).isZero();

        Properties rebuilt = new Properties();
        try (InputStream stream = Files.newInputStream(directory.resolve(name + ".properties"))) {
            rebuilt.load(stream);
        }
        String compiler = properties(name).getProperty("compiler");
        Machine.needs(compiler.equals(rebuilt.getProperty("compiler")), "the compiler of the objects, " + compiler);

        ObjectFile ours = ObjectFile.ofResource(name + ".o");
        ObjectFile theirs = ObjectFile.parse(Files.readAllBytes(directory.resolve(name + ".o")));
        assertThat(ours.instructions()).isEqualTo(theirs.instructions());
        assertThat(ours.maps()).isEqualTo(theirs.maps());
        assertThat(ours.name()).isEqualTo(theirs.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xdp_filter", "frame_sender"})
    void areRefusedWhenDamaged(String name) throws IOException {
        byte[] content = Files.readAllBytes(RESOURCES.resolve(name + ".o"));
        for (int length : new int[] {0, 3, 63, 64, content.length / 2}) {
            assertThatThrownBy(() -> ObjectFile.parse(Arrays.copyOf(content, length)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        content[18]++;
        assertThatThrownBy(() -> ObjectFile.parse(content)).hasMessageContaining("BPF object file");
    }

    private static Properties properties(String name) throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = Files.newInputStream(RESOURCES.resolve(name + ".properties"))) {
            properties.load(stream);
        }
        return properties;
    }
}
