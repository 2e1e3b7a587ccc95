package org.ipspipeline.ips.match.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps compiled databases on the disk: compiling thousands of literals takes a second, reading them back some milliseconds. A file's name
 * is the hash of all that its content depends on. Whatever goes wrong with a file costs its compilation, nothing else.
 *
 * <p>Safe for use by any number of threads and processes.
 */
final class DatabaseCache {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCache.class);

    /** Changes whenever what is compiled from the same expressions does. */
    private static final int FORMAT = 1;

    private static final int MAX_FILES = 64;
    private static final long MAX_BYTES = 64 << 20;

    private final CacheDirectory directory;
    private final AtomicLong compiled = new AtomicLong();

    DatabaseCache(CacheDirectory directory) {
        this.directory = directory;
    }

    /** The cache in the directory that a system property names, or null where none is to be used or it cannot be. */
    static @Nullable DatabaseCache ofProperty(String property) {
        String path = System.getProperty(property, "");
        if (path.isEmpty()) {
            return null;
        }
        try {
            return new DatabaseCache(CacheDirectory.open(Path.of(path), MAX_FILES, MAX_BYTES));
        } catch (IOException | InvalidPathException | UnsupportedOperationException refused) {
            LOG.warn("compiled patterns are not kept: {}", refused.getMessage());
            return null;
        }
    }

    /**
     * Finds a database, or compiles and keeps it.
     *
     * @throws ExpressionException if Hyperscan refuses an expression
     */
    HyperscanDatabase database(List<Expression> expressions, HyperscanDatabase.Kind kind) throws ExpressionException {
        String name = name(expressions, kind);
        byte[] known = directory.read(name);
        if (known != null) {
            try {
                return HyperscanDatabase.deserialize(known);
            } catch (IllegalStateException ofAnotherLibrary) {
                LOG.debug("{}: {} is compiled anew: {}", directory, name, ofAnotherLibrary.getMessage());
            }
        }
        HyperscanDatabase database = HyperscanDatabase.compile(expressions, kind);
        compiled.incrementAndGet();
        try {
            directory.write(name, database.serialize());
        } catch (IOException unwritable) {
            LOG.warn("{}: a compiled database was not kept: {}", directory, unwritable.getMessage());
        }
        return database;
    }

    /** How many databases were not there. */
    long compiled() {
        return compiled.get();
    }

    private static String name(List<Expression> expressions, HyperscanDatabase.Kind kind) {
        MessageDigest digest = sha256();
        Hyperscan library = Hyperscan.instance();
        for (String part : List.of("" + FORMAT, library.version(), library.processor(), kind.name())) {
            update(digest, part.getBytes(StandardCharsets.UTF_8));
        }
        for (Expression expression : expressions) {
            update(digest, expression.text());
            digest.update((byte) (expression.isCaseless() ? 1 : 0));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
