package org.ipspipeline.ips.filter;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of connections whose failures are told over several lines: such lines share an {@code mlfid}. A line with
 * {@code mlfforget} ends the connection; {@code mlfgained} says that the login succeeded after all. What a line tells is
 * merged with what earlier lines told. Bounded in number and in time; for one thread.
 */
final class ConnectionMemory {

    private static final int MAX_CONNECTIONS = 1000;
    private static final long MAX_AGE_MILLIS = 5 * 60 * 1000;

    private static final String MATCHES = "matches";
    private static final String NO_FAIL_MATCHES = "nofail-matches";
    private static final String NO_FAIL = "nofail";
    private static final String GAINED = "mlfgained";
    private static final String FORGET = "mlfforget";
    private static final String PENDING = "mlfpending";
    private static final String USERS = "users";

    private record Connection(Map<String, @Nullable Object> groups, long deadlineMillis) {}

    private final InstantSource clock;
    private final Map<String, Connection> connections = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Connection> eldest) {
            return size() > MAX_CONNECTIONS;
        }
    };

    ConnectionMemory(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Merges what a line tells with what is known of its connection.
     *
     * @param id the connection's
     * @param told the groups of the line
     * @param lines the line or lines themselves
     * @return what is known now; with {@code nofail} if it is no failure
     */
    Map<String, @Nullable Object> merge(String id, Map<String, @Nullable Object> told, List<String> lines) {
        boolean gained = isSet(told, GAINED);
        if (gained && !isSet(told, NO_FAIL)) {
            told.put(NO_FAIL, told.get(GAINED));
        }
        boolean noFailure = isSet(told, NO_FAIL);
        boolean forget = isSet(told, FORGET);
        told.remove(FORGET);
        Map<String, @Nullable Object> known = find(id);
        Set<String> users = null;
        if (known != null) {
            users = addUser(known, told);
            boolean wasNoFailure = isSet(known, NO_FAIL) || isSet(known, GAINED);
            known.remove(NO_FAIL);
            known.remove(GAINED);
            if (gained) {
                known.remove(PENDING);
            }
            if (!wasNoFailure && !isSet(known, PENDING)) {
                known.remove(MATCHES);
            }
            told.forEach((name, value) -> {
                if (value != null) {
                    known.put(name, value);
                }
            });
            if (forget) {
                connections.remove(id);
            }
        } else if (!forget) {
            users = addUser(told, told);
            connections.remove(id);
            connections.put(id, new Connection(told, clock.millis() + MAX_AGE_MILLIS));
        }
        Map<String, @Nullable Object> merged = known != null ? known : told;
        boolean wasPending = isSet(merged, PENDING);
        merged.remove(PENDING);
        if (wasPending || (users != null && users.size() > 1)) {
            // Something failed before, or several names were tried: a success later on does not undo that.
            merged.remove(NO_FAIL);
            merged.remove(GAINED);
            noFailure = false;
            gained = false;
        }
        mergeLines(merged, lines, noFailure, gained, forget);
        return merged;
    }

    /** Notes that a connection has failed, but that nobody knows yet whose it is. */
    static void setPending(Map<String, @Nullable Object> groups) {
        groups.put(PENDING, "1");
    }

    private @Nullable Map<String, @Nullable Object> find(String id) {
        Connection connection = connections.get(id);
        if (connection == null || connection.deadlineMillis() <= clock.millis()) {
            connections.remove(id);
            return null;
        }
        return connection.groups();
    }

    private static void mergeLines(
            Map<String, @Nullable Object> merged,
            List<String> lines,
            boolean noFailure,
            boolean gained,
            boolean forget) {
        List<String> collected = new ArrayList<>(lines(merged, NO_FAIL_MATCHES));
        if (!noFailure) {
            merged.remove(NO_FAIL_MATCHES);
            collected.addAll(lines(merged, MATCHES));
            if (!gained) {
                collected.addAll(lines);
            }
            merged.put(MATCHES, collected);
        } else if (!forget) {
            collected.addAll(lines);
            merged.put(NO_FAIL_MATCHES, collected);
        }
    }

    @SuppressWarnings("unchecked")
    static List<String> lines(Map<String, @Nullable Object> groups, String name) {
        Object lines = groups.get(name);
        return lines == null ? List.of() : (List<String>) lines;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Set<String> addUser(
            Map<String, @Nullable Object> known, Map<String, @Nullable Object> told) {
        Object user = told.get("user");
        Set<String> users = (Set<String>) known.get(USERS);
        if (!FilterRegex.isEmpty(user)) {
            if (users == null) {
                users = new TreeSet<>();
                known.put(USERS, users);
            }
            users.add(String.valueOf(user));
        }
        return users;
    }

    private static boolean isSet(Map<String, @Nullable Object> groups, String name) {
        return !FilterRegex.isEmpty(groups.get(name));
    }
}
