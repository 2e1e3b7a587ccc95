package org.ipspipeline.benchmarks.ring;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.DriverTimeoutException;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Aeron over shared memory: an exclusive publication, whose every message is published on its own. The media driver
 * lives in the reader's process and sleeps most of the time, as it only sets up what the two sides then share.
 */
final class AeronCarrier implements Carrier {

    private static final int STREAM = 1;
    private static final int DRIVER_SLEEP_MILLIS = 1;
    private static final int TERM_LENGTH = BitUtil.findNextPositivePowerOfTwo(CAPACITY * 2 * LINE_SIZE);

    static final String NAME = "aeron";

    @Override
    public List<String> arguments() {
        return List.of(NAME);
    }

    @Override
    public List<String> jvmOptions() {
        return AgronaCarrier.JVM_OPTIONS;
    }

    @Override
    public LineReader reader(Rendezvous place) {
        final String directory = place.path("aeron").toString();
        final MediaDriver driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(directory)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new SleepingMillisIdleStrategy(DRIVER_SLEEP_MILLIS))
                .ipcTermBufferLength(TERM_LENGTH)
                .dirDeleteOnShutdown(true));
        final Aeron client = client(directory);
        return new Reader(driver, client, client.addSubscription(CommonContext.IPC_CHANNEL, STREAM));
    }

    @Override
    public LineWriter writer(Rendezvous place) {
        final Aeron client = client(place.path("aeron").toString());
        final ExclusivePublication publication = client.addExclusivePublication(CommonContext.IPC_CHANNEL, STREAM);
        while (!publication.isConnected()) {
            Thread.onSpinWait();
        }
        return new Writer(client, publication);
    }

    private static Aeron client(String directory) {
        return Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory)
                // At the end the driver goes with the reader: the writer, who is about to be killed, need not tell.
                .errorHandler(error -> {
                    if (!(error instanceof DriverTimeoutException) && !(error instanceof AgentTerminationException)) {
                        Aeron.Configuration.DEFAULT_ERROR_HANDLER.onError(error);
                    }
                })
                .idleStrategy(new SleepingMillisIdleStrategy(DRIVER_SLEEP_MILLIS)));
    }

    private static final class Writer implements LineWriter {
        private final Aeron client;
        private final ExclusivePublication publication;
        private final UnsafeBuffer line = new UnsafeBuffer(ByteBuffer.allocateDirect(LINE_SIZE));
        private final Pause pause = new Pause();

        private Writer(Aeron client, ExclusivePublication publication) {
            this.client = client;
            this.publication = publication;
            final byte[] filler = new byte[LINE_SIZE];
            Arrays.fill(filler, FILLER);
            line.putBytes(0, filler);
        }

        @Override
        public int write(long number) {
            line.putLong(0, number);
            while (publication.offer(line, 0, LINE_SIZE) < 0) {
                pause.once();
            }
            return 1;
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private static final class Reader implements LineReader, FragmentHandler {
        private final MediaDriver driver;
        private final Aeron client;
        private final Subscription subscription;
        private ExpectedLines expected = new ExpectedLines(LINE_SIZE);

        private Reader(MediaDriver driver, Aeron client, Subscription subscription) {
            this.driver = driver;
            this.client = client;
            this.subscription = subscription;
        }

        @Override
        public int read(ExpectedLines lines) {
            expected = lines;
            return subscription.poll(this, READ_LIMIT);
        }

        @Override
        public void onFragment(DirectBuffer buffer, int offset, int length, Header header) {
            expected.line(buffer.getLong(offset), length);
        }

        @Override
        public void close() {
            client.close();
            driver.close();
        }
    }
}
