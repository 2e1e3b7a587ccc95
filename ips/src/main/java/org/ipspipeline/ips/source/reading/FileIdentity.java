package org.ipspipeline.ips.source.reading;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Which file a name or an open file stands for, whatever it is called. A number is used again once its file is gone, so an
 * identity that was remembered needs the content's fingerprint beside it.
 *
 * @param device the file system
 * @param inode the file's number there
 */
public record FileIdentity(long device, long inode) {

    /**
     * Looks up what a name stands for, through symbolic links.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     */
    public static FileIdentity of(Path path) throws IOException {
        return of(Files.readAttributes(path, "unix:dev,ino"));
    }

    /**
     * The same of a regular file alone, by one look, so that a name which is being moved is either that or nothing.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws FileSystemException if it is a pipe, which would make whoever opens it wait for a writer, or anything else
     */
    static FileIdentity ofRegular(Path path) throws IOException {
        final Map<String, Object> attributes = Files.readAttributes(path, "unix:dev,ino,isRegularFile");
        if (!Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
            throw new FileSystemException(path.toString(), null, "is not a regular file");
        }
        return of(attributes);
    }

    private static FileIdentity of(Map<String, Object> attributes) throws IOException {
        return new FileIdentity(number(attributes, "dev"), number(attributes, "ino"));
    }

    private static long number(Map<String, Object> attributes, String name) throws IOException {
        if (attributes.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IOException("the file system tells no " + name);
    }
}
