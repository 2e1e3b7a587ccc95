package org.ipspipeline.ips.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.Fail2banPackage;
import org.ipspipeline.ips.filter.date.DateContext;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fail2ban's documentation allows and the package's own filters do not use, but others or later ones may. */
@NullUnmarked
class LaterFilterSyntaxTest {

    private static final String DATE = "2005-08-14 10:00:00 ";

    private final Map<String, List<String>> lines = new LinkedHashMap<>();

    @TempDir
    private Path directory;

    @Test
    void regularExpressions() throws IOException {
        List<String> places = dated(
                "bad user me from 192.0.2.1 port 22",
                "BAD user me from 192.0.2.1 port 22",
                "bad user 'me' from 192.0.2.1",
                "bad user \"me you\" from 2001:db8::1 port 22",
                "bad user me from [192.0.2.1]:22",
                "bad user me from host.example.com",
                "bad user me from me from 192.0.2.1",
                "bad   user\tme from 192.0.2.1",
                "worse user me from 192.0.2.1",
                "bad user r\u00f6\u00f6t from 192.0.2.1",
                "bad user \u0660\u0661 from 192.0.2.1",
                "bad user  from 192.0.2.1",
                "bad user me from 192.0.2.1: bad user me from 192.0.2.2",
                "client=192.0.2.1, bad",
                "client=unknown[192.0.2.1], bad",
                "client=host.example.com[2001:db8::1]:25, bad",
                "{\"user\":\"me\",\"ip\":\"192.0.2.1\",\"ok\":false}",
                "{\"user\":\"m\\\"e\",\"ip\":\"2001:db8::1\",\"ok\":false}");
        String[] expressions = {
            "bad user (?P<q>['\"])?<F-USER>(?(q)(?:(?!(?P=q)).)*|\\S*)</F-USER>(?(q)(?P=q)) from <ADDR>",
            "bad user (['\"])?<F-USER>(?(1)[^'\"]*|\\S*)</F-USER>(?(1)\\1) from <ADDR>",
            "bad user (?:'<F-USER>[^']*</F-USER>'|\"<F-ALT_USER>[^\"]*</F-ALT_USER>\"|<F-ALT_USER_2>\\S+</F-ALT_USER_2>) from <HOST>",
            "(?i:bad) user <F-USER>.*?</F-USER> from <HOST>(?: port \\d+)?$",
            "(?i)bad user <F-USER>.*</F-USER> from <HOST>(?: port \\d+)?$",
            "(?i:B(?-i:a)D) user",
            "(?i:B(?-i:a)d) user \\S+ from <ADDR>",
            "(?s:bad.user).*from <ADDR>",
            "(?m:^\\s*bad) user .* from <ADDR>(?m:$)",
            "(?x: bad \\s user \\ <F-USER> \\S+ </F-USER> \\s from ) <ADDR>",
            "bad user (?>m|me) from <ADDR>",
            "bad user (?>me|m) from <ADDR>",
            "bad user \\S++ from <ADDR>",
            "bad user \\S*+me from <ADDR>",
            "bad user .?+me from <ADDR>",
            "bad user \\w{2,2}+ from <ADDR>",
            "bad user (?a:\\w+) from <ADDR>",
            "bad user (?u:\\w+) from <ADDR>",
            "bad user (?a:\\d+) from <ADDR>",
            "bad user \\d+ from <ADDR>",
            "bad\\s+user\\s+\\S+ from <ADDR>",
            "(?<=bad user )<F-USER>\\S+</F-USER> from <ADDR>",
            "(?<!bad )user \\S+ from <ADDR>",
            "(?<=d)\\s(?=u)user \\S+ from <ADDR>",
            "(?:bad|worse)(?<!worse) user \\S+ from <ADDR>",
            "^(?![^\\n]*: bad)\\s*bad user .* from <ADDR>",
            "^\\s*(?:(?P<first>bad)|worse) user \\S+ from <ADDR>(?(first)| none)",
            "[b][a][d][ ]user[^\\S\\t\\n]me from <ADDR>",
            "[^]a] user \\S+ from <ADDR>",
            "[]d] user \\S+ from <ADDR>",
            "[[d] user \\S+ from <ADDR>",
            "[a&&d] user \\S+ from <ADDR>",
            "\\x62\\u0061\\x64 user \\S+ from <ADDR>",
            "\\U00000062ad user \\S+ from <ADDR>",
            "\\142ad user \\S+ from <ADDR>",
            "bad\\040user \\S+ from <ADDR>",
            "bad user \\N{LATIN SMALL LETTER M}e from <ADDR>",
            "b(?#the first)ad user \\S+ from <ADDR>",
            "bad user \\S+ from <ADDR>(?: port <F-PORT>\\d+</F-PORT>)?$",
            "bad user \\S+ from <ADDR>(?:: bad user \\S+ from <F-ALT_IP>\\S+</F-ALT_IP>)?$",
            "bad user <F-TUPLE_ID1>\\S+</F-TUPLE_ID1> from <F-ID>\\S+</F-ID>",
            "bad user <F-TUPLE_USER1>\\S</F-TUPLE_USER1><F-TUPLE_USER2>\\S*</F-TUPLE_USER2> from <ADDR>",
            "^\\s*client=(?:\\S+\\[)?<ADDR>\\]?(?::\\d+)?, bad$",
            "^\\s*client=[^\\s\\[]*(?:\\[<IP4>\\]|\\[<IP6>\\])",
            "^\\s*client=<DNS>\\[<ADDR>\\]",
            "^\\s*client=(?:<F-RHOST>[\\w.-]+</F-RHOST>)?\\[?<ADDR>",
            "^\\s*\\{\"user\":\"<F-USER>(?:[^\"\\\\]|\\\\.)*</F-USER>\",\"ip\":\"<ADDR>\"",
            "^\\s*{\"user\":\"<F-USER>[^\"]*</F-USER>\",\"ip\":\"<ADDR>\",\"ok\":false}\\s*$",
            "^\\s*\\{(?:\"[^\"]+\":(?:\"(?:[^\"\\\\]+|\\\\.)*\"|[^\",]*),)*?\"ip\":\"<HOST>\"",
            "^(?=.*\"ok\":false)(?=.*\"ip\":\"<ADDR>\")",
            "(?:(?:bad) user){1} \\S+ from <ADDR>",
            "(?:bad user \\S+ from <F-NAMED>\\S+</F-NAMED>: )?bad user \\S+ from <ADDR>",
            "^\\s*<F-MLFID>(?:bad|worse)</F-MLFID> user <F-USER>\\S+</F-USER> from <ADDR>",
            "(?:^|\\s)from (?:<ADDR>|<F-DNS/>)",
            "from \\[<ADDR>\\]:<F-PORT/>",
            "from (?:\\[<IP6>\\]|<IP4>)(?: port <F-PORT/>)?\\s*$",
            "^(?:(?:(?:)))\\s*(?:|x|)bad user (?:\\S+|) from <ADDR>",
            "bad user <F-USER>(?:[^f]|f(?!rom))*</F-USER> ?from <HOST>",
            "bad user (?P<user>\\S+) from (?P<ip4>[\\d.]+)",
            "bad user (?P<user>\\S+) from (?P<host>\\S+)",
            "bad user (?P<user>\\S+) from (?P<fid>\\S+)",
            "(?P<dns>\\S+)\\[(?P<ip6>[^\\]]+)\\]",
            "bad user \\S+ from <F-IP4/>|bad user \\S+ from \\[",
            "from <ADDR> .* from <ADDR>",
            "bad user <F-USER>\\S+</F-USER from <ADDR>",
            "bad user <F-USER>\\S+ from <ADDR>",
            "bad user </F-USER>|from <ADDR>",
            "bad user <NOTHING>|from <ADDR>",
            "<unknown>? *user .* from <ADDR>",
            "(?P<a_b>bad) user .* from <ADDR>",
            "(?P<_a>bad) user .* from <ADDR>",
            "(?P<a1>bad) user .* from <ADDR>",
            "bad user me from <ADDR>\\Z",
            "^\\A\\s*bad user me from <ADDR> port 22\\Z",
            "bad user .{2} from <ADDR>",
            "bad user .{,4} from <ADDR>",
            "bad user .{1,}? from <ADDR>",
            "bad user .{0}me from <ADDR>",
            "bad user m{x}?e from <ADDR>",
            "bad user me{}? from <ADDR>",
            "b\\ad user me from <ADDR>",
            "bad user \\me from <ADDR>",
            "bad user \\S+ from <ADDR>\\b(?!\\.\\d)",
            "\\\"user\\\":\\\"me\\\",\\\"ip\\\":\\\"<ADDR>",
            "(?:\\S+\\s){3,}?from <ADDR>",
            "^\\W*\\d+\\W.*?from <ADDR>"
        };
        for (int i = 0; i < expressions.length; i++) {
            add(String.format("expression%03d", i), "failregex = " + expressions[i].replace("%", "%%"), places);
        }
        check();
    }

