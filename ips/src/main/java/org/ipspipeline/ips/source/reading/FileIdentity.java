package org.ipspipeline.ips.source.reading;

import java.io.IOException;
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
        final Map<String, Object> attributes = Files.readAttributes(path, "unix:dev,ino");
        return new FileIdentity(number(attributes, "dev"), number(attributes, "ino"));
    }

    private static long number(Map<String, Object> attributes, String name) throws IOException {
        if (attributes.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new IOException("the file system tells no " + name);
    }
}
