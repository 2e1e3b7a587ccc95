package org.ipspipeline.ips.configuration;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ips.filter.FilterDefinition;

/**
 * fail2ban's configuration directory, read with fail2ban's rules. Every file is read once in the life of an instance, when
 * it is first needed; a reload makes a new instance. Not for use by several threads at once.
 */
public final class Fail2banConfiguration implements JailConfiguration {

    /** The version that {@code %(fail2ban_version)s} stands for: the release whose behaviour is followed. */
    private static final String FOLLOWED_VERSION = "1.1.0";

    private final Path directory;
    private final IniLoader loader = new IniLoader();

    private Fail2banConfiguration(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens a directory.
     *
     * @param directory such as {@code /etc/fail2ban}
     * @throws ConfigurationException if it is none
     */
    public static Fail2banConfiguration open(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new ConfigurationException(
                    directory + ": is no directory; name fail2ban's, such as /etc/fail2ban, or a TOML file");
        }
        return new Fail2banConfiguration(directory);
    }

    @Override
    public List<String> jailNames() {
        return jails().sectionNames();
    }

    @Override
    public List<String> enabledJailNames() {
        IniTree jails = jails();
        JailReader reader = new JailReader(loader, directory, jails);
        return jails.sectionNames().stream().filter(reader::isEnabled).toList();
    }

    @Override
    public Jail jail(String name, Map<String, String> replaced) {
        IniTree jails = jails();
        if (!jails.hasSection(name)) {
            throw new ConfigurationException(directory.resolve("jail.conf") + ": there is no jail '" + name + "'"
                    + NearestName.suggestion(name, jails.sectionNames()));
        }
        Map<String, String> written = new LinkedHashMap<>();
        replaced.forEach((option, value) -> written.put(option, value.replace("%", "%%")));
        jails.addOptions(name, "", written, new IniValue("", directory.resolve("jail.conf"), 1));
        return new JailReader(loader, directory, jails).read(name);
    }

    /** The names of all filters in {@code filter.d}, those that only others include left out. */
    public List<String> filterNames() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve("filter.d"), "*.{conf,local}")) {
            for (Path file : files) {
                String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
                if (!name.startsWith(".") && !name.endsWith("common") && !names.contains(name)) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    directory.resolve("filter.d") + ": cannot be listed: " + e.getMessage(), e);
        }
        names.sort(null);
        return names;
    }

    /**
     * Reads a filter without a jail.
     *
     * @param reference {@code NAME} or {@code NAME[option=value, ...]}; a name with a slash is the path of a file
     * @throws ConfigurationException naming the place of the first thing that is wrong
     */
    public FilterDefinition filter(String reference) {
        return filter(reference, Map.of());
    }

    /**
     * Reads a filter without a jail, with further parameters.
     *
     * @param reference as in {@link #filter(String)}
     * @param parameters added to those of the reference
     */
    public FilterDefinition filter(String reference, Map<String, String> parameters) {
        OptionSyntax syntax;
        try {
            OptionSyntax written = OptionSyntax.parse(reference);
            Map<String, String> all = new LinkedHashMap<>(written.parameters());
            all.putAll(parameters);
            syntax = new OptionSyntax(written.name(), all);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("filter " + e.getMessage(), e);
        }
        return filterReader(syntax).read(Map.of());
    }

    /**
     * Whether a filter is asked to judge the journal's lines, which have no date in their text.
     *
     * @param reference as in {@link #filter(String)}
     */
    public static boolean readsJournal(String reference) {
        return OptionSyntax.parse(reference)
                .parameters()
                .getOrDefault("logtype", "")
                .equals("journal");
    }

    private FilterReader filterReader(OptionSyntax reference) {
        String name = reference.name();
        if (name.indexOf('/') >= 0) {
            return explicitReader(reference, explicitFile(name));
        }
        String bare = name.replaceFirst("\\.(?:conf|local)$", "");
        Path filters = directory.resolve("filter.d");
        if (!Files.exists(filters.resolve(bare + ".conf")) && !Files.exists(filters.resolve(bare + ".local"))) {
            throw new ConfigurationException(filters.resolve(bare + ".conf") + ": there is no filter '" + bare + "'"
                    + NearestName.suggestion(bare, filterNames()));
        }
        return FilterReader.open(loader, directory, new OptionSyntax(bare, reference.parameters()), false);
    }

    /** A file in a folder {@code filter.d} is read with its companions, as there; any other by itself. */
    private FilterReader explicitReader(OptionSyntax reference, Path file) {
        Path folder = file.getParent();
        Path root = folder == null ? null : folder.getParent();
        if (folder != null && root != null && folder.endsWith("filter.d")) {
            String bare = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
            return FilterReader.open(loader, root, new OptionSyntax(bare, reference.parameters()), false);
        }
        return FilterReader.of(reference, loader.loadFiles(List.of(file)), false);
    }

    private static Path explicitFile(String name) {
        for (String candidate : List.of(name, name + ".conf", name + ".local")) {
            if (Files.isRegularFile(Path.of(candidate))) {
                return Path.of(candidate).toAbsolutePath();
            }
        }
        throw new ConfigurationException(name + ": there is no such filter file");
    }

    /** Loaded anew for each use: reading a jail adds the filter's options to its section. */
    private IniTree jails() {
        IniTree tree = loader.load(directory, "jail");
        if (tree == null) {
            throw new ConfigurationException(directory.resolve("jail.conf")
                    + ": there is no such file; name a fail2ban directory, such as /etc/fail2ban");
        }
        tree.addDefaults(
                Map.of("fail2ban_version", FOLLOWED_VERSION, "fail2ban_confpath", directory.toString()),
                new IniValue("", directory.resolve("jail.conf"), 1));
        return tree;
    }
}
