package org.ipspipeline.ips.configuration;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that make up one configuration, in the order in which they are laid over each other, the last to win:
 * {@code NAME.conf}, {@code NAME.d/*.conf}, {@code NAME.local}, {@code NAME.d/*.local}; around each of them what its
 * {@code [INCLUDES]} names, every included file followed by its {@code .local}. Each file is read once.
 */
final class IniLoader {

    private final Map<Path, IniFile> parsed = new HashMap<>();

    /**
     * Loads a configuration.
     *
     * @param directory where it lives
     * @param name without its extension, such as {@code jail} or {@code filter.d/sshd}
     * @return null if there is no file of that name
     * @throws ConfigurationException if a file cannot be read
     */
    @Nullable
    IniTree load(Path directory, String name) {
        Path base = directory.resolve(name);
        List<Path> files = new ArrayList<>();
        files.add(withExtension(base, ".conf"));
        files.addAll(list(withExtension(base, ".d"), "*.conf"));
        files.add(withExtension(base, ".local"));
        files.addAll(list(withExtension(base, ".d"), "*.local"));
        files.removeIf(file -> !Files.exists(file));
        return files.isEmpty() ? null : loadFiles(files);
    }

    /** Loads given files, in this order, and what they include. */
    IniTree loadFiles(List<Path> files) {
        List<IniFile> ordered = new ArrayList<>();
        for (Path file : withLocals(files)) {
            collect(file, List.of(), ordered);
        }
        return new IniTree(ordered);
    }

    private void collect(Path file, List<Path> including, List<IniFile> ordered) {
        if (!Files.exists(file)) {
            return;
        }
        IniFile ini = parsed.computeIfAbsent(file, IniParser::parse);
        IniTree alone = new IniTree(List.of(ini));
        List<Path> chain = new ArrayList<>(including);
        chain.add(file);
        include(file, alone.get(IniFile.INCLUDES, "before", Map.of()), chain, including, ordered);
        ordered.add(ini);
        include(file, alone.get(IniFile.INCLUDES, "after", Map.of()), chain, including, ordered);
    }

    private void include(
            Path file, @Nullable String names, List<Path> chain, List<Path> including, List<IniFile> ordered) {
        if (names == null) {
            return;
        }
        for (String name :
                names.lines().map(String::strip).filter(n -> !n.isEmpty()).toList()) {
            Path included = file.resolveSibling(name);
            if (!including.contains(included)) {
                withLocals(List.of(included)).forEach(each -> collect(each, chain, ordered));
            }
        }
    }

    /** Each file followed by the {@code .local} of the same name, if there is one and the list does not hold it anyway. */
    private static List<Path> withLocals(List<Path> files) {
        List<Path> all = new ArrayList<>();
        for (Path file : files) {
            all.add(file);
            String name = file.getFileName().toString();
            int dot = name.lastIndexOf('.');
            Path local = file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".local");
            if (!files.contains(local) && Files.isRegularFile(local)) {
                all.add(local);
            }
        }
        return all;
    }

    private static List<Path> list(Path directory, String pattern) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, pattern)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().startsWith(".")) {
                    found.add(entry);
                }
            }
        } catch (IOException e) {
            throw new ConfigurationException(directory + ": cannot be listed: " + e.getMessage(), e);
        }
        found.sort(null);
        return found;
    }

    private static Path withExtension(Path base, String extension) {
        return base.resolveSibling(base.getFileName() + extension);
    }
}
