package org.ipspipeline.ips.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A log that sshd would write. */
final class SshdLog {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

    private final Path file;

    SshdLog(Path file) {
        this.file = file;
        write("");
    }

    Path file() {
        return file;
    }

    /** Appends failed logins of an address, that happen now. */
    void fail(String address, int times) {
        fail(address, times, LocalDateTime.now(ZoneId.systemDefault()));
    }

    /** Appends failed logins of an address. */
    void fail(String address, int times, LocalDateTime when) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < times; i++) {
            lines.append(line(address, i, when)).append('\n');
        }
        write(lines.toString());
    }

    static String line(String address, int number, LocalDateTime when) {
        return DATE.format(when) + " host sshd[" + (1000 + number) + "]: Failed password for invalid user admin from "
                + address + " port " + (40000 + number) + " ssh2";
    }

    private void write(String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
