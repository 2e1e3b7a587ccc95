package org.ipspipeline.ips.daemon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ipspipeline.ips.address.AddressPrefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options that say how lines are understood, in fail2ban and here on the same lines: whom each bans. */
class Fail2banReadingSideBySideTest {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Duration LONG_AGO = Duration.ofHours(3);

    @TempDir
    Path directory;

    private final Map<String, Map<String, Long>> expected = new LinkedHashMap<>();

    /** Makes a jail that is to ban whom it should, for ten minutes. */
    private AppLog jail(Fail2banTree tree, String name, String options, String... banned) {
        AppLog log = new AppLog(directory.resolve(name + ".log"));
        tree.jail(name, log.file(), options);
        Map<String, Long> bans = new LinkedHashMap<>();
        for (String address : banned) {
            bans.put(address, 600L);
        }
        expected.put(name, bans);
        return log;
    }

    private static void write(AppLog log, LocalDateTime when, String lines) {
        write(log, DATE, when, lines, UTF_8);
    }

    /** Appends each line three times, as often as it takes for a ban, with the time in front. */
    private static void write(AppLog log, DateTimeFormatter date, LocalDateTime when, String lines, Charset encoding) {
        String dated = lines.replaceAll("(?m)^", date.format(when) + " ") + "\n";
        log.write(dated.repeat(3), encoding);
    }

    @Test
    void linesAreUnderstoodAlike() throws UnknownHostException {
        Fail2banTree tree = new Fail2banTree(directory);
        tree.write("filter.d/spoken.conf", "[Definition]\nfailregex = ^\\s*Grüße von <HOST> nach Zürich$\n");
        tree.write(
                "filter.d/pair.conf",
                "[Init]\nmaxlines = 4\n[Definition]\nfailregex = ^\\s*connect from <HOST>$<SKIPLINES>^\\s*refused$\n");
        final AppLog latin = jail(tree, "latin", "filter = spoken; logencoding = latin-1", "192.0.2.1");
        final AppLog utf8 = jail(tree, "utf8", "filter = spoken; logencoding = utf-8", "192.0.2.2");
        final AppLog standard = jail(tree, "standard", "filter = spoken; logencoding = auto", "192.0.2.3");
        final AppLog west = jail(tree, "west", "logtimezone = UTC-0500", "192.0.2.4");
        final AppLog east = jail(tree, "east", "logtimezone = UTC+0530", "192.0.2.5");
        final AppLog zoneless = jail(tree, "zoneless", "");
        final AppLog pattern = jail(tree, "pattern", "datepattern = ^%%d/%%m/%%Y-%%H:%%M:%%S", "192.0.2.7");
        final AppLog other = jail(tree, "other", "datepattern = ^%%d/%%m/%%Y-%%H:%%M:%%S");
        final AppLog anywhere = jail(tree, "anywhere", "datepattern = {^LN-BEG}EPOCH", "192.0.2.9");
        final AppLog pair = jail(tree, "pair", "filter = pair", "192.0.2.10");
        final AppLog apart = jail(tree, "apart", "filter = pair[maxlines=2]");
        final AppLog overruled = jail(tree, "overruled", "filter = pair; maxlines = 2", "192.0.2.12");
        final AppLog names = jail(tree, "names", "usedns = yes");
        final Map<String, Long> hosts = new LinkedHashMap<>();
        for (InetAddress address : InetAddress.getAllByName("localhost")) {
            hosts.put(AddressPrefix.of(address).toString(), 600L);
        }
        expected.put("names", hosts);

        LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
        write(latin, DATE, now, "Grüße von 192.0.2.1 nach Zürich", ISO_8859_1);
        write(utf8, now, "Grüße von 192.0.2.2 nach Zürich");
        write(standard, now, "Grüße von 192.0.2.3 nach Zürich");
        write(west, LocalDateTime.now(ZoneOffset.ofHours(-5)), "client 192.0.2.4 failed");
        write(west, LocalDateTime.now(ZoneOffset.ofHours(-5)).minus(LONG_AGO), "client 192.0.2.40 failed");
        write(east, LocalDateTime.now(ZoneOffset.ofHoursMinutes(5, 30)), "client 192.0.2.5 failed");
        write(zoneless, now.minus(LONG_AGO), "client 192.0.2.6 failed");
        DateTimeFormatter slashes = DateTimeFormatter.ofPattern("dd/MM/yyyy-HH:mm:ss");
        write(pattern, slashes, now, "client 192.0.2.7 failed", UTF_8);
        write(other, slashes, now.minus(LONG_AGO), "client 192.0.2.8 failed", UTF_8);
        anywhere.write((System.currentTimeMillis() / 1000 + " client 192.0.2.9 failed\n").repeat(3), UTF_8);
        anywhere.write((System.currentTimeMillis() / 1000 - 9000 + " client 192.0.2.90 failed\n").repeat(3), UTF_8);
        write(pair, now, "connect from 192.0.2.10\nsomething else\nrefused");
        write(apart, now, "connect from 192.0.2.11\nsomething else\nrefused");
        write(overruled, now, "connect from 192.0.2.12\nsomething else\nrefused");
        write(names, now, "client localhost failed");

        try (SideBySide both = SideBySide.start(directory, tree)) {
            both.awaitBans(expected);
        }
    }
}
