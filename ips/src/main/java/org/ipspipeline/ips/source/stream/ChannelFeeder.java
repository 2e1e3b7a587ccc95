package org.ipspipeline.ips.source.stream;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/** Reads one stream to its end. */
final class ChannelFeeder implements Feeder {

    private final StreamReader reader;
    private final ReadableByteChannel stream;
    private volatile String state = "reading";

    ChannelFeeder(StreamReader reader, ReadableByteChannel stream) {
        this.reader = reader;
        this.stream = stream;
    }

    @Override
    public void feed() throws IOException, InterruptedException {
        reader.readToEnd(stream);
        state = "ended";
    }

    @Override
    public String state() {
        return state;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
