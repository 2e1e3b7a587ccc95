package org.ipspipeline.ips.match.scan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prepares literals for looking: with Hyperscan where it is there, in Java otherwise. */
public final class LiteralDatabases {

    /**
     * The system property that names a directory in which compiled databases are kept, this user's alone; it is made if need be. Without the
     * property, every process compiles its own.
     */
    public static final String CACHE_PROPERTY = "ips.cache";

    private LiteralDatabases() {}

    /** Opened when the first database is asked for. */
    private static final class Cache {
        static final @Nullable DatabaseCache INSTANCE = DatabaseCache.ofProperty(CACHE_PROPERTY);
    }

    /**
     * Prepares literals.
     *
     * @param literals the number of each is its index; at least one
     * @return a database for them
     */
    public static ScanDatabase of(List<Expression> literals) {
        if (Hyperscan.problem() != null) {
            return portable(literals);
        }
        try {
            DatabaseCache cache = Cache.INSTANCE;
            return cache == null
                    ? HyperscanDatabase.compile(literals, HyperscanDatabase.Kind.LITERALS)
                    : cache.database(literals, HyperscanDatabase.Kind.LITERALS);
        } catch (ExpressionException e) {
            throw new IllegalArgumentException("literal " + e.index() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Prepares literals for looking in Java alone.
     *
     * @param literals the number of each is its index
     * @return a database for them
     */
    public static ScanDatabase portable(List<Expression> literals) {
        return new PortableDatabase(literals);
    }
}
