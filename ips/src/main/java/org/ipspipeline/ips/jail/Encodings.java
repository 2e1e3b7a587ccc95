package org.ipspipeline.ips.jail;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Encodings by the names that Python takes: case, hyphens, underscores and spaces do not matter. */
final class Encodings {

    private Encodings() {}

    /**
     * Finds an encoding.
     *
     * @param name such as {@code latin-1}, {@code utf_8} or {@code ISO-8859-15}
     * @return the encoding; null if it is not known
     */
    static @Nullable Charset named(String name) {
        String wanted = plain(name);
        return Charset.availableCharsets().values().stream()
                .filter(each -> Stream.concat(Stream.of(each.name()), each.aliases().stream())
                        .anyMatch(known -> plain(known).equals(wanted)))
                .findFirst()
                .orElse(null);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
