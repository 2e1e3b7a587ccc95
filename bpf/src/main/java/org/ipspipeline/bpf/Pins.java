package org.ipspipeline.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ipspipeline.bpf.kernel.BpfFileSystem;

/** The names under which one interface's maps and attachment outlive this process. */
final class Pins {

    private static final String LINK = "link";

    private final Path directory;
    private final List<Path> made = new ArrayList<>();

    private Pins(Path directory) {
        this.directory = directory;
    }

    /** Makes the directory for an interface, and the file system around it if need be. */
    static Pins in(Path root, String interfaceName) throws IOException {
        BpfFileSystem.prepare(root);
        Path directory = root.resolve(interfaceName);
        Files.createDirectories(directory);
        return new Pins(directory);
    }

    String link() {
        return directory.resolve(LINK).toString();
    }

    String map(String name) {
        return directory.resolve(name).toString();
    }

    /** Remembers that a name is new: a failure later takes it back. */
    void made(String path) {
        made.add(Path.of(path));
    }

    /** Takes one name away, if it is there. */
    static void remove(String path) throws IOException {
        Files.deleteIfExists(Path.of(path));
    }

    /** Takes away what this process made. */
    void undo() throws IOException {
        for (Path path : made) {
            Files.deleteIfExists(path);
        }
        removeDirectoryIfEmpty();
    }

    /** Takes all names of the interface away. */
    void removeAll() throws IOException {
        try (Stream<Path> names = Files.list(directory)) {
            for (Path name : names.toList()) {
                Files.deleteIfExists(name);
            }
        }
        removeDirectoryIfEmpty();
    }

    private void removeDirectoryIfEmpty() throws IOException {
        boolean empty;
        try (Stream<Path> names = Files.list(directory)) {
            empty = names.findAny().isEmpty();
        }
        if (empty) {
            Files.deleteIfExists(directory);
        }
    }
}
