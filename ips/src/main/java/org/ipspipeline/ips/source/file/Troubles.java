package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Says in one clause what is wrong with a file, to stand after its name. */
public final class Troubles {

    private Troubles() {}

    /**
     * Puts a problem into words.
     *
     * @param path the file
     * @param problem what came of using it
     * @return a clause such as "may not be read by this user"
     */
    public static String clause(Path path, IOException problem) {
        if (problem instanceof AccessDeniedException) {
            return "may not be read by user " + System.getProperty("user.name");
        }
        if (problem instanceof NoSuchFileException) {
            return "is not there";
        }
        if (Files.isDirectory(path)) {
            return "is a directory";
        }
        if (problem instanceof FileSystemException detailed && detailed.getReason() != null) {
            final String reason = detailed.getReason();
            return reason.startsWith("is ") ? reason : "cannot be read: " + reason.toLowerCase(Locale.ROOT);
        }
        return "cannot be read: " + problem.getMessage();
    }
}
