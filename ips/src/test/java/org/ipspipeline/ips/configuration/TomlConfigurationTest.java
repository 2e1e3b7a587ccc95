package org.ipspipeline.ips.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.filter.UseDns;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class TomlConfigurationTest {

    @TempDir
    private Path directory;

    @Test
    void jailsHaveTheirOwnValuesOrTheDefaults() throws IOException {
        List<Jail> jails = read("""
                [defaults]
                ban_time = "1h"
                ignore = ["192.0.2.0/24"]

                [jail.door]
                logs = ["/var/log/door.log", "/var/log/door.log.1"]
                patterns = ['bad knock from <HOST>$', 'kick from <HOST>$']
                ignore_patterns = 'knock from 10\\.'
                max_retry = 7
                find_time = 90
                ban_time_grows = true
                ban_time_max = "1w"

                [jail.window]
                journal = "_SYSTEMD_UNIT=window.service"
                patterns = "broken by <HOST>"
                ban_time = "1d 12h"
                resolve_host_names = true
                time_zone = "UTC+0200"

                [jail.roof]
                enabled = false
                logs = "/var/log/roof.log"
                patterns = "<HOST>"
                """);
        assertThat(jails).extracting(Jail::name).containsExactly("door", "window");
        Jail door = jails.get(0);
        assertThat(door.filter().failregexes()).containsExactly("bad knock from <HOST>$", "kick from <HOST>$");
        assertThat(door.filter().ignoreregexes()).containsExactly("knock from 10\\.");
        assertThat(door.filter().useDns()).isEqualTo(UseDns.NO);
        assertThat(door.logPaths())
                .extracting(LogPath::pattern)
                .containsExactly("/var/log/door.log", "/var/log/door.log.1");
        assertThat(door.maxRetry()).isEqualTo(7);
        assertThat(door.findTimeSeconds()).isEqualTo(90);
        assertThat(door.banTime().seconds()).isEqualTo(3600);
        assertThat(door.banTime().increment()).isTrue();
        assertThat(door.banTime().maxSeconds()).isEqualTo(7 * 24 * 3600);
        assertThat(door.ignore().addresses()).containsExactly("192.0.2.0/24");
        assertThat(door.place()).endsWith("jails.toml:5");
        Jail window = jails.get(1);
        assertThat(window.readsJournal()).isTrue();
        assertThat(window.filter().journalMatches()).containsExactly(List.of("_SYSTEMD_UNIT=window.service"));
        assertThat(window.filter().useDns()).isEqualTo(UseDns.YES);
        assertThat(window.banTime().seconds()).isEqualTo(36 * 3600);
        assertThat(window.maxRetry()).isEqualTo(3);
        assertThat(window.findTimeSeconds()).isEqualTo(600);
        assertThat(window.logTimeZone()).isEqualTo("UTC+0200");
    }

    @Test
    void aFilterOfFail2banTakesThePlaceOfPatterns() throws IOException {
        Files.createDirectories(directory.resolve("f2b/filter.d"));
        Files.writeString(
                directory.resolve("f2b/filter.d/door.conf"),
                "[Definition]\nwho = .*\nfailregex = ^\\s*<who> refused at <HOST>$\n");
        List<Jail> jails = read("""
                [jail.door]
                fail2ban_directory = "f2b"
                filter = "door[who=wolf]"
                logs = "/var/log/door.log"
                """);
        assertThat(jails.get(0).filter().failregexes()).containsExactly("^\\s*wolf refused at <HOST>$");
    }

    @Test
    void whatIsWrongIsNamedWithItsPlaceAndTheMend() {
        String jail = "[jail.door]\nlogs = 'a'\npatterns = 'b <HOST>'\n";
        refused(
                jail + "max_retires = 3\n",
                "jails.toml:4: 'max_retires' of [jail.door] is not known; did you mean 'max_retry'?");
        refused("[defalts]\n" + jail, "jails.toml:1: 'defalts' is not known here; did you mean 'defaults'?");
        refused(jail + "max_retry = 0\n", "jails.toml:4: 'max_retry' of [jail.door] takes a whole number from 1");
        refused(jail + "ban_time = 'soon'\n", "jails.toml:4: 'ban_time' of [jail.door] takes a time such as \"10m\"");
        refused(jail + "ignore = 4\n", "jails.toml:4: 'ignore' of [jail.door] takes a list of texts");
        refused(jail + "journal = 'x=y'\n", "jails.toml:4: 'journal' of [jail.door] names where its lines come from");
        refused(
                "[jail.door]\nlogs = 'a'\n",
                "jails.toml:1: [jail.door] names its failures by either patterns or a filter");
        refused("[defaults]\nlogs = 'a'\n" + jail, "jails.toml:2: 'logs' of [defaults] belongs to a jail");
        refused("[defaults]\n", "jails.toml: there is no jail; a jail is a table [jail.NAME]");
        refused(jail + "max_retry = = 3\n", "jails.toml:4: ");
        assertThatThrownBy(() -> JailConfiguration.open(directory.resolve("none.toml")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "none.toml: is no directory; name fail2ban's, such as /etc/fail2ban, or a TOML file");
    }

    private void refused(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatOperatorsSetStandsInTheFilesStead() throws IOException {
        JailConfiguration file = open("""
                [jail.door]
                logs = "/var/log/door.log"
                patterns = ["knock from <HOST>"]
                """);
        Jail door = file.jail(
                "door",
                Map.of(
                        "maxretry", "9",
                        "bantime", "1h",
                        "ignoreip", "192.0.2.1 198.51.100.0/24",
                        "failregex", "knock from <HOST>\nkick of 100% from <HOST>",
                        "ignoreself", "no",
                        "logpath", "/var/log/door.log\n/var/log/window.log"));
        assertThat(door.maxRetry()).isEqualTo(9);
        assertThat(door.banTime().seconds()).isEqualTo(3600);
        assertThat(door.ignore().addresses()).containsExactly("192.0.2.1", "198.51.100.0/24");
        assertThat(door.ignore().self()).isFalse();
        assertThat(door.filter().failregexes()).containsExactly("knock from <HOST>", "kick of 100% from <HOST>");
        assertThat(door.logPaths())
                .extracting(LogPath::pattern)
                .containsExactly("/var/log/door.log", "/var/log/window.log");
        assertThat(file.jail("door").maxRetry()).isEqualTo(3);
        assertThatThrownBy(() -> file.jail("door", Map.of("maxretry", "often")))
                .hasMessageContaining("'max_retry' of [jail.door] takes a whole number from 1");
        assertThatThrownBy(() -> file.jail("door", Map.of("ignorecache", "x")))
                .hasMessage("'ignorecache' has no counterpart in a TOML file");
        assertThatThrownBy(() -> file.jail("dor")).hasMessageContaining("there is no jail 'dor'; did you mean 'door'?");
    }

    private List<Jail> read(String text) throws IOException {
        JailConfiguration configuration = open(text);
        return configuration.enabledJailNames().stream()
                .map(configuration::jail)
                .toList();
    }

    private JailConfiguration open(String text) throws IOException {
        Path file = directory.resolve("jails.toml");
        Files.writeString(file, text);
        return JailConfiguration.open(file);
    }
}
