package org.ipspipeline.ips.source.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    /** Of which it was said that they are passed over, while they are there. */
    private final Set<Path> told = new HashSet<>();

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
        final Map<Path, Set<String>> byDirectory = new HashMap<>();
        for (Path path : matching) {
            byDirectory
                    .computeIfAbsent(path.getParent(), directory -> new HashSet<>())
                    .add(path.getFileName().toString());
        }
        final List<Path> logs = new ArrayList<>();
        for (Path path : matching) {
            if (!RotatedName.isCompressed(path.getFileName().toString())
                    && !isRotated(path, byDirectory.getOrDefault(path.getParent(), Set.of()))) {
                logs.add(path);
            }
        }
        told.retainAll(matching);
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

    private boolean isRotated(Path path, Set<String> beside) {
        final String log = RotatedName.logOf(path.getFileName().toString(), beside);
        // A number before the extension may be that of a log.
        if (log != null && !path.getFileName().toString().startsWith(log) && told.add(path)) {
            LOG.info(
                    "{}: {} is taken for what {} was rotated into; if it is a log of its own, give it a source of its own",
                    pattern,
                    path,
                    log);
        }
        return log != null;
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
