package org.ipspipeline.benchmarks.match;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Made-up logs in the form of real ones, with 65,536 client addresses, and the pattern of the lines that are failures. */
enum Corpus {
    /** OpenSSH through syslog. */
    SSHD(
            "sshd-like",
            "Failed password for .* from <HOST> port",
            "Failed password for (?!root)\\S+ \\S+ \\S+ from <HOST> port",
            "sshd",
            "/Failed password for .* from [0-9.]+ port/ { n[$(NF - 3)]++ } END { for (a in n) c++; print c }") {
        @Override
        String line(boolean failure, String address, int number) {
            return String.format(
                    Locale.ROOT,
                    "Nov 24 10:%02d:%02d host sshd[%d]: %s from %s port %d ssh2",
                    number / 60 % 60,
                    number % 60,
                    1000 + number % 9000,
                    failure ? "Failed password for invalid user admin" : "Accepted publickey for deploy",
                    address,
                    1024 + number % 60000);
        }
    },
    /** An access log in the combined form. */
    NGINX(
            "nginx-like",
            "^<HOST> - \\S+ \\[[^\\]]+\\] \"POST /login[^\"]*\" 401 ",
            "^<HOST> - \\S+ \\[[^\\]]+\\] \"POST (?!/logout)/login[^\"]*\" 401 ",
            "nginx-http-auth",
            "/^[0-9.]+ - [^ ]+ \\[[^\\]]+\\] \"POST \\/login[^\"]*\" 401 / { n[$1]++ } END { for (a in n) c++; print c }") {
        @Override
        String line(boolean failure, String address, int number) {
            return String.format(
                    Locale.ROOT,
                    "%s - - [24/Nov/2026:10:%02d:%02d +0000] \"%s HTTP/1.1\" %s %d \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"",
                    address,
                    number / 60 % 60,
                    number % 60,
                    failure ? "POST /login" : "GET /index.html",
                    failure ? "401" : "200",
                    100 + number % 900);
        }
    },
    /** The line of the thesis's server. */
    THESIS(
            "thesis",
            "client <HOST> exceeded request rate limit",
            "client <HOST> (?!sent)exceeded request rate limit",
            "apache-auth",
            "/client [0-9.]+ exceeded request rate limit/ { n[$4]++ } END { for (a in n) c++; print c }") {
        @Override
        String line(boolean failure, String address, int number) {
            return String.format(
                    Locale.ROOT,
                    "2026-11-24 10:%02d:%02d client %s %s",
                    number / 60 % 60,
                    number % 60,
                    address,
                    failure ? "exceeded request rate limit" : "sent a request that was answered");
        }
    };

    /** The number of the field with the address in the thesis's line. */
    static final int THESIS_FIELD = 4;

    /** What other services log when a client fails: patterns that have to be looked for beside the corpus's own. */
    private static final List<String> OTHERS = List.of(
            "authentication failure; .* rhost=<HOST>",
            "Invalid user .* from <HOST> port \\d+$",
            "Connection closed by authenticating user .* <HOST> port \\d+ \\[preauth\\]",
            "access forbidden by rule, client: <HOST>,",
            "limiting requests, excess: [\\d.]+ by zone .*, client: <HOST>",
            "warning: [-._\\w]+\\[<HOST>\\]: SASL LOGIN authentication failed",
            "auth-worker\\(\\d+\\): .*,<HOST>.*: unknown user",
            "Login failed: user .*, remote: <HOST>$",
            "^\\S+ NOQUEUE: reject: RCPT from [^\\[]*\\[<HOST>\\]: 5\\d\\d ");

    private final String shown;
    private final String pattern;
    private final String hardPattern;
    private final String filter;
    private final String awk;

    Corpus(String shown, String pattern, String hardPattern, String filter, String awk) {
        this.shown = shown;
        this.pattern = pattern;
        this.hardPattern = hardPattern;
        this.filter = filter;
        this.awk = awk;
    }

    abstract String line(boolean failure, String address, int number);

    /** Its name in the table. */
    String shown() {
        return shown;
    }

    /** The pattern of its failures. */
    String pattern() {
        return pattern;
    }

    /** Another pattern of its failures, with a look-ahead, which only backtracking can confirm. */
    String hardPattern() {
        return hardPattern;
    }

    /** The filter of fail2ban for such a service's log. */
    String filter() {
        return filter;
    }

    /** A program for awk that counts the failures of each address. */
    String awk() {
        return awk;
    }

    /** The corpus's pattern and others, in all as many as asked for, at most 10. */
    List<String> patterns(int count) {
        return Stream.concat(Stream.of(pattern), OTHERS.stream()).limit(count).toList();
    }

    /**
     * Writes a log.
     *
     * @param directory where
     * @param lines how many
     * @param percent how many of a hundred are failures, evenly spread
     */
    Path write(Path directory, int lines, int percent) throws IOException {
        Path file = directory.resolve(name().toLowerCase(Locale.ROOT) + "-" + percent + ".log");
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            for (int i = 0; i < lines; i++) {
                // An odd factor goes through all addresses, in no order that a cache would like.
                int client = i * 40503 & 0xFFFF;
                boolean failure = (long) (i + 1) * percent / 100 != (long) i * percent / 100;
                out.write(line(failure, "198.51." + (client >> 8) + "." + (client & 0xFF), i));
                out.write('\n');
            }
        }
        return file;
    }
}
