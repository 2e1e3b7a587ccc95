package org.ipspipeline.ips.configuration;

import java.util.Collection;
import java.util.Comparator;

/** Finds what somebody meant who wrote a name that does not exist. */
final class NearestName {

    private NearestName() {}

    /**
     * A clause for an error message.
     *
     * @param written the wrong name
     * @param known the right ones
     * @return {@code ; did you mean 'x'?} or, where nothing is near, nothing
     */
    static String suggestion(String written, Collection<String> known) {
        int limit = Math.max(1, written.length() / 3);
        return known.stream()
                .filter(name -> distance(written, name) <= limit)
                .min(Comparator.comparingInt(name -> distance(written, name)))
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
    }

    /** The least number of characters to insert, remove, replace or swap with their neighbour. */
    private static int distance(String a, String b) {
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    distances[i][j] = i + j;
                    continue;
                }
                int replaced = distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                distances[i][j] = Math.min(replaced, Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    distances[i][j] = Math.min(distances[i][j], distances[i - 2][j - 2] + 1);
                }
            }
        }
        return distances[a.length()][b.length()];
    }
}
