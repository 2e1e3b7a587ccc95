package org.ipspipeline.ips.filter;

import java.util.Locale;

/** What a filter does with a host name where an address is expected. */
public enum UseDns {
    /** Resolves the name. */
    YES,
    /** Resolves the name and says so in the log. */
    WARN,
    /** Does not resolve it: such a failure is counted as without address. {@code <HOST>} matches addresses only. */
    NO,
    /** Takes the text as it stands for the identity of the failure. */
    RAW;

    /**
     * Reads fail2ban's option {@code usedns}.
     *
     * @param text {@code yes}, {@code warn}, {@code no} or {@code raw}, in any case
     * @throws IllegalArgumentException whose message lists what is allowed
     */
    public static UseDns parse(String text) {
        for (UseDns value : values()) {
            if (value.name().equals(text.strip().toUpperCase(Locale.ROOT))) {
                return value;
            }
        }
        throw new IllegalArgumentException("usedns is '" + text + "': it takes yes, warn, no or raw");
    }
}
