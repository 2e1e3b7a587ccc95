package org.ipspipeline.ips.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.Fail2banPackage;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small filters, each with one of the constructs that filters are written with, judge lines as fail2ban itself does. */
@NullUnmarked
class FilterSyntaxTest {

    private final Map<String, List<String>> lines = new LinkedHashMap<>();

    @TempDir
    private Path directory;

    @Test
    void eachConstructMeansWhatItMeansToFail2ban() throws IOException {
        Fail2banPackage installed = Fail2banPackage.need();
        Files.createDirectories(directory.resolve("filter.d"));
        Files.copy(
                installed.configuration().resolve("filter.d/common.conf"), directory.resolve("filter.d/common.conf"));
        addresses();
        prefixes();
        flags();
        conditions();
        connections();
        severalLines();
        dates();
        interpolation();
        assertThat(Fail2banVerdicts.differences(installed, directory, lines)).isEmpty();
    }

    private void addresses() throws IOException {
        List<String> places = List.of(
                "2005-08-14 10:00:00 from 192.0.2.1",
                "2005-08-14 10:00:00 from 192.0.2.1.",
                "2005-08-14 10:00:00 from 192.0.2.300",
                "2005-08-14 10:00:00 from 1.2.3.4.5",
                "2005-08-14 10:00:00 from ::ffff:192.0.2.1",
                "2005-08-14 10:00:00 from ::ffffff:192.0.2.1",
                "2005-08-14 10:00:00 from 2001:db8::1",
                "2005-08-14 10:00:00 from [2001:db8::1]",
                "2005-08-14 10:00:00 from [2001:db8::1]:22",
                "2005-08-14 10:00:00 from ::1",
                "2005-08-14 10:00:00 from ::",
                "2005-08-14 10:00:00 from ::ffff:19",
                "2005-08-14 10:00:00 from 2001:DB8:0:0::00a1",
                "2005-08-14 10:00:00 from 1:2:3:4:5:6:7:8",
                "2005-08-14 10:00:00 from 1:2:3:4:5:6:7:8:9",
                "2005-08-14 10:00:00 from fe80::1%eth0",
                "2005-08-14 10:00:00 from host.example.com",
                "2005-08-14 10:00:00 from _dmarc.example^x",
                "2005-08-14 10:00:00 from -",
                "2005-08-14 10:00:00 from 192.0.2.0/24",
                "2005-08-14 10:00:00 from 2001:db8::/32 now");
        add("host", "failregex = from <HOST>", places);
        add("hostend", "failregex = ^\\s*from <HOST>$", places);
        add("addr", "failregex = from <ADDR>$", places);
        add("ip4", "failregex = from <IP4>\\b", places);
        add("ip6", "failregex = from <IP6>(?:\\s|$)", places);
        add("dns", "failregex = from <DNS>$", places);
        add("subnet", "failregex = from <SUBNET>(?: now)?$", places);
        add("cidr", "failregex = from <F-ID><IP4>/<CIDR></F-ID>$", places);
        add("id", "failregex = from <F-ID>\\S+</F-ID>$", places);
        add("idtag", "failregex = from <F-ID/>$", places);
        add("tuple", "failregex = ^\\s*<F-TUPLE_ID1>from</F-TUPLE_ID1> <F-TUPLE_ID2>\\S+</F-TUPLE_ID2>$", places);
        add("alternatives", "failregex = from (?:<IP4>|<IP6>|<DNS>)$", places);
    }

    private void prefixes() throws IOException {
        List<String> syslog = List.of(
                "Aug 14 10:00:00 srv mine[12]: bad 192.0.2.1",
                "Aug 14 10:00:00 srv mine: bad 192.0.2.1",
                "Aug 14 10:00:00 srv kernel: [ 12.5] mine[12]: bad 192.0.2.1",
                "Aug 14 10:00:00 srv other[12]: bad 192.0.2.1",
                "Aug 14 10:00:00 srv mine(pam)[12]: bad 192.0.2.1",
                "<13>Aug 14 10:00:00 srv mine[12]: bad 192.0.2.1",
                "2005-08-14T10:00:00.123456+02:00 srv mine[12]: bad 192.0.2.1",
                "1 2005-08-14T10:00:00.123456+02:00 srv mine 12 - - bad 192.0.2.1",
                "srv mine[12]: bad 192.0.2.1");
        String include = "[INCLUDES]\nbefore = common.conf\n[Definition]\n_daemon = mine(?:-session)?\n";
        add("prefixline", include, "failregex = ^%(__prefix_line)sbad <HOST>$", syslog);
        add(
                "prefregex",
                include,
                "prefregex = ^%(__prefix_line)s<F-CONTENT>.+</F-CONTENT>$\nfailregex = ^bad <HOST>$",
                syslog);
        for (String type : List.of("short", "journal", "rfc5424", "file")) {
            add(
                    "type" + type,
                    include,
                    "logtype = " + type + "\nfailregex = ^<lt_<logtype>/__prefix_line>bad <HOST>$",
                    syslog);
        }
        add(
                "prefixaddress",
                "prefregex = ^\\s*client <ADDR> <F-CONTENT>.+</F-CONTENT>$\nfailregex = ^fails as <F-USER>\\S+</F-USER>$",
                List.of("2005-08-14 10:00:00 client 192.0.2.1 fails as me", "client x fails as me"));
        add(
                "prefixwhole",
                "prefregex = ^\\s*client \nfailregex = ^\\s*client <ADDR>$",
                List.of("2005-08-14 10:00:00 client 192.0.2.1", "no client 192.0.2.1"));
    }

