package org.ipspipeline.ips.jail;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.ipspipeline.ips.match.AddressLines;
import org.ipspipeline.ips.source.LineSource;

/** A source of which every line is a failure of the client whose address it holds, all of one jail. */
public final class AddressFeed implements Feed {

    private final LineSource source;
    private final Supplier<AddressLines> kind;
    private final int jail;
    private final Map<Integer, AddressLines> byWorker = new ConcurrentHashMap<>();

    private AddressFeed(LineSource source, Supplier<AddressLines> kind, int jail) {
        this.source = source;
        this.kind = kind;
        this.jail = jail;
    }

    /**
     * {@return a feed a source}
     *
     * @param sources where lines come from
     * @param kind makes for a worker what finds the addresses
     * @param jail the jail's number
     */
    public static List<Feed> of(List<LineSource> sources, Supplier<AddressLines> kind, int jail) {
        return sources.stream()
                .<Feed>map(source -> new AddressFeed(source, kind, jail))
                .toList();
    }

    @Override
    public LineSource source() {
        return source;
    }

    @Override
    public Judge judge(int worker) {
        return byWorker.computeIfAbsent(worker, number -> kind.get())::match;
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

    @Override
    public long malformed() {
        return byWorker.values().stream().mapToLong(AddressLines::malformed).sum();
    }
}
