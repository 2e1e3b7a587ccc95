package org.ipspipeline.ips.jail;

import java.util.List;
import org.ipspipeline.ips.match.AddressRecords;
import org.ipspipeline.ips.source.LineSource;

/**
 * A source of binary address records, each a failure, all of one jail.
 *
 * @param source where the records come from
 * @param jail the jail's number
 */
public record RecordFeed(LineSource source, int jail) implements Feed {

    /**
     * {@return a feed a source}
     *
     * @param sources where records come from
     * @param jail the jail's number
     */
    public static List<Feed> of(List<LineSource> sources, int jail) {
        return sources.stream()
                .<Feed>map(source -> new RecordFeed(source, jail))
                .toList();
    }

    @Override
    public Judge judge(int worker) {
        return new AddressRecords()::match;
    }

    @Override
    public boolean ordered() {
        return false;
    }

    @Override
    public int jail(int pattern) {
        return jail;
    }

    @Override
    public boolean serves(int number) {
        return number == jail;
    }
}