    @Test
    void prefixesAndIgnoring() throws IOException {
        List<String> places = dated(
                "srv mine[1]: bad 192.0.2.1",
                "srv mine-session[1]: bad 192.0.2.1",
                "srv mine[1]: error: bad 192.0.2.1 [preauth]",
                "srv mine[1]: (me) bad 192.0.2.1",
                "srv mine[1]: info: good 192.0.2.1",
                "mine: client 192.0.2.9 said: bad 192.0.2.1",
                "[error] 12#34: *5 bad 192.0.2.1, client: 192.0.2.7, server: x",
                "srv nginx[7]: [error] 12#34: *5 bad 192.0.2.1, client: 192.0.2.7, server: x",
                "[warn] 12#34: *5 bad 192.0.2.1",
                "srv kernel: [ 17.25] mine[1]: bad 192.0.2.1",
                "srv mine[1]: [ID 12345 auth.info] bad 192.0.2.1",
                "srv (mine) [1]: bad 192.0.2.1");
        String common = "[INCLUDES]\nbefore = common.conf\n\n[Definition]\n_daemon = mine(?:-session)?\n";
        String[] filters = {
            common + "failregex = ^%(__prefix_line)s(?:error: )?bad <HOST>(?: \\[preauth\\])?$\n",
            common
                    + "prefregex = ^<F-MLFID>%(__prefix_line)s</F-MLFID>(?:(?:error|info): )?<F-CONTENT>.+</F-CONTENT>$\n"
                    + "failregex = ^bad <HOST>(?: \\[preauth\\])?$\n  ^<F-NOFAIL>good</F-NOFAIL> <HOST>$\n",
            common
                    + "prefregex = ^%(__prefix_line)s<F-CONTENT>(?:error|\\(me\\)).+</F-CONTENT>$\nfailregex = bad <HOST>\n",
            common + "prefregex = ^%(__prefix_line)s\nfailregex = bad <HOST>\n",
            common + "prefregex = <F-CONTENT>bad \\S+</F-CONTENT>\nfailregex = ^bad <HOST>$\n",
            common + "prefregex = client <ADDR>.*<F-CONTENT>bad.*</F-CONTENT>\nfailregex = ^bad \\S+$\n",
            common + "prefregex = (?:client <ADDR>)?.*<F-CONTENT>bad.*</F-CONTENT>\nfailregex = ^bad <HOST>$\n",
            common + "prefregex = ^(?P<content>.*bad.*)\nfailregex = bad <HOST>\n",
            common + "prefregex =\nfailregex = bad <HOST>\n",
            common + "failregex = bad <HOST>\nignoreregex = <HOST>, client\n  \\(me\\)\n",
            common + "failregex = bad <HOST>\nignoreregex = ^%(__prefix_line)s(?i:ERROR): bad <F-NAME>\\S+</F-NAME>\n",
            common + "prefregex = mine.*?: <F-CONTENT>.*</F-CONTENT>\nfailregex = bad <HOST>\nignoreregex = ^error\n",
            common + "failregex = bad <HOST>\n a <HOST>\n b <HOST>\n c <HOST>\n d <HOST>\nignoreregex = error\n",
            """
            [DEFAULT]
            logtype = file
            _daemon = nginx
            __prefix = <lt_<logtype>/__prefix>
            __kind = error
            __line = %(__prefix)s\\[%(__kind)s\\] \\d+#\\d+: \\*\\d+\\s+
            [lt_file]
            __prefix = \\s*
            [lt_short]
            __prefix = \\s*(?:\\S+ )?%(_daemon)s\\[\\d+\\]: [^\\[]*
            [lt_journal]
            __prefix = %(lt_short/__prefix)s
            [Definition]
            failregex = ^%(__line)sbad <HOST>, client: <F-RHOST>\\S+</F-RHOST>,
            """,
            """
            [DEFAULT]
            _daemon = nginx
            [lt_short]
            __prefix = \\s*\\S+ %(_daemon)s\\[\\d+\\]:
            [lt_file]
            __prefix = \\s*
            [lt_journal]
            __prefix = <lt_short/__prefix>
            [Definition]
            logtype = journal
            prefregex = ^<lt_<logtype>/__prefix>\\s+\\[<kind>\\] <F-CONTENT>.*</F-CONTENT>$
            failregex = <mdre-<mode>>
            mdre-normal = bad <HOST>, client
            mdre-all = %(mdre-normal)s
              bad \\S+, client: <HOST>
            mode = all
            kind = <kind-<mode>>
            kind-normal = error
            kind-all = (?:error|warn)
            """,
            "[Definition]\nfailregex = <known-re>\nknown-re = <part1>\n  <part2>\npart1 = \\)<end>\npart2 = bad <HOST>\nend = bad <HOST>\n",
            "[Definition]\nfailregex = bad <HOST>%(end)s\nend = <end-<mode>>\nend-a = $\nend-b = , client\n[Init]\nmode = b\n",
            "[Definition]\n_a = bad\n_b = %(_a)s <HOST>\nfailregex = ^.*%(_b)s(?:, client.*)?$\n           %(known/failregex)s\n",
            "[Definition]\nfailregex = %(missing)s <HOST>\n",
            "[Definition]\nfailregex = <missing> <HOST>\n  bad <HOST>\n",
            "[Definition]\nfailregex = <Definition/what> <HOST>\nwhat = bad\n",
            "[Definition]\nfailregex = <what> <HOST>\n[Init]\nwhat = (?:bad\n",
            "[Definition]\nfailregex = <what> <HOST>\n[Init]\nwhat = (?:bad|good)\n",
            "[Definition]\nFailRegex = bad <HOST>\n",
            "[Definition]\nfailregex: bad <HOST>\n",
            "[Definition]\nfailregex = bad <HOST> ; comment\n",
            "[Definition]\nfailregex =\n    # a comment\n    bad <HOST>\n\n    ; another\n    good <HOST>\n",
            "[Definition]\n\nfailregex = bad <HOST>\n\ngood = 1\n\n[Unknown]\nx = %(y)s\n",
            "[INCLUDES]\nbefore = common.conf\nafter = base.local\n[Definition]\nfailregex = bad <HOST>\n",
            "[INCLUDES]\nbefore = common.conf\n         base.conf\n[Definition]\n_daemon = mine\nfailregex = ^%(__prefix_line)s%(base_part)s <HOST>\n",
            "[INCLUDES]\nbefore = base.conf\n[Definition]\nfailregex = %(known/failregex)s\n  mine <HOST>\n",
            "[INCLUDES]\nbefore = base.conf\n[Definition]\nbase_part = good\n",
            "[INCLUDES]\nbefore = base.conf\n[Init]\nbase_init = good\n",
            "[INCLUDES]\nbefore = nowhere.conf\n[Definition]\nfailregex = bad <HOST>\n",
            "[Definition]\nfailregex = ^.*bad <HOST>(?P<rest>, client: <IP4>)?\n",
            "[Definition]\nfailregex = bad <HOST>\nmaxlines = 1\nusedns = no\n",
        };
        Files.writeString(
                filterFile("base"),
                "[Definition]\nbase_part = bad\nfailregex = ^.*%(base_part)s <HOST>\n  <base_init> <HOST>\n[Init]\nbase_init = nothing\n");
        Files.writeString(
                directory.resolve("filter.d/base.local"),
                "[Definition]\nfailregex = %(known/failregex)s\n   good <HOST>\n");
        for (int i = 0; i < filters.length; i++) {
            String name = String.format("prefix%02d", i);
            Files.writeString(filterFile(name), filters[i]);
            lines.put(name, places);
        }
        check();
    }

