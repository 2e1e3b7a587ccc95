package org.ipspipeline.ips.configuration;

import java.nio.file.Path;
import java.util.Map;

/**
 * One INI file as it stands: its sections in order, {@link #DEFAULT} among them, each with its options in order. The names
 * of options are in lower case.
 *
 * @param path where it was read from
 * @param sections the options by section
 */
record IniFile(Path path, Map<String, Map<String, IniValue>> sections) {

    /** The section whose options all others inherit. */
    static final String DEFAULT = "DEFAULT";

    /** The section that names other files to read before and after this one. */
    static final String INCLUDES = "INCLUDES";
}
