package org.ipspipeline.ips.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A log of the application that {@link Fail2banTree}'s filter is for. */
final class AppLog {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Path file;

    AppLog(Path file) {
        this.file = file;
        write("");
    }

    Path file() {
        return file;
    }

    /** Appends failures of an address, that happen now. */
    void fail(String address, int times) {
        fail(address, times, Duration.ZERO);
    }

    /** Appends failures of an address, that happened some time ago. */
    void fail(String address, int times, Duration ago) {
        String line =
                DATE.format(LocalDateTime.now(ZoneId.systemDefault()).minus(ago)) + " client " + address + " failed\n";
        write(line.repeat(times));
    }

    /** Appends a line as it is, in UTF-8 or another encoding, so many times. */
    void line(String line, Charset encoding, int times) {
        write((line + "\n").repeat(times).getBytes(encoding));
    }

    private void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[] text) {
        try {
            Files.write(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
