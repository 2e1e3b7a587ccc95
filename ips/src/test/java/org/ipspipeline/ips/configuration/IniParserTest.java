package org.ipspipeline.ips.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class IniParserTest {

    @TempDir
    private Path directory;

    @Test
    void readsOptionsWithTheirPlaces() throws IOException {
        Map<String, IniValue> options = options("[s]\nOne = 1\n\ntwo: 2 = 2\n");
        assertThat(options.keySet()).containsExactly("one", "two");
        assertThat(options.get("one")).isEqualTo(new IniValue("1", directory.resolve("f"), 2));
        assertThat(options.get("two")).isEqualTo(new IniValue("2 = 2", directory.resolve("f"), 4));
    }

    @Test
    void continuesAValueOnDeeperLines() throws IOException {
        assertThat(text("[s]\na = 1\n    2\n\n  # no part of it\n    3\n\nb = 4\n"))
                .isEqualTo("1\n2\n\n3");
        assertThat(text("[s]\n  a =\n    1\n  b = 2\n")).isEqualTo("\n1");
    }

    @Test
    void leavesCommentsOut() throws IOException {
        assertThat(text("[s]\n# x\n; y\na = 1 ; z\n")).isEqualTo("1");
        assertThat(text("[s]\na = 1;2 # 3\n")).isEqualTo("1;2 # 3");
    }

    @Test
    void refusesWhatIsNoIniFile() {
        assertThatThrownBy(() -> options("a = 1\n"))
                .hasMessage(directory + "/f:1: 'a = 1' stands before the first [section]");
        assertThatThrownBy(() -> options("[s]\nwhat\n")).hasMessageContaining("/f:2: 'what' is neither");
        assertThatThrownBy(() -> options("[s]\n[t]\n[s]\n")).hasMessageContaining("/f:3: [s] stands twice");
        assertThatThrownBy(() -> {
                    Files.write(directory.resolve("g"), "[s]\na = \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
                    IniParser.parse(directory.resolve("g"));
                })
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("/g: is not UTF-8");
    }

    private String text(String file) throws IOException {
        return options(file).get("a").text();
    }

    private Map<String, IniValue> options(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("f"), text);
        return IniParser.parse(file).sections().get("s");
    }
}
