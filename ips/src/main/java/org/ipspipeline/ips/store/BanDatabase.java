package org.ipspipeline.ips.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.ipspipeline.ips.address.AddressPrefix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The tables: bans in force, and what is remembered of those that ended. Write-ahead logging without waiting for the disk: the
 * end of this process loses nothing that was committed, that of the machine perhaps the last transactions, and neither the
 * file. Held for this process alone. For one thread.
 */
final class BanDatabase implements AutoCloseable {

    static final String NAME = "bans.sqlite3";

    private static final Logger LOG = LoggerFactory.getLogger(BanDatabase.class);
    private static final int VERSION = 1;
    private static final int BUSY_MILLIS = 2_000;

    /** Pages given back to the file system at once. */
    private static final int VACUUM_PAGES = 1_000;

    private static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS bans (
                jail TEXT NOT NULL, high INTEGER NOT NULL, low INTEGER NOT NULL, length INTEGER NOT NULL,
                since INTEGER NOT NULL, until INTEGER NOT NULL, failures INTEGER NOT NULL, times INTEGER NOT NULL,
                PRIMARY KEY (low, high, length, jail)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS history (
                jail TEXT NOT NULL, high INTEGER NOT NULL, low INTEGER NOT NULL, length INTEGER NOT NULL,
                since INTEGER NOT NULL, until INTEGER NOT NULL, failures INTEGER NOT NULL, times INTEGER NOT NULL,
                PRIMARY KEY (low, high, length, jail)) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS history_since ON history (since);
            """;

    private static final String COLUMNS = "(jail, high, low, length, since, until, failures, times)";
    private static final String KEY = "low = ? AND high = ? AND length = ? AND jail = ?";

    private final Path file;
    private Connection connection;

    private BanDatabase(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens the database of a directory, or makes it. One that is broken is put aside under another name, and a new one takes its
     * place.
     *
     * @throws StoreException if it is another process's, or the directory cannot be written
     */
    static BanDatabase open(Path directory) throws StoreException {
        Path file = directory.resolve(NAME);
        try {
            Files.createDirectories(directory);
            try {
                return new BanDatabase(file, connect(file));
            } catch (SQLException broken) {
                if (!isBroken(broken)) {
                    throw broken;
                }
                Path aside = putAside(file);
                LOG.error("{}: is broken ({}); it is {} now, and bans begin anew", file, brief(broken), aside);
                return new BanDatabase(file, connect(file));
            }
        } catch (SQLException refused) {
            throw new StoreException(explain(file, refused), refused);
        } catch (IOException refused) {
            throw new StoreException(
                    directory + ": the state directory cannot be used: "
                            + refused.getClass().getSimpleName() + ": " + refused.getMessage(),
                    refused);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            // Only a database without tables takes it, so before anything is written.
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            requireSound(statement);
            int version = number(statement, "PRAGMA user_version");
            if (version > VERSION) {
                throw new SQLException("was written by a newer version of this program");
            }
            for (String command : SCHEMA.split(";\n", -1)) {
                if (!command.isBlank()) {
                    statement.execute(command);
                }
            }
            statement.execute("PRAGMA user_version = " + VERSION);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException refused) {
            connection.close();
            throw refused;
        }
    }

    private static void requireSound(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
            String verdict = result.next() ? result.getString(1) : "no answer";
            if (!verdict.equals("ok")) {
                throw new SQLiteException(verdict, SQLiteErrorCode.SQLITE_CORRUPT);
            }
        }
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    private static boolean isBroken(SQLException failure) {
        if (!(failure instanceof SQLiteException sqlite)) {
            return false;
        }
        int code = sqlite.getResultCode().code & 0xFF;
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    private static Path putAside(Path file) throws IOException {
        Path aside = file.resolveSibling(NAME + ".broken-" + System.currentTimeMillis());
        Files.move(file, aside);
        for (String suffix : new String[] {"-wal", "-shm"}) {
            Path more = file.resolveSibling(NAME + suffix);
            if (Files.exists(more)) {
                Files.move(more, aside.resolveSibling(aside.getFileName() + suffix));
            }
        }
        return aside;
    }

    /** What a failure means, in one line. */
    static String explain(Path file, SQLException failure) {
        if (failure instanceof SQLiteException sqlite) {
            int code = sqlite.getResultCode().code & 0xFF;
            if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
                return file + ": another process uses it; end that daemon, or name another directory with --state";
            }
            if (code == SQLiteErrorCode.SQLITE_FULL.code) {
                return file + ": the disk is full; make room on it";
            }
            if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code || code == SQLiteErrorCode.SQLITE_READONLY.code) {
                return file + ": may not be written; give this user the directory, or name another with --state";
            }
        }
        return file + ": " + brief(failure);
    }

    private static String brief(SQLException failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\s*\n\\s*", " ");
    }

    Path file() {
        return file;
    }

    /** Begins anew after a failure, of which it is not known what is left undone. */
    void reconnect() throws SQLException {
        connection.close();
        connection = connect(file);
    }

    /** Makes changes in their order, all or none of them. */
    void apply(Collection<BanChange> changes) throws SQLException {
        transaction(() -> {
            try (PreparedStatement put = connection.prepareStatement(put("bans"));
                    PreparedStatement remove = connection.prepareStatement("DELETE FROM bans WHERE " + KEY);
                    PreparedStatement remember = connection.prepareStatement(put("history"))) {
                boolean ending = false;
                for (BanChange change : changes) {
                    if (change.ended() != ending) {
                        put.executeBatch();
                        remove.executeBatch();
                        ending = change.ended();
                    }
                    if (change.ended()) {
                        bindKey(remove, change.ban());
                        remove.addBatch();
                        bind(remember, change.ban());
                        remember.addBatch();
                    } else {
                        bind(put, change.ban());
                        put.addBatch();
                    }
                }
                put.executeBatch();
                remove.executeBatch();
                remember.executeBatch();
            }
        });
    }

    /** Puts these in place of all bans. */
    void replace(Collection<StoredBan> bans) throws SQLException {
        transaction(() -> {
            try (Statement statement = connection.createStatement();
                    PreparedStatement put = connection.prepareStatement(put("bans"))) {
                statement.executeUpdate("DELETE FROM bans");
                for (StoredBan ban : bans) {
                    bind(put, ban);
                    put.addBatch();
                }
                put.executeBatch();
            }
        });
    }

    /** Bans that end after a moment, the longest lasting first. */
    List<StoredBan> bans(long afterMillis) throws SQLException {
        return select(
                "SELECT jail, high, low, length, since, until, failures, times FROM bans WHERE until > ?"
                        + " ORDER BY until DESC",
                afterMillis);
    }

    /** Ended bans that began after a moment. */
    List<StoredBan> history(long afterMillis) throws SQLException {
        return select(
                "SELECT jail, high, low, length, since, until, failures, times FROM history WHERE since > ?",
                afterMillis);
    }

    private List<StoredBan> select(String query, long millis) throws SQLException {
        List<StoredBan> bans = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, millis);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    bans.add(new StoredBan(
                            row.getString(1),
                            new AddressPrefix(row.getLong(2), row.getLong(3), row.getInt(4)),
                            row.getLong(5),
                            row.getLong(6),
                            row.getInt(7),
                            row.getInt(8)));
                }
            }
        }
        connection.rollback();
        return bans;
    }

    /**
     * Moves bans that are over to the history, forgets what is too old or too much, and gives pages back.
     *
     * @return how many were forgotten
     */
    int purge(long nowMillis, long rememberedMillis, int maxHistory) throws SQLException {
        int[] forgotten = {0};
        transaction(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(
                        "INSERT OR REPLACE INTO history SELECT * FROM bans WHERE until <= " + nowMillis);
                statement.executeUpdate("DELETE FROM bans WHERE until <= " + nowMillis);
                forgotten[0] =
                        statement.executeUpdate("DELETE FROM history WHERE since <= " + (nowMillis - rememberedMillis));
                int surplus = number(statement, "SELECT count(*) FROM history") - maxHistory;
                if (surplus > 0) {
                    forgotten[0] +=
                            statement.executeUpdate("DELETE FROM history WHERE since <= (SELECT since FROM history"
                                    + " ORDER BY since LIMIT 1 OFFSET " + (surplus - 1) + ")");
                }
            }
        });
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA incremental_vacuum(" + VACUUM_PAGES + ")");
        } finally {
            connection.setAutoCommit(false);
        }
        return forgotten[0];
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void transaction(Work work) throws SQLException {
        try {
            work.run();
            connection.commit();
        } catch (SQLException failure) {
            try {
                connection.rollback();
            } catch (SQLException alreadyOver) {
                failure.addSuppressed(alreadyOver);
            }
            throw failure;
        }
    }

    private static String put(String table) {
        return "INSERT OR REPLACE INTO " + table + " " + COLUMNS + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    }

    private static void bind(PreparedStatement statement, StoredBan ban) throws SQLException {
        statement.setString(1, ban.jail());
        statement.setLong(2, ban.prefix().high());
        statement.setLong(3, ban.prefix().low());
        statement.setInt(4, ban.prefix().length());
        statement.setLong(5, ban.sinceMillis());
        statement.setLong(6, ban.untilMillis());
        statement.setInt(7, ban.failures());
        statement.setInt(8, ban.times());
    }

    private static void bindKey(PreparedStatement statement, StoredBan ban) throws SQLException {
        statement.setLong(1, ban.prefix().low());
        statement.setLong(2, ban.prefix().high());
        statement.setInt(3, ban.prefix().length());
        statement.setString(4, ban.jail());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
