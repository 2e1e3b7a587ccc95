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

    private void write(String text) {
        write(text, StandardCharsets.UTF_8);
    }

    /** Appends a text. */
    void write(String text, Charset encoding) {
        try {
            Files.write(file, text.getBytes(encoding), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
