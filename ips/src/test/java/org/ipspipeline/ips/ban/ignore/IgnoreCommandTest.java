package org.ipspipeline.ips.ban.ignore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.ipspipeline.ips.address.AddressPrefix;
import org.ipspipeline.ips.configuration.ConfigurationException;
import org.ipspipeline.ips.configuration.IgnoreRules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IgnoreCommandTest {

    private static final AddressPrefix FRIEND = Objects.requireNonNull(AddressPrefix.parse("192.0.2.1"));
    private static final AddressPrefix STRANGER = Objects.requireNonNull(AddressPrefix.parse("2001:db8::1"));

    @TempDir
    Path directory;

    private static IgnoreCommand command(String command, @Nullable String cache) {
        return Objects.requireNonNull(IgnoreCommand.of(new IgnoreRules(List.of(), false, command, cache)));
    }

    @Test
    void theCommandsEndSaysWhomToIgnore() throws IOException {
        IgnoreCommand command = command("test <ip> = 192.0.2.1 && test <family> = inet4", null);
        assertThat(command.ignores(FRIEND, 3)).isTrue();
        assertThat(command.ignores(STRANGER, 3)).isFalse();
    }

    @Test
    void anyOtherEndIsAFailureWithItsLastWords() {
        assertThatThrownBy(() -> command("echo out of order; exit 7", null).ignores(FRIEND, 3))
                .isInstanceOf(IOException.class)
                .hasMessage("ended with 7: out of order");
    }

    @Test
    void answersAreRememberedByTheirKey() throws IOException {
        Path asked = directory.resolve("asked");
        String line = "echo <ip> <failures> >> " + asked + "; test <ip> = 192.0.2.1";
        IgnoreCommand command = command(line, "key=\"<ip>\", max-count=1, max-time=1h");
        assertThat(command.ignores(FRIEND, 3)).isTrue();
        assertThat(command.ignores(FRIEND, 4)).isTrue();
        assertThat(command.ignores(STRANGER, 5)).isFalse();
        assertThat(command.ignores(STRANGER, 6)).isFalse();
        assertThat(command.ignores(FRIEND, 7)).isTrue();
        assertThat(Files.readAllLines(asked)).containsExactly("192.0.2.1 3", "2001:db8::1 5", "192.0.2.1 7");
    }

    @Test
    void anAnswerIsForgottenInTime() throws IOException {
        Path asked = directory.resolve("asked");
        IgnoreCommand command = command("echo . >> " + asked, "key=\"<ip>\", max-time=0");
        assertThat(command.ignores(FRIEND, 3)).isTrue();
        assertThat(command.ignores(FRIEND, 3)).isTrue();
        assertThat(Files.readAllLines(asked)).hasSize(2);
    }

    @Test
    void aCacheWithoutAKeyIsRefused() {
        assertThatThrownBy(() -> command("true", "max-count=100"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("write it as key=\"<ip>\", max-count=100, max-time=5m")
                .hasMessageContaining("not as 'max-count=100'");
        assertThatThrownBy(() -> command("true", "key=\"<ip>\", max-count=many"))
                .isInstanceOf(ConfigurationException.class);
    }
}
