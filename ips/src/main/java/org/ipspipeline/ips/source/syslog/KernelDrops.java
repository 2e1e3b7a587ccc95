package org.ipspipeline.ips.source.syslog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.ipspipeline.ips.source.LossReason;
import org.ipspipeline.ips.source.SourceMeter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the datagrams that the kernel dropped because a UDP port's queue was full. */
final class KernelDrops {

    private static final Logger LOG = LoggerFactory.getLogger(KernelDrops.class);
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
    private static final int LOCAL_ADDRESS = 1;
    private static final int FEWEST_COLUMNS = 13;

    private final String portSuffix;
    private final SourceMeter meter;
    private long counted;

    KernelDrops(int port, SourceMeter meter) {
        this.portSuffix = String.format(Locale.ROOT, ":%04X", port);
        this.meter = meter;
    }

    /** Counts those that were dropped since the last time. */
    void check() {
        long drops = 0;
        for (Path table : TABLES) {
            try {
                for (String socket : Files.readAllLines(table)) {
                    final String[] columns = socket.strip().split("\\s+", -1);
                    if (columns.length >= FEWEST_COLUMNS && columns[LOCAL_ADDRESS].endsWith(portSuffix)) {
                        drops += Long.parseLong(columns[columns.length - 1]);
                    }
                }
            } catch (IOException | NumberFormatException e) {
                LOG.debug("{} cannot be read", table, e);
            }
        }
        if (drops > counted) {
            meter.lost(LossReason.QUEUE_FULL, drops - counted, 0);
            counted = drops;
        }
    }
}
