package org.ipspipeline.ips.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration directory that a test writes. */
record ConfigurationFiles(Path directory) {

    ConfigurationFiles write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Fail2banConfiguration open() {
        return Fail2banConfiguration.open(directory);
    }
}