    @Test
    void dates() throws IOException {
        List<String> places = List.of(
                "2005-08-14 09:59:59 bad 192.0.2.1",
                "2005-08-14T09:59:58.123456789+0200 bad 192.0.2.1",
                "2005-08-14T07:59:57.5Z bad 192.0.2.1",
                "2024-02-29 09:59:56 bad 192.0.2.1",
                "1999-02-28 09:59:56 bad 192.0.2.1",
                "14.08.2005 09:59:55 bad 192.0.2.1",
                "08/14/05 9:59:54 AM bad 192.0.2.1",
                "08/14/05 12:59:54 am bad 192.0.2.1",
                "L 08/14/2005 - 09:59:53: bad 192.0.2.1",
                "<W>2005-08-14 09:59:52.250 bad 192.0.2.1",
                "Sunday, 14 August 2005 09:59:51 bad 192.0.2.1",
                "Aug  4 09:59:50 bad 192.0.2.1",
                "Aug 14, 2005 9:59:49 AM bad 192.0.2.1",
                "[Sun Aug 14 09:59:48.123456 2005] bad 192.0.2.1",
                "{\"time\":\"2005-08-14T09:59:47+02:00\",\"m\":\"bad 192.0.2.1\"}",
                "{\"ts\":1124013586.1234567,\"m\":\"bad 192.0.2.1\"}",
                "{\"ts\":1124013585.123456,\"m\":\"bad 192.0.2.1\"}",
                "{\"ts\":1124013584123,\"m\":\"bad 192.0.2.1\"}",
                "{\"ts\":1124013583123456,\"m\":\"bad 192.0.2.1\"}",
                "1124013582 bad 192.0.2.1",
                "1124013581.12 bad 192.0.2.1",
                "1124013580.123456789 bad 192.0.2.1",
                "1124013579123.25 bad 192.0.2.1",
                "11240135781 bad 192.0.2.1",
                "type=USER_AUTH msg=audit(1124013577.250:12): bad 192.0.2.1",
                "@4000000042ff01a42d5e3a14 bad 192.0.2.1",
                "2005/226 09:59:36 bad 192.0.2.1",
                "2005 33 0 09:59:35 bad 192.0.2.1",
                "CEST Aug 14 09:59:34 bad 192.0.2.1",
                "+02:00 Aug 14 09:59:33 2005 bad 192.0.2.1",
                "14-Aug-2005 09:59:32.123 bad 192.0.2.1",
                "20050814T095931Z bad 192.0.2.1",
                "20050814095930 bad 192.0.2.1",
                "050814  9:59:29 bad 192.0.2.1",
                "bad 192.0.2.1 at 2005-08-14 09:59:28",
                "bad 192.0.2.1 2005-08-14 09:59:27 and 2005-08-14 09:59:26",
                "09:59:25 bad 192.0.2.1",
                "x[2005-08-14 09:59:24] bad 192.0.2.1",
                "2005-02-30 09:59:23 bad 192.0.2.1",
                "2005-08-14 25:59:22 bad 192.0.2.1",
                "2005-08-14 09:59:60 bad 192.0.2.1",
                "2005-08-14 09:59:20 EST bad 192.0.2.1",
                "2005-08-14 09:59:19 UTC+3 bad 192.0.2.1",
                "2005-08-14 09:59:18 +05:30 bad 192.0.2.1",
                "pre 2005-08-14 09:59:17 bad 192.0.2.1");
        String[] patterns = {
            "{DEFAULT}",
            "{default}",
            "{DATE}",
            "{^LN-BEG}",
            "{^ln-beg}",
            "{NONE}",
            "{none}",
            "EPOCH",
            "epoch",
            "LEPOCH",
            "{EPOCH}",
            "{LEPOCH}",
            "^EPOCH",
            "{^LN-BEG}EPOCH",
            "{^LN-BEG}LEPOCH",
            "^LEPOCH",
            "TAI64N",
            "^TAI64N",
            "{^LN-BEG}TAI64N",
            "\"ts\":{EPOCH}",
            "\"ts\":{LEPOCH}",
            "^\\{\"ts\":{LEPOCH},",
            "\"ts\":\\s*({EPOCH})",
            "audit\\({EPOCH}:\\d+\\)",
            "^%Y-%m-%d %H:%M:%S",
            "^%Y-%m-%d %H:%M:%S$",
            "%Y-%m-%d %H:%M:%S$",
            "%Y-%m-%d %H:%M:%S",
            "{^LN-BEG}%Y-%m-%d %H:%M:%S",
            "{^LN-BEG}%ExY-%Exm-%Exd(?:T|  ?)%ExH:%ExM:%ExS(?:[.,]%f)?(?:\\s*%z)?",
            "^%ExY-%Exm-%Exd(?:T|  ?)%ExH:%ExM:%ExS(?:[.,]%f)?(?:\\s*%Exz)?",
            "{UNB}%Y-%m-%d %H:%M:%S",
            "{UNB}^%Y-%m-%d %H:%M:%S",
            "**%Y-%m-%d %H:%M:%S",
            "%Y-%m-%d %H:%M:%S**",
            "^(?:<\\w>)?%Y-%m-%d %H:%M:%S(?:\\.%f)?",
            "^<\\w>(%Y-%m-%d %H:%M:%S)(?:\\.%f)?",
            "(?:^|\\s)%d\\.%m\\.%Y %H:%M:%S",
            "^%d\\.%m\\.%Y %k:%M:%S",
            "^%m/%d/%y %I:%M:%S %p",
            "^%m/%d/%Exy %Exl:%M:%S %p",
            "^%m/%d/%y %l:%M:%S",
            "^L %m/%d/%Y - %H:%M:%S:",
            "^%A, %d %B %Y %H:%M:%S",
            "^(?:%A, )?%d %B %Y %Exk:%M:%S",
            "%b %d, %ExY %I:%M:%S %p",
            "%b %d %H:%M:%S",
            "^%b %d %ExH:%ExM:%ExS",
            "^\\[%a %b %d %H:%M:%S(?:\\.%f)? %Y\\]",
            "\\[%a %b %d %H:%M:%S\\.%f %Y\\]",
            "\"time\":\"%Y-%m-%dT%H:%M:%S%z\"",
            "\"time\":\"(%Y-%m-%dT%H:%M:%S%z)\"",
            "^[^\\[]*\\[({DATE})",
            "^[^\\[]*\\[({DATE})\\]",
            "^pre {DATE}",
            "\"time\":\"{DATE}\"",
            "{^LN-BEG}pre {DATE}",
            "^(?P<Y>\\d{4})/(?P<j>\\d+) %H:%M:%S",
            "^%Y/%j %H:%M:%S",
            "^%Y %U %w %H:%M:%S",
            "^%Y %W %w %H:%M:%S",
            "^(?:%Z )?%b %d %H:%M:%S",
            "^(?:%z )?%b %d %H:%M:%S %Y",
            "^%d-%b-%Y %H:%M:%S(?:\\.%f)?",
            "^%Y%m%dT%H%M%S%z",
            "^%ExY%Exm%Exd%ExH%ExM%ExS",
            "^%y%m%d  ?%H:%M:%S",
            "^%Exy%Exm%Exd  ?%k:%M:%S",
            "^%H:%M:%S",
            "^%Y-%m-%d %H:%M:%S %Z",
            "^%Y-%m-%d %H:%M:%S %ExZ",
            "^%Y-%m-%d %H:%M:%S %z",
            "^%Y-%m-%d %H:%M:%S %Exz",
            "(?i)^%Y-%m-%dt%H:%M:%S",
            "(?i:^%Y-%m-%dt%H:%M:%S)",
            "^%Y-%m-%d[T ]%H:%M:%S[.,]?%f?",
            "%Y-%m-%d %H:%M:%S\\s",
            "%Y-%m-%d %H:%M:%S\\b",
            "\\b%Y-%m-%d %H:%M:%S\\b",
            "(?<= )%Y-%m-%d %H:%M:%S",
            "(?:pre )%Y-%m-%d %H:%M:%S",
            "(?P<_sep>)%Y-%m-%d %H:%M:%S",
            "%Y(?P<_sep>[-/.])%m(?P=_sep)%d %H:%M:%S",
            "^%c",
            "^%x %X",
            "%q",
            "100%% %Y-%m-%d %H:%M:%S",
            "^%Y-%m-%d %H:%M:%S\n  {^LN-BEG}EPOCH\n  TAI64N",
            "EPOCH\n {^LN-BEG}",
            "{NONE}\n ^%Y-%m-%d %H:%M:%S",
            "{DATE}\n {NONE}",
            "^\\W{0,3}%d/%b/%Y",
            "bad \\S+ at {DATE}$",
        };
        for (int i = 0; i < patterns.length; i++) {
            add(
                    String.format("date%03d", i),
                    "datepattern = " + patterns[i].replace("%", "%%") + "\nfailregex = bad <HOST>",
                    places);
            add(
                    String.format("date%03danchored", i),
                    "datepattern = " + patterns[i].replace("%", "%%") + "\nfailregex = ^\\s*bad <HOST>(?: at)?\\s*$",
                    places);
        }
        check();
    }

