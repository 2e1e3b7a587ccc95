package org.ipspipeline.ips.store;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ips.address.AddressPrefix;
import org.sqlite.SQLiteConfig;

/** Reads the bans in force from fail2ban's own database, of its schema 4 (0.11 to 1.1). It is not changed. */
public final class Fail2banDatabase {

    /** Where Debian's fail2ban has it. */
    public static final Path DEFAULT = Path.of("/var/lib/fail2ban/fail2ban.sqlite3");

    private static final int BUSY_MILLIS = 5_000;

    private Fail2banDatabase() {}

    /**
     * What was read.
     *
     * @param bans in force
     * @param skipped bans of what is no address
     */
    public record Bans(List<StoredBan> bans, int skipped) {

        /** Copies the list. */
        public Bans {
            bans = List.copyOf(bans);
        }
    }

    /**
     * Reads the bans that have not ended.
     *
     * @param file the database
     * @param nowMillis the time, in milliseconds since 1970
     * @return the bans
     * @throws StoreException if there is none, or it cannot be read
     */
    public static Bans read(Path file, long nowMillis) throws StoreException {
        if (!Files.isRegularFile(file)) {
            throw new StoreException(
                    file + ": there is no such database; name fail2ban's dbfile with --from",
                    new NoSuchFileException(file.toString()));
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        long now = TimeUnit.MILLISECONDS.toSeconds(nowMillis);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
                PreparedStatement query = connection.prepareStatement("SELECT jail, ip, timeofban, bantime, bancount"
                        + " FROM bips WHERE bantime < 0 OR timeofban + bantime > ?")) {
            query.setLong(1, now);
            List<StoredBan> bans = new ArrayList<>();
            int skipped = 0;
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    AddressPrefix prefix = AddressPrefix.parse(String.valueOf(row.getString(2)));
                    if (prefix == null) {
                        skipped++;
                        continue;
                    }
                    long since = TimeUnit.SECONDS.toMillis(row.getLong(3));
                    long length = row.getLong(4);
                    long until = length < 0 ? Long.MAX_VALUE : since + TimeUnit.SECONDS.toMillis(length);
                    bans.add(new StoredBan(row.getString(1), prefix, since, until, 0, Math.max(row.getInt(5), 1)));
                }
            }
            return new Bans(bans, skipped);
        } catch (SQLException refused) {
            throw new StoreException(
                    file + ": cannot be read as fail2ban's database: " + refused.getMessage(), refused);
        }
    }

    /**
     * Adds the bans in force of fail2ban's database to ours; where both have one, the later end holds.
     *
     * @param from fail2ban's
     * @param into the directory of ours, which no daemon may be using
     * @return what was read
     * @throws StoreException if one of them cannot be used
     */
    public static Bans importInto(Path from, Path into) throws StoreException {
        Bans read = read(from, System.currentTimeMillis());
        BanDatabase database = BanDatabase.open(into);
        try (database) {
            record Key(String jail, AddressPrefix prefix) {}
            Map<Key, Long> ends = new HashMap<>();
            for (StoredBan ban : database.bans(System.currentTimeMillis())) {
                ends.put(new Key(ban.jail(), ban.prefix()), ban.untilMillis());
            }
            List<BanChange> changes = new ArrayList<>();
            for (StoredBan ban : read.bans()) {
                if (ends.getOrDefault(new Key(ban.jail(), ban.prefix()), 0L) < ban.untilMillis()) {
                    changes.add(new BanChange(ban, false));
                }
            }
            database.apply(changes);
            return read;
        } catch (SQLException refused) {
            throw new StoreException(BanDatabase.explain(database.file(), refused), refused);
        }
    }
}
