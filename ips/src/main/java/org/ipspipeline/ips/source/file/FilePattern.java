package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A path that may have {@code *}, {@code ?}, {@code [...]} and {@code {...}} in every one of its names, as a shell has them.
 * Of what it matches, compressed files are left out, and so are a matched log's own rotated files: they belong to its path.
 */
final class FilePattern {

    private static final Logger LOG = LoggerFactory.getLogger(FilePattern.class);
    private static final String WILDCARDS = "*?[{";

    private final String pattern;
    private final Path root;
    private final List<String> names = new ArrayList<>();

    /**
     * @param pattern absolute, or relative to the working directory
     */
    FilePattern(String pattern) {
        this.pattern = pattern;
        Path plain = Path.of(pattern.startsWith("/") ? "/" : "").toAbsolutePath();
        for (String name : pattern.split("/", -1)) {
            if (name.isEmpty()) {
                continue;
            }
            if (names.isEmpty() && !isWild(name)) {
                plain = plain.resolve(name);
            } else {
                names.add(name);
            }
        }
        this.root = plain;
    }

    /** Whether it has a wildcard, so that matching nothing is no mistake. */
    boolean isWild() {
        return !names.isEmpty();
    }

    /** The deepest directory, or the file, that it names without a wildcard. */
    Path root() {
        return root;
    }

    /** The paths to follow now, in order. A pattern without a wildcard is always its own path, there or not. */
    List<Path> paths() {
        if (!isWild()) {
            return List.of(root.normalize());
        }
        final TreeSet<Path> matching = new TreeSet<>();
        collect(root, 0, names.size() - 1, matching);
        final List<Path> logs = new ArrayList<>();
        for (Path path : matching) {
            if (!RotatedName.isCompressed(path.getFileName().toString()) && !isRotatedFileOf(path, matching)) {
                logs.add(path);
            }
        }
        return logs;
    }

    /** The directories in which files that match come and go, as far as they are there now. */
    List<Path> directories() {
        if (!isWild()) {
            final Path parent = root.normalize().getParent();
            return parent == null ? List.of() : List.of(parent);
        }
        final List<Path> directories = new ArrayList<>();
        directories.add(root);
        for (int depth = 0; depth < names.size() - 1; depth++) {
            final Set<Path> deeper = new TreeSet<>();
            collect(root, 0, depth, deeper);
            directories.addAll(deeper);
        }
        return directories;
    }

    @Override
    public String toString() {
        return pattern;
    }

    private static boolean isRotatedFileOf(Path path, Set<Path> others) {
        return others.stream()
                .filter(other -> !other.equals(path) && Objects.equals(path.getParent(), other.getParent()))
                .anyMatch(other -> new RotatedName(other.getFileName().toString())
                        .isRotated(path.getFileName().toString()));
    }

    private void collect(Path directory, int depth, int lastDepth, Set<Path> matching) {
        final String name = names.get(depth);
        if (!isWild(name)) {
            final Path path = directory.resolve(name);
            add(path, depth, lastDepth, matching);
            return;
        }
        final PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
        final boolean hidden = name.startsWith(".");
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                final Path fileName = entry.getFileName();
                if (matcher.matches(fileName) && (hidden || !fileName.toString().startsWith("."))) {
                    add(entry, depth, lastDepth, matching);
                }
            }
        } catch (IOException e) {
            LOG.debug("{}: {} is passed over: {}", pattern, directory, e.toString());
        }
    }

    private void add(Path path, int depth, int lastDepth, Set<Path> matching) {
        try {
            final BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            final boolean wanted = depth == names.size() - 1 ? attributes.isRegularFile() : attributes.isDirectory();
            if (wanted && depth == lastDepth) {
                matching.add(path);
            } else if (wanted) {
                collect(path, depth + 1, lastDepth, matching);
            }
        } catch (IOException e) {
            LOG.debug("{}: {} is passed over: {}", pattern, path, e.toString());
        }
    }

    private static boolean isWild(String name) {
        return name.chars().anyMatch(character -> WILDCARDS.indexOf(character) >= 0);
    }
}
