package org.ipspipeline.ips.configuration;

import java.nio.file.Path;

/** A configuration that cannot be used. The message is one line that names the file, the line where known, and the mend. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one line without a full stop: where, what is wrong, and what to do about it
     */
    public ConfigurationException(String message) {
        super(message);
    }

    /**
     * @param message one line without a full stop: where, what is wrong, and what to do about it
     * @param cause what reported it first
     */
    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }

    static ConfigurationException at(Path file, int line, String problem) {
        return new ConfigurationException(file + ":" + line + ": " + problem);
    }
}