    private void flags() throws IOException {
        List<String> cases = List.of(
                "2005-08-14 10:00:00 BAD from 192.0.2.1",
                "bad FROM 192.0.2.1",
                "bad\u00a0from 192.0.2.1",
                "bäd from 192.0.2.1");
        add("ignorecase", "failregex = (?i)bad from <HOST>", cases);
        add("ignorecaselater", "failregex = (?:(?i)bad) from <HOST>", cases);
        add("ignorecasegroup", "failregex = (?i:bad) from <HOST>", cases);
        add("start", "failregex = \\A\\s*BAD from <HOST>\\Z", cases);
        add("word", "failregex = \\bb\\wd\\b\\W+from <HOST>", cases);
        add("space", "failregex = bad\\sfrom <HOST>", cases);
        add("repeatnothing", "failregex = {,1}bad from <HOST>", cases);
        add(
                "braces",
                "failregex = {x}?ba{,2}d+?[^[]from <HOST>",
                List.of("{bad from 192.0.2.1", "baad from 192.0.2.1"));
        add("verbose", "failregex = (?x) bad \\s from \\s <HOST> ", cases);
    }

    private void conditions() throws IOException {
        add(
                "conditional",
                "failregex = ^\\s*(?P<quoted>\")?<F-USER>\\w+</F-USER>(?(quoted)\"|;) from <HOST>$",
                List.of("\"me\" from 192.0.2.1", "me; from 192.0.2.1", "\"me; from 192.0.2.1", "me\" from 192.0.2.1"));
        add(
                "backreference",
                "failregex = ^\\s*<F-USER>\\w+</F-USER> is (?P=user) from <HOST>$",
                List.of("me is me from 192.0.2.1", "me is you from 192.0.2.1"));
        add(
                "lookaround",
                "failregex = ^\\s*(?!good)\\w+ (?<!x )from <HOST>(?! now)$",
                List.of("bad from 192.0.2.1", "good from 192.0.2.1", "x from 192.0.2.1"));
        add(
                "ignore",
                "failregex = from <HOST>$\nignoreregex = ^\\s*good\n   192\\.0\\.2\\.9$",
                List.of("bad from 192.0.2.1", "good from 192.0.2.1", "bad from 192.0.2.9"));
        add(
                "altuser",
                "failregex = ^\\s*user=<F-ALT_USER>\\S*</F-ALT_USER> ruser=<F-USER>\\S*</F-USER> from <HOST>$",
                List.of(
                        "user=a ruser= from 192.0.2.1",
                        "user=a ruser=b from 192.0.2.1",
                        "user= ruser= from 192.0.2.1"));
    }

    private void connections() throws IOException {
        add(
                "connection",
                """
                failregex = ^\\s*<F-MLFID>c\\d+</F-MLFID> <F-NOFAIL>open</F-NOFAIL> from <HOST>$
                  ^\\s*<F-MLFID>c\\d+</F-MLFID> bad <F-USER>\\w+</F-USER>$
                  ^\\s*<F-MLFID>c\\d+</F-MLFID> <F-MLFFORGET><F-MLFGAINED>good</F-MLFGAINED></F-MLFFORGET> <F-USER>\\w+</F-USER>$
                  ^\\s*<F-NOFAIL><F-MLFID>c\\d+</F-MLFID> <F-MLFFORGET>closed</F-MLFFORGET></F-NOFAIL>$
                """,
                List.of(
                        "c1 open from 192.0.2.1",
                        "c1 bad me",
                        "c2 bad you",
                        "c2 open from 192.0.2.2",
                        "c1 bad other",
                        "c1 good me",
                        "c1 bad me",
                        "c3 open from 192.0.2.3",
                        "c3 good me",
                        "c3 bad me",
                        "c2 closed",
                        "c2 bad me",
                        "c4 bad me",
                        "c4 closed"));
    }

