package org.ipspipeline.ips.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.ipspipeline.ips.filter.FilterDefinition;
import org.ipspipeline.ips.filter.UseDns;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class Fail2banConfigurationTest {

    @TempDir
    private Path directory;

    private ConfigurationFiles files;

    @BeforeEach
    void prepare() {
        files = new ConfigurationFiles(directory);
    }

    @Test
    void laterFilesWinInTheOrderOfFail2ban() {
        files.write(
                        "jail.conf",
                        "[DEFAULT]\nmaxretry = 1\nfindtime = 1\nbantime = 1\nenabled = true\n[a]\nfilter = f\n")
                .write("jail.d/z.conf", "[a]\nmaxretry = 2\nfindtime = 2\nbantime = 2\n")
                .write("jail.local", "[a]\nfindtime = 3\nbantime = 3\n")
                .write("jail.d/a.local", "[a]\nbantime = 4\n")
                .write("filter.d/f.conf", "[Definition]\nfailregex = ^<HOST>$\n");
        Jail jail = files.open().jail("a");
        assertThat(jail.maxRetry()).isEqualTo(2);
        assertThat(jail.findTimeSeconds()).isEqualTo(3);
        assertThat(jail.banTime().seconds()).isEqualTo(4);
    }

    @Test
    void includesAndLocalsAreLaidAroundTheirFile() {
        files.write(
                        "filter.d/f.conf",
                        "[INCLUDES]\nbefore = first.conf\nafter = last.conf\n[Definition]\nfailregex = <a> <b> <c>\n")
                .write("filter.d/first.conf", "[DEFAULT]\na = first\nb = first\nc = first\n")
                .write("filter.d/last.conf", "[DEFAULT]\nb = last\nc = last\n")
                .write("filter.d/last.local", "[DEFAULT]\nc = local\n");
        assertThat(files.open().filter("f").failregexes()).containsExactly("first last local");
    }

    @Test
    void whatALocalFileOverridesIsKnown() {
        files.write("filter.d/f.conf", "[Definition]\nfailregex = ^one <HOST>$\n")
                .write("filter.d/f.local", "[Definition]\nfailregex = %(known/failregex)s\n   ^two <HOST>$\n");
        assertThat(files.open().filter("f").failregexes()).containsExactly("^one <HOST>$", "^two <HOST>$");
    }

    @Test
    void aJailExtendsItsFilter() {
        files.write("jail.conf", "[a]\nfilter = f\nfailregex = %(known/failregex)s\n  ^two <HOST>$\n")
                .write("filter.d/f.conf", "[Definition]\nfailregex = ^one <HOST>$\n");
        assertThat(files.open().jail("a").filter().failregexes()).containsExactly("^one <HOST>$", "^two <HOST>$");
    }

    @Test
    void parametersReachNestedTags() {
        files.write("filter.d/f.conf", """
                        [Definition]
                        mode = normal
                        re-normal = ^calm <HOST>$
                        re-wild = ^wild <HOST> <what>$
                        failregex = <re-<mode>>
                        [Init]
                        what = default
                        """);
        Fail2banConfiguration configuration = files.open();
        assertThat(configuration.filter("f").failregexes()).containsExactly("^calm <HOST>$");
        assertThat(configuration.filter("f[mode=wild]").failregexes()).containsExactly("^wild <HOST> default$");
        assertThat(configuration.filter("f[mode=wild, what=\"a, ]b\"]").failregexes())
                .containsExactly("^wild <HOST> a, ]b$");
    }

    @Test
    void theLogTypeFollowsTheBackend() {
        files.write("jail.conf", "[a]\nfilter = f\nbackend = systemd[journalflags=1]\n[b]\nfilter = f\n")
                .write("filter.d/f.conf", "[Definition]\nfailregex = <<logtype>/x>\n[journal]\nx = j\n[file]\nx = f\n");
        assertThat(files.open().jail("a").filter().failregexes()).containsExactly("j");
        assertThat(files.open().jail("b").filter().failregexes()).containsExactly("f");
    }

    @Test
    void allOptionsOfAFilterAreRead() {
        files.write("filter.d/f.conf", """
                        [Definition]
                        prefregex = ^p<F-CONTENT>.+</F-CONTENT>$
                        failregex = ^a
                                    ^b
                        ignoreregex =
                        maxlines = 3
                        datepattern = {^LN-BEG}
                           EPOCH
                        usedns = no
                        journalmatch = _SYSTEMD_UNIT=s.service + _COMM="a b"
                        """);
        FilterDefinition filter = files.open().filter("f");
        assertThat(filter.prefregex()).isEqualTo("^p<F-CONTENT>.+</F-CONTENT>$");
        assertThat(filter.failregexes()).containsExactly("^a", "^b");
        assertThat(filter.ignoreregexes()).isEmpty();
        assertThat(filter.maxLines()).isEqualTo(3);
        assertThat(filter.datePatterns()).containsExactly("{^LN-BEG}", "EPOCH");
        assertThat(filter.useDns()).isEqualTo(UseDns.NO);
        assertThat(filter.journalMatches()).hasSize(1);
        assertThat(filter.journalMatches().get(0)).containsExactly("_SYSTEMD_UNIT=s.service", "+", "_COMM=a b");
    }

    @Test
    void allOptionsOfAJailAreRead() {
        files.write("jail.conf", """
                                [DEFAULT]
                                ignoreip = 127.0.0.1/8 ::1, example.org
                                ignoreself = false
                                backend = polling
                                banaction = nft
                                action_ = %(banaction)s[name=%(__name__)s, port="%(port)s"]
                                action = %(action_)s
                                [a]
                                enabled = yes
                                filter =
                                failregex = ^<HOST>$
                                port = 22,2222
                                maxretry = 7
                                findtime = 1d 12h
                                bantime = -1
                                bantime.increment = true
                                bantime.factor = 2
                                bantime.multipliers = 1 2 4
                                bantime.maxtime = 5w
                                bantime.rndtime = 30
                                bantime.overalljails = on
                                ignorecommand = /bin/x <ip>
                                logpath = /var/log/a*.log
                                  /var/log/b.log tail
                                logencoding = latin-1
                                logtimezone = UTC+0200
                                """)
                .write(
                        "action.d/nft.conf",
                        "[Definition]\nactionban = add <name> <port> <ip> <kind>\n[Init]\nkind = set\n");
        Fail2banConfiguration configuration = files.open();
        assertThat(configuration.enabledJailNames()).containsExactly("a");
        Jail jail = configuration.jail("a");
        assertThat(jail.filter().failregexes()).containsExactly("^<HOST>$");
        assertThat(jail.maxRetry()).isEqualTo(7);
        assertThat(jail.findTimeSeconds()).isEqualTo(129_600);
        BanTime ban = jail.banTime();
        assertThat(ban.seconds()).isEqualTo(-1);
        assertThat(ban.increment()).isTrue();
        assertThat(ban.factor()).isEqualTo(2);
        assertThat(ban.multipliers()).containsExactly(1.0, 2.0, 4.0);
        assertThat(ban.maxSeconds()).isEqualTo(3_024_000);
        assertThat(ban.randomSeconds()).isEqualTo(30);
        assertThat(ban.overAllJails()).isTrue();
        assertThat(jail.ignore().addresses()).containsExactly("127.0.0.1/8", "::1", "example.org");
        assertThat(jail.ignore().self()).isFalse();
        assertThat(jail.ignore().command()).isEqualTo("/bin/x <ip>");
        assertThat(jail.logPaths())
                .containsExactly(new LogPath("/var/log/a*.log", false), new LogPath("/var/log/b.log", true));
        assertThat(jail.logEncoding()).isEqualTo("latin-1");
        assertThat(jail.logTimeZone()).isEqualTo("UTC+0200");
        assertThat(jail.backend()).isEqualTo("polling");
        assertThat(jail.readsJournal()).isFalse();
        assertThat(jail.actions()).hasSize(1);
        Action action = jail.actions().get(0);
        assertThat(action.name()).isEqualTo("nft");
        assertThat(action.parameters()).containsEntry("port", "22,2222").containsEntry("name", "a");
        assertThat(action.options()).containsEntry("actionban", "add a 22,2222 <ip> set");
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() {
        files.write("jail.conf", """
                                [a]
                                filter = f
                                maxretry = many
                                [b]
                                filter = g
                                [c]
                                filter = f
                                logpath = %(nowhere)s
                                [d]
                                filter = f
                                findtime = 3 fortnights
                                [e]
                                filter = f[mode
                                [loop]
                                filter = circle
                                """)
                .write("filter.d/f.conf", "[Definition]\nfailregex = ^<HOST>$\n")
                .write("filter.d/circle.conf", "[Definition]\na = <b>\nb = <a>\nfailregex = <a>\n")
                .write("filter.d/broken.conf", "[Definition]\nfailregex ^<HOST>$\n")
                .write("filter.d/twice.conf", "[Definition]\nfailregex = a\nfailregex = b\n");
        Fail2banConfiguration configuration = files.open();
        assertProblem(() -> configuration.jail("a"), "jail.conf:3: 'maxretry' of jail 'a': 'many' is no whole number");
        assertProblem(() -> configuration.jail("b"), "filter.d/g.conf: there is no filter 'g'");
        assertProblem(() -> configuration.jail("c"), "jail.conf:8: 'logpath' of [c]: %(nowhere)s is defined nowhere");
        assertProblem(() -> configuration.jail("d"), "jail.conf:11: 'findtime' of jail 'd': '3 fortnights' is no span");
        assertProblem(() -> configuration.jail("e"), "jail.conf:13: 'filter' of jail 'e'");
        assertProblem(() -> configuration.jail("loop"), "refers to itself");
        assertProblem(() -> configuration.jail("lop"), "did you mean 'loop'?");
        assertProblem(() -> configuration.filter("broken"), "broken.conf:2: 'failregex ^<HOST>$' is neither");
        assertProblem(() -> configuration.filter("twice"), "twice.conf:3: 'failregex' is given twice, first in line 2");
    }

    private static void assertProblem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String part) {
        assertThatThrownBy(call).isInstanceOf(ConfigurationException.class).hasMessageContaining(part);
    }
}
