package org.ipspipeline.benchmarks.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ipspipeline.ipc.FullPolicy;
import org.ipspipeline.ipc.LineHandler;
import org.ipspipeline.ipc.RangeReader;
import org.ipspipeline.ipc.Ring;
import org.ipspipeline.ipc.RingOptions;
import org.ipspipeline.ipc.RingReader;
import org.ipspipeline.ipc.SegmentWriter;
import org.ipspipeline.ipc.StartPosition;
import org.ipspipeline.ipc.WaitStrategies;
import org.ipspipeline.ipc.WaitStrategy;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A mechanism of {@link IpcPeer}, as its writer and its readers use it. */
final class Transport {

    static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int SLOTS = 8192;
    private static final int MOST_READERS = 4;
    private static final int BATCH = 256;

    /** Where lines go. */
    interface Sender extends AutoCloseable {
        void send(byte[] line);

        @Override
        void close();
    }

    /** Where lines come from. */
    interface Receiver extends AutoCloseable {
        /** Takes what there is, waiting for it asleep; false after some quiet. */
        boolean receive(LineHandler taker);

        @Override
        void close();
    }

    private Transport() {}

    static Sender ringSender(Path directory, int lineSize) {
        Ring ring = Ring.create(
                directory.resolve("ring"),
                RingOptions.builder()
                        .lines(SLOTS)
                        .lineSize(lineSize)
                        .readers(MOST_READERS)
                        .build());
        SegmentWriter writer = ring.claim(0, FullPolicy.waitUpTo(Duration.ofSeconds(30)));
        return new Sender() {
            @Override
            public void send(byte[] line) {
                if (writer.write(line, 0, line.length, 1) != 1) {
                    throw new IllegalStateException("no reader has read for 30 s");
                }
            }

            @Override
            public void close() {
                ring.close();
            }
        };
    }

    static Receiver ringReceiver(Path directory) {
        Ring ring = Ring.attach(directory.resolve("ring"));
        RingReader reader = ring.join(StartPosition.OLDEST);
        RangeReader range = reader.range(0, 1);
        WaitStrategy wait = WaitStrategies.futex();
        return new Receiver() {
            @Override
            public boolean receive(LineHandler taker) {
                return range.await(wait, QUIET_NANOS) && reader.segment(0).poll(taker, BATCH) > 0;
            }

            @Override
            public void close() {
                ring.close();
            }
        };
    }

    static Sender zeroMqSender(Path directory) throws IOException {
        ZContext context = new ZContext();
        ZMQ.Socket socket = context.createSocket(SocketType.PUB);
        int port = socket.bindToRandomPort("tcp://127.0.0.1");
        Path file = directory.resolve("port.new");
        Files.writeString(file, Integer.toString(port));
        Files.move(file, directory.resolve("port"), StandardCopyOption.ATOMIC_MOVE);
        return new Sender() {
            @Override
            public void send(byte[] line) {
                socket.send(line);
            }

            @Override
            public void close() {
                context.close();
            }
        };
    }

    static Receiver zeroMqReceiver(Path directory) throws IOException {
        String port = Files.readString(directory.resolve("port"), StandardCharsets.UTF_8);
        ZContext context = new ZContext();
        ZMQ.Socket socket = context.createSocket(SocketType.SUB);
        socket.setReceiveTimeOut((int) TimeUnit.NANOSECONDS.toMillis(QUIET_NANOS));
        socket.connect("tcp://127.0.0.1:" + port);
        socket.subscribe(new byte[0]);
        return new Receiver() {
            @Override
            public boolean receive(LineHandler taker) {
                byte[] line = socket.recv();
                if (line == null) {
                    return false;
                }
                taker.onLine(ByteBuffer.wrap(line).order(ByteOrder.LITTLE_ENDIAN), 0, line.length, 1);
                return true;
            }

            @Override
            public void close() {
                context.close();
            }
        };
    }
}
