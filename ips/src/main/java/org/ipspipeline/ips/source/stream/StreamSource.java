package org.ipspipeline.ips.source.stream;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.nio.channels.ReadableByteChannel;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceMeter;

/** A stream that is read to its end, after which the source is exhausted. */
public final class StreamSource {

    private StreamSource() {}

    /**
     * Begins to read.
     *
     * @param name the source as the operator wrote it
     * @param stream blocks while there is nothing; closed with the source
     * @param doorbell rung when there are lines
     * @param maxLineLength bytes of a line that are kept
     * @return the source
     */
    public static LineSource of(String name, ReadableByteChannel stream, Doorbell doorbell, int maxLineLength) {
        final SourceMeter meter = new SourceMeter();
        final LineHandover handover = new LineHandover(doorbell, maxLineLength);
        final StreamReader reader = new StreamReader(handover, meter, maxLineLength);
        return new FedSource(name, meter, handover, new ChannelFeeder(reader, stream));
    }

    /** Reads the standard input of this process. */
    public static LineSource standardInput(String name, Doorbell doorbell, int maxLineLength) {
        return of(name, new FileInputStream(FileDescriptor.in).getChannel(), doorbell, maxLineLength);
    }
}