    @Test
    void severalLinesAndConnections() throws IOException {
        List<String> places = dated(
                "c1 connect 192.0.2.1",
                "c1 user me",
                "c1 fails",
                "c2 connect 192.0.2.2",
                "c1 fails",
                "c2 user you",
                "c2 good",
                "c1 closed",
                "c2 fails",
                "c1 fails",
                "c3 fails",
                "c3 connect 192.0.2.3",
                "c3 closed",
                "begin 192.0.2.4",
                "noise",
                "end c1",
                "begin 192.0.2.5",
                "end c2",
                "end c3",
                "begin 192.0.2.6",
                "begin 192.0.2.7",
                "end c1");
        String prefix = "prefregex = ^\\s*<F-MLFID>c\\d</F-MLFID> <F-CONTENT>.*</F-CONTENT>$\n";
        String[] filters = {
            prefix
                    + "failregex = ^<F-NOFAIL>connect</F-NOFAIL> <ADDR>$\n  ^fails$\n  ^<F-MLFFORGET>closed</F-MLFFORGET>$",
            prefix
                    + "failregex = ^<F-NOFAIL>connect</F-NOFAIL> <ADDR>$\n  ^<F-NOFAIL>user <F-USER>\\S+</F-USER></F-NOFAIL>$\n ^fails$\n"
                    + "  ^<F-NOFAIL><F-MLFFORGET>closed</F-MLFFORGET></F-NOFAIL>$",
            prefix
                    + "failregex = ^connect <ADDR>$\n  ^user <F-USER>\\S+</F-USER>$\n ^<F-MLFGAINED>good</F-MLFGAINED>$\n ^fails$",
            prefix
                    + "failregex = ^connect <ADDR>$\n  ^user <F-USER>\\S+</F-USER>$\n ^<F-MLFFORGET><F-MLFGAINED>good</F-MLFGAINED></F-MLFFORGET>$\n ^fails$",
            prefix
                    + "failregex = ^<F-NOFAIL>connect</F-NOFAIL> <ADDR>$\n  ^user <F-ALT_USER>\\S+</F-ALT_USER>$\n ^fails$",
            "maxlines = 3\nfailregex = ^\\s*begin <HOST>$<SKIPLINES>^\\s*end <F-ID>c\\d</F-ID>$",
            "maxlines = 3\nfailregex = ^\\s*begin <HOST>$<SKIPLINES>^\\s*end c\\d$",
            "maxlines = 2\nfailregex = ^\\s*begin <HOST>\\s*\\n\\s*end c\\d$",
            "maxlines = 4\nfailregex = ^\\s*begin <HOST>$<SKIPLINES>^\\s*noise$<SKIPLINES>^\\s*end c\\d$\n  ^\\s*(?P<mlfid>c\\d) connect <HOST>",
            "maxlines = 5\nfailregex = ^\\s*<F-MLFID>c\\d</F-MLFID> connect <ADDR>$<SKIPLINES>^\\s*(?P=mlfid) fails$",
            "maxlines = 5\nprefregex = ^\\s*<F-CONTENT>.+</F-CONTENT>$\nfailregex = begin <HOST>",
            "maxlines = 3\nfailregex = (?s)begin <HOST>.*?end\n  c3 connect <HOST>\nignoreregex = noise",
        };
        for (int i = 0; i < filters.length; i++) {
            add(String.format("lines%02d", i), filters[i], places);
        }
        check();
    }