    private void severalLines() throws IOException {
        add(
                "window",
                "maxlines = 4\nfailregex = ^begin <HOST>$<SKIPLINES>^end$\n ^\\s*alone <HOST>$",
                List.of(
                        "begin 192.0.2.1",
                        "between",
                        "end",
                        "end",
                        "alone 192.0.2.2",
                        "begin 192.0.2.3",
                        "1",
                        "2",
                        "3",
                        "end",
                        "begin 192.0.2.4",
                        "alone 192.0.2.5",
                        "end"));
    }

    private void dates() throws IOException {
        List<String> dated = List.of(
                "2005-08-14 09:59:59 from 192.0.2.1",
                "14/Aug/2005:09:59:58 +0000 from 192.0.2.1",
                "[14/Aug/2005:09:59:57 +0200] from 192.0.2.1",
                "Aug 14 09:59:56 from 192.0.2.1",
                "Sun Aug 14 09:59:55.123 2005 from 192.0.2.1",
                "1124013594 from 192.0.2.1",
                "1124013593.250 from 192.0.2.1",
                "[1124013592] from 192.0.2.1",
                "09:59:51 from 192.0.2.1",
                "20050814 095950 from 192.0.2.1",
                "2005-08-14T07:59:49Z from 192.0.2.1",
                "@4000000042ff01ad00000000 from 192.0.2.1",
                "message of 2005-08-14 09:59:48 from 192.0.2.1",
                "2005.08.14 09:59:47,5 from 192.0.2.1",
                "x2005-08-14 09:59:46 from 192.0.2.1",
                "from 192.0.2.1");
        add("datedefault", "failregex = from <HOST>$", dated);
        add("datebegin", "datepattern = {^LN-BEG}\nfailregex = from <HOST>$", dated);
        add("datenone", "datepattern = {NONE}\nfailregex = from <HOST>$", dated);
        add("dateepoch", "datepattern = EPOCH\nfailregex = from <HOST>$", dated);
        add("dateepochin", "datepattern = ^\\[{EPOCH}\\]\nfailregex = from <HOST>$", dated);
        add("datelepoch", "datepattern = {LEPOCH}\nfailregex = from <HOST>$", dated);
        add("dateany", "datepattern = ^[^\\[]*\\[({DATE})\n   {^LN-BEG}\nfailregex = from <HOST>$", dated);
        add("dateown", "datepattern = ^%%Y-%%m-%%d %%H:%%M:%%S\nfailregex = ^ from <HOST>$", dated);
        add("dateunbound", "datepattern = {UNB}%%ExY-%%Exm-%%Exd %%ExH:%%ExM:%%ExS\nfailregex = from <HOST>$", dated);
        add("datestars", "datepattern = **%%Y-%%m-%%d %%H:%%M:%%S**\nfailregex = from <HOST>$", dated);
        add("datetai", "datepattern = TAI64N\nfailregex = from <HOST>$", dated);
        add("datezone", "datepattern = %%d/%%b/%%Y:%%H:%%M:%%S %%z\nfailregex = from <HOST>$", dated);
        add(
                "dategroup",
                "datepattern = ^message of (%%Y-%%m-%%d %%H:%%M:%%S)\nfailregex = ^message of  from <HOST>$",
                dated);
    }

    private void interpolation() throws IOException {
        add(
                "modes",
                "mode = soft\nmdre-soft = ^\\s*bad <HOST>$\nmdre-hard = %(mdre-soft)s\n   ^\\s*odd <HOST>$\n"
                        + "failregex = <mdre-<mode>>",
                List.of("bad 192.0.2.1", "odd 192.0.2.2"));
        add(
                "modehard",
                "mode = hard\nmdre-soft = ^\\s*bad <HOST>$\nmdre-hard = %(mdre-soft)s\n   ^\\s*odd <HOST>$\n"
                        + "failregex = <mdre-<mode>>",
                List.of("bad 192.0.2.1", "odd 192.0.2.2"));
        add(
                "init",
                "failregex = ^\\s*<word> <HOST>$\n[Init]\nword = bad|odd",
                List.of("bad 192.0.2.1", "odd 192.0.2.2", "good 192.0.2.3"));
        add(
                "comments",
                "# a comment\nfailregex = ^\\s*bad <HOST>$\n# another\n   ^\\s*odd <HOST>$ \n\n   ^\\s*ill <HOST>$\n; more",
                List.of("bad 192.0.2.1", "odd 192.0.2.2", "ill 192.0.2.3"));
    }

    private void add(String name, String definition, List<String> judged) throws IOException {
        add(name, "[Definition]\n", definition, judged);
    }

    private void add(String name, String before, String definition, List<String> judged) throws IOException {
        Files.writeString(directory.resolve("filter.d/" + name + ".conf"), before + definition + "\n");
        lines.put(name, judged);
    }
}
