package org.ipspipeline.ips.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small configuration of fail2ban's form, with a filter for lines such as {@code 2026-11-25 10:00:00 client 192.0.2.1 failed}. */
final class Fail2banTree {

    private static final List<String> DEFAULTS = List.of(
            "[DEFAULT]",
            "bantime = 10m",
            "findtime = 10m",
            "maxretry = 3",
            "backend = polling",
            "ignoreself = false",
            "action = dummy");

    private final Path directory;

    Fail2banTree(Path parent) {
        try {
            directory = Files.createDirectory(parent.resolve("conf"));
            Files.createDirectory(directory.resolve("filter.d"));
            Files.createDirectory(directory.resolve("action.d"));
            Files.createDirectory(directory.resolve("jail.d"));
            Files.writeString(
                    directory.resolve("filter.d/app.conf"),
                    "[Definition]\nfailregex = ^\\s*client <HOST> failed\\s*$\n");
            Files.writeString(
                    directory.resolve("action.d/dummy.conf"),
                    "[Definition]\nactionstart =\nactionstop =\nactioncheck =\nactionban = true\nactionunban = true\n");
            Files.write(directory.resolve("jail.conf"), DEFAULTS);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path directory() {
        return directory;
    }

    /** Writes a jail, in place of one of that name. Options are apart by semicolons; they may name another filter. */
    void jail(String name, Path log, String options) {
        write(
                "jail.d/" + name + ".conf",
                "[" + name + "]\nenabled = true\n"
                        + (options.contains("filter = ") ? "" : "filter = app\n")
                        + "logpath = " + log + "\n"
                        + options.replaceAll(";\\s*", "\n") + "\n");
    }

    void remove(String file) {
        try {
            Files.delete(directory.resolve(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
