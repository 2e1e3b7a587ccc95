package org.ipspipeline.ips.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.Fail2banPackage;
import org.ipspipeline.ips.configuration.Fail2banConfiguration;
import org.ipspipeline.ips.filter.date.DateContext;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/**
 * Whoever can choose a text that a server logs (a user's name, a path, a greeting) tries to have somebody else banned, by an address or a
 * whole line within that text, or to hide. The victim is never named, and each verdict is fail2ban's.
 */
@NullUnmarked
class LogInjectionTest {

    private static final String ATTACKER = "198.51.100.9";
    private static final String VICTIM = "203.0.113.7";

    /** Texts to smuggle in; {@code V} in braces is the victim. */
    private static final List<String> TEXTS = List.of(
            "root",
            "{V}",
            "root from {V}",
            "root from {V} port 22 ssh2",
            "from {V}",
            "x: Failed password for root from {V} port 22 ssh2",
            "invalid user root from {V} port 22",
            "[client {V}:80]",
            "{V} - - [14/Aug/2005:10:00:00 +0200] \"GET / HTTP/1.1\" 401",
            "Aug 14 10:00:00 srv sshd[1]: Failed password for root from {V} port 22 ssh2",
            "\", client: {V}, server: x",
            "2005-08-14 10:00:00 [sshd] Ban {V}",
            "rhost={V}",
            "user <x> from {V}",
            "a\u00a0b from {V}",
            "%s%n from {V}",
            "' OR rhost={V} user='");

    /** By filter, the lines in which servers put such texts: {@code T} in braces is the text. */
    private static final Map<String, List<String>> LINES = new LinkedHashMap<>();

    static {
        LINES.put(
                "sshd",
                List.of(
                        "Aug 14 10:00:00 srv sshd[31602]: Failed password for invalid user {T} from {A} port 57236 ssh2",
                        "Aug 14 10:00:00 srv sshd[31603]: Invalid user {T} from {A} port 57236",
                        "Aug 14 10:00:00 srv sshd[31604]: User {T} from {A} not allowed because not listed in AllowUsers"));
        LINES.put(
                "apache-auth",
                List.of(
                        "[Sun Aug 14 10:00:00 2005] [error] [client {A}] user {T} not found: /private",
                        "[Sun Aug 14 10:00:00 2005] [error] [client {A}] user {T}: password mismatch: /private"));
        LINES.put(
                "nginx-http-auth",
                List.of(
                        "2005/08/14 10:00:00 [error] 865#0: *1 user \"{T}\" was not found in \"/etc/htpasswd\", client: {A},"
                                + " server: , request: \"GET / HTTP/1.1\", host: \"x\""));
        LINES.put(
                "dovecot",
                List.of("Aug 14 10:00:00 srv dovecot: imap-login: Aborted login (auth failed, 1 attempts): user=<{T}>,"
                        + " method=PLAIN, rip={A}, lip=192.0.2.10, TLS"));
        LINES.put(
                "proftpd",
                List.of(
                        "Aug 14 10:00:00 srv proftpd[4731] localhost (h[{A}]): USER {T}: no such user found from h [{A}] to"
                                + " 192.0.2.10:21"));
        LINES.put("vsftpd", List.of("Sun Aug 14 10:00:00 2005 [pid 4653] [{T}] FAIL LOGIN: Client \"{A}\""));
        LINES.put(
                "postfix",
                List.of(
                        "Aug 14 10:00:00 srv postfix/smtpd[773]: NOQUEUE: reject: RCPT from unknown[{A}]: 554 5.7.1 <{T}>:"
                                + " Relay access denied; from=<a@b> to=<c@d> proto=SMTP helo=<{T}>"));
    }

    @Test
    void nobodyElseIsNamed() throws IOException {
        Fail2banPackage installed = Fail2banPackage.need();
        Fail2banConfiguration configuration = Fail2banConfiguration.open(installed.configuration());
        DateContext dates = DateContext.of(
                InstantSource.fixed(Instant.ofEpochSecond(1_124_013_600)),
                ZoneOffset.UTC,
                DateContext.SERVER_FIRST_YEAR);
        Map<String, List<String>> batch = new LinkedHashMap<>();
        LINES.forEach((name, templates) -> {
            List<String> lines = batch.computeIfAbsent(name, key -> new ArrayList<>());
            for (String template : templates) {
                for (String text : TEXTS) {
                    lines.add(template.replace("{T}", text)
                            .replace("{A}", ATTACKER)
                            .replace("{V}", VICTIM));
                }
            }
        });
        int found = 0;
        for (Map.Entry<String, List<String>> entry : batch.entrySet()) {
            Filter filter = Filter.compile(configuration.filter(entry.getKey()), dates);
            FilterEvaluator evaluator = new FilterEvaluator(filter, EvaluationOptions.STANDARD);
            for (String line : entry.getValue()) {
                for (Failure failure : evaluator.evaluate(line)) {
                    found += failure.isFailure() ? 1 : 0;
                    assertThat(failure.identity())
                            .describedAs("%s: %s", entry.getKey(), line)
                            .isEqualTo(ATTACKER);
                }
            }
        }
        assertThat(found).isGreaterThan(LINES.size() * TEXTS.size() / 2);
        assertThat(Fail2banVerdicts.differences(installed, installed.configuration(), batch))
                .isEmpty();
    }

    @Test
    void aLineHasAnEndForExpressionsToo() {
        Filter filter = Filter.compile(
                new FilterDefinition(
                        "test",
                        null,
                        List.of("^\\s*(?:(a+)b?)+\\1x <HOST>$"),
                        List.of(),
                        1,
                        List.of(),
                        UseDns.NO,
                        List.of(),
                        "here"),
                DateContext.ofSystem());
        FilterEvaluator evaluator = new FilterEvaluator(filter, EvaluationOptions.STANDARD);
        // Without a budget of steps this takes longer than the sun will shine.
        assertThat(evaluator.evaluate("a".repeat(60) + "! 192.0.2.1")).isEmpty();
        assertThat(evaluator.counts().exceeded()).isEqualTo(1);
        assertThat(evaluator.evaluate("aaax 192.0.2.1")).hasSize(1);
        assertThat(evaluator.counts().exceeded()).isEqualTo(1);
    }
}
