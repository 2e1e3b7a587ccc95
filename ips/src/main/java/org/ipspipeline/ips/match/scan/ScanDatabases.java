package org.ipspipeline.ips.match.scan;

import java.util.List;

/** Makes databases: by Hyperscan where it can be trusted, in Java alone elsewhere. */
public final class ScanDatabases {

    private ScanDatabases() {}

    /**
     * Compiles literals; the number of each is its index.
     *
     * @param literals at least one
     * @return what {@link ScanDatabase#engine()} names
     */
    public static ScanDatabase ofLiterals(List<Expression> literals) {
        return Hyperscan.problem() == null ? HyperscanDatabase.compile(literals) : new PortableDatabase(literals);
    }
}