    @Test
    void aDateThatLaterReleasesUnderstandByDefault() {
        DateContext dates = DateContext.of(
                InstantSource.fixed(Instant.ofEpochSecond(1_124_013_600)),
                ZoneOffset.UTC,
                DateContext.SERVER_FIRST_YEAR);
        FilterDefinition definition = new FilterDefinition(
                "later", null, List.of("^ bad <ADDR>$"), List.of(), 1, List.of(), UseDns.NO, List.of(), "here");
        FilterEvaluator evaluator = new FilterEvaluator(Filter.compile(definition, dates), EvaluationOptions.STANDARD);
        assertThat(evaluator.evaluate("20050814-09:59:59 bad 192.0.2.1"))
                .extracting(Failure::timeMicros)
                .containsExactly(1_124_013_599_000_000L);
    }

    private static List<String> dated(String... texts) {
        List<String> dated = new ArrayList<>();
        for (String text : texts) {
            dated.add(DATE + text);
        }
        return dated;
    }

    private void add(String name, String definition, List<String> judged) throws IOException {
        Files.writeString(filterFile(name), "[Definition]\n" + definition + "\n");
        lines.put(name, judged);
    }

    private Path filterFile(String name) throws IOException {
        return Files.createDirectories(directory.resolve("filter.d")).resolve(name + ".conf");
    }

    private void check() throws IOException {
        Fail2banPackage installed = Fail2banPackage.need();
        Files.createDirectories(directory.resolve("filter.d"));
        Path common = installed.configuration().resolve("filter.d/common.conf");
        Files.copy(common, directory.resolve("filter.d/common.conf"));
        assertThat(Fail2banVerdicts.differences(installed, directory, lines)).isEmpty();
    }
}
