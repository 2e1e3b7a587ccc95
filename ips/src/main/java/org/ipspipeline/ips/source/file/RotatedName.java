package org.ipspipeline.ips.source.file;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names that a log gets when it is rotated: {@code auth.log.1}, {@code auth.log-20261124}, {@code auth-20261124.log},
 * {@code auth.log.old}, each of them perhaps compressed. Digits that stand before the extension without anything in between are a date of
 * six digits or more: {@code worker12.log} is a log of its own beside {@code worker1.log}.
 */
final class RotatedName {

    private static final Pattern SUFFIX = Pattern.compile(
            "(?:[._-]?[0-9][0-9T:._-]*|~|[._-](?:old|bak|prev|orig|copy))(?:[._-](?:old|bak|prev|orig|copy))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SHORT_NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final Pattern NUMBER = Pattern.compile("[._-]([0-9]{1,4})");
    private static final Pattern COMPRESSED =
            Pattern.compile(".*\\.(?:gz|bz2|xz|lzma|zst|lz4|lzo|br|Z|zip|7z)(?:[._-]?tmp)?", Pattern.CASE_INSENSITIVE);

    private final String base;
    private final String stem;
    private final String extension;

    /**
     * @param base the log's own name, without its directory
     */
    RotatedName(String base) {
        this.base = base;
        final int dot = base.lastIndexOf('.');
        this.stem = dot > 0 ? base.substring(0, dot) : base;
        this.extension = dot > 0 ? base.substring(dot) : "";
    }

    /** Whether a name says that its content is compressed. */
    static boolean isCompressed(String name) {
        return COMPRESSED.matcher(name).matches();
    }

    /** Whether a name is one of this log's after a rotation, compressed ones left out. */
    boolean isRotated(String name) {
        return !isCompressed(name) && suffixOf(name) != null;
    }

    /**
     * Finds the log of which a name is one after a rotation.
     *
     * @param name of a file that is not compressed
     * @param others the names of the logs that there are in the same directory
     * @return the log's; null if the name is none of theirs
     */
    static @Nullable String logOf(String name, Set<String> others) {
        final int dot = name.lastIndexOf('.');
        for (int end = name.length() - 1; end > 0; end--) {
            final String base = name.substring(0, end);
            if (others.contains(base) && new RotatedName(base).isRotated(name)) {
                return base;
            }
            final String without = dot > end ? base + name.substring(dot) : "";
            if (others.contains(without) && new RotatedName(without).isRotated(name)) {
                return without;
            }
        }
        return null;
    }

    /**
     * The number in a rotated name, such as 2 in {@code auth.log.2}: the higher, the older. Dates are no such numbers.
     *
     * @return the number, or -1 if the name has none
     */
    int numberIn(String name) {
        final String suffix = suffixOf(name);
        if (suffix == null) {
            return -1;
        }
        final Matcher number = NUMBER.matcher(suffix);
        return number.matches() ? Integer.parseInt(number.group(1)) : -1;
    }

    private @Nullable String suffixOf(String name) {
        if (name.length() > base.length() && name.startsWith(base)) {
            final String suffix = name.substring(base.length());
            return SUFFIX.matcher(suffix).matches() ? suffix : null;
        }
        final int middle = name.length() - stem.length() - extension.length();
        if (middle > 0 && !extension.isEmpty() && name.startsWith(stem) && name.endsWith(extension)) {
            final String suffix = name.substring(stem.length(), stem.length() + middle);
            return SUFFIX.matcher(suffix).matches()
                            && !SHORT_NUMBER.matcher(suffix).matches()
                    ? suffix
                    : null;
        }
        return null;
    }
}
