package org.ipspipeline.ips.configuration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a jail does to ban, as its configuration names it.
 *
 * @param name the action's name, such as {@code nftables}
 * @param parameters what the jail gives in brackets, in order
 * @param options the definition of {@code action.d} with its tags replaced, the parameters included ({@code actionban},
 *     {@code actionunban}, ...); tags that only a ban fills, such as {@code <ip>}, stay. Empty where no definition was read
 */
public record Action(String name, Map<String, String> parameters, Map<String, String> options) {

    /** Copies the maps. */
    public Action {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
