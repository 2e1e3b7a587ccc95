package org.ipspipeline.ips.configuration;

import java.nio.file.Path;

/**
 * The raw text of an option, before any interpolation, and where it stands.
 *
 * @param text the lines of the value, joined by newlines
 * @param file the file it was read from
 * @param line the line of the option's name, the first being 1
 */
record IniValue(String text, Path file, int line) {

    /** The place as messages show it. */
    String place() {
        return file + ":" + line;
    }
}
