package org.ipspipeline.ips.match.scan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * Looks for literals in Java alone, where there is no Hyperscan: the automaton of Aho and Corasick as one table, a step a byte
 * whatever the number of literals.
 */
final class LiteralAutomaton {

    private static final int ALPHABET = 256;

    private final int[] table;
    /** Which literals end in each state. */
    private final int[][] found;

    private LiteralAutomaton(int[] table, int[][] found) {
        this.table = table;
        this.found = found;
    }

    /** The number of a literal is its index; those that are not of the given kind are left out. */
    static LiteralAutomaton of(List<Expression> literals, boolean caseless) {
        List<int[]> next = new ArrayList<>();
        List<List<Integer>> ends = new ArrayList<>();
        addState(next, ends);
        for (int id = 0; id < literals.size(); id++) {
            if (literals.get(id).isCaseless() != caseless) {
                continue;
            }
            int state = 0;
            for (byte value : literals.get(id).text()) {
                int symbol = caseless ? lower(value & 0xFF) : value & 0xFF;
                if (next.get(state)[symbol] < 0) {
                    next.get(state)[symbol] = addState(next, ends);
                }
                state = next.get(state)[symbol];
            }
            ends.get(state).add(id);
        }
        complete(next, ends);
        int[] table = new int[next.size() * ALPHABET];
        for (int state = 0; state < next.size(); state++) {
            for (int symbol = 0; symbol < ALPHABET; symbol++) {
                int from = caseless ? lower(symbol) : symbol;
                table[state * ALPHABET + symbol] = next.get(state)[from] * ALPHABET;
            }
        }
        int[][] found = ends.stream()
                .map(ids -> ids.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        return new LiteralAutomaton(table, found);
    }

    private static int addState(List<int[]> next, List<List<Integer>> ends) {
        int[] none = new int[ALPHABET];
        Arrays.fill(none, -1);
        next.add(none);
        ends.add(new ArrayList<>());
        return next.size() - 1;
    }

    /** Where no literal goes on, the longest end of what was read that begins a literal does. */
    private static void complete(List<int[]> next, List<List<Integer>> ends) {
        int[] fallback = new int[next.size()];
        Queue<Integer> queue = new ArrayDeque<>();
        for (int symbol = 0; symbol < ALPHABET; symbol++) {
            int state = next.get(0)[symbol];
            if (state < 0) {
                next.get(0)[symbol] = 0;
            } else {
                queue.add(state);
            }
        }
        for (Integer state = queue.poll(); state != null; state = queue.poll()) {
            ends.get(state).addAll(ends.get(fallback[state]));
            for (int symbol = 0; symbol < ALPHABET; symbol++) {
                int child = next.get(state)[symbol];
                int other = next.get(fallback[state])[symbol];
                if (child < 0) {
                    next.get(state)[symbol] = other;
                } else {
                    fallback[child] = other;
                    queue.add(child);
                }
            }
        }
    }

    private static int lower(int value) {
        return value >= 'A' && value <= 'Z' ? value | 0x20 : value;
    }

    int step(int state, byte value) {
        return table[state + (value & 0xFF)];
    }

    boolean isEnd(int state) {
        return found[state / ALPHABET].length > 0;
    }

    /** Reports the literals that end here; false where the hits became full. */
    boolean report(int state, int end, Hits hits) {
        for (int id : found[state / ALPHABET]) {
            if (hits.onMatch(id, 0, end, 0, 0) == Hits.STOP) {
                return false;
            }
        }
        return true;
    }
}
