package org.ipspipeline.bpf;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.ipspipeline.bpf.kernel.BpfMap;
import org.ipspipeline.bpf.kernel.MapDefinition;
import org.ipspipeline.bpf.object.ObjectFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All maps of the program: made, or taken over from the pins of a process before this one. */
final class FilterMaps implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FilterMaps.class);
    private static final String SETTINGS = "settings";
    private static final String COUNTERS = "counters";
    private static final String PORTS = "ports";

    private final Map<String, BpfMap> maps = new HashMap<>();
    private final EnumMap<FilterMap, BpfMap> prefixes = new EnumMap<>(FilterMap.class);

    private FilterMaps() {}

    /**
     * Opens the maps that are pinned and makes those that are not. Where a pinned map has another capacity or layout than
     * now asked for, a new one takes its place, with its entries as far as they mean the same.
     */
    static FilterMaps open(ObjectFile object, XdpOptions options, @Nullable Pins pins) {
        FilterMaps opened = new FilterMaps();
        try {
            for (MapDefinition definition : object.maps().values()) {
                MapDefinition wanted = definition.withMaxEntries(capacity(definition, options));
                opened.maps.put(wanted.name(), openOrMake(wanted, pins));
            }
            for (FilterMap map : FilterMap.values()) {
                opened.prefixes.put(map, opened.named(map.mapName()));
            }
            return opened;
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
    }

    private static int capacity(MapDefinition definition, XdpOptions options) {
        return switch (definition.name()) {
            case "bans4", "bans6", "networks6" -> options.maxBans();
            case "port_bans" -> options.maxPortBans();
            case "prefixes4", "prefixes6", "port_prefixes" -> options.maxPrefixes();
            case "allowed4", "allowed6" -> options.maxAllowed();
            default -> definition.maxEntries();
        };
    }

    private static BpfMap openOrMake(MapDefinition wanted, @Nullable Pins pins) {
        BpfMap pinned = pins == null ? null : BpfMap.openPinned(pins.map(wanted.name()));
        if (pinned == null) {
            return BpfMap.create(wanted);
        }
        if (pinned.definition().hasLayoutOf(wanted) && pinned.definition().maxEntries() == wanted.maxEntries()) {
            return pinned;
        }
        try (pinned) {
            BpfMap made = BpfMap.create(wanted);
            if (pinned.definition().hasLayoutOf(wanted)) {
                int lost = MapCopy.copy(pinned, made);
                if (lost > 0) {
                    LOG.warn("{}: {} entries of before do not fit into {}", wanted.name(), lost, wanted.maxEntries());
                }
            } else {
                LOG.warn("{}: the entries of another version are left behind", wanted.name());
            }
            return made;
        }
    }

    /** Pins the maps that are not yet, in the place of those of before. */
    void pin(Pins pins) throws IOException {
        for (Map.Entry<String, BpfMap> entry : maps.entrySet()) {
            String path = pins.map(entry.getKey());
            int pinnedId;
            try (BpfMap pinned = BpfMap.openPinned(path)) {
                pinnedId = pinned == null ? 0 : pinned.id();
            }
            if (pinnedId != entry.getValue().id()) {
                Pins.remove(path);
                entry.getValue().pin(path);
                pins.made(path);
            }
        }
    }

    /** By the name in the C source, for linking. */
    Map<String, BpfMap> byName() {
        return maps;
    }

    BpfMap of(FilterMap map) {
        return Objects.requireNonNull(prefixes.get(map));
    }

    BpfMap settings() {
        return named(SETTINGS);
    }

    BpfMap counters() {
        return named(COUNTERS);
    }

    BpfMap ports() {
        return named(PORTS);
    }

    private BpfMap named(String name) {
        BpfMap map = maps.get(name);
        if (map == null) {
            throw new IllegalStateException("the program has no map '" + name + "'");
        }
        return map;
    }

    @Override
    public void close() {
        maps.values().forEach(BpfMap::close);
    }
}
