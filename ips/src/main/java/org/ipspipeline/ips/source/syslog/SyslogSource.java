package org.ipspipeline.ips.source.syslog;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.ipspipeline.ips.source.Doorbell;
import org.ipspipeline.ips.source.LineSource;
import org.ipspipeline.ips.source.SourceException;
import org.ipspipeline.ips.source.SourceMeter;
import org.ipspipeline.ips.source.stream.FedSource;
import org.ipspipeline.ips.source.stream.Feeder;
import org.ipspipeline.ips.source.stream.LineCollector;
import org.ipspipeline.ips.source.stream.LineHandover;

/** Messages that programs and syslog daemons send. */
public final class SyslogSource {

    private SyslogSource() {}

    /**
     * Begins to receive.
     *
     * @param name the source as the operator wrote it
     * @param address where
     * @param doorbell rung when there are lines
     * @param maxLineLength bytes of a line that are kept
     * @return the source
     * @throws SourceException if the address is in use, or may not be used
     */
    public static LineSource receive(String name, SyslogAddress address, Doorbell doorbell, int maxLineLength) {
        final SourceMeter meter = new SourceMeter();
        final LineHandover handover = new LineHandover(doorbell, maxLineLength);
        final LineCollector lines = new LineCollector(handover);
        final SyslogMessage messages = new SyslogMessage(lines, meter, maxLineLength);
        try {
            return new FedSource(name, meter, handover, open(address, lines, messages, meter, maxLineLength));
        } catch (BindException e) {
            throw new SourceException(name + ": " + clause(e), e);
        } catch (IOException e) {
            throw new SourceException(name + ": " + e.getMessage(), e);
        }
    }

    private static Feeder open(
            SyslogAddress address, LineCollector lines, SyslogMessage messages, SourceMeter meter, int maxLineLength)
            throws IOException {
        if (address instanceof SyslogAddress.Socket socket) {
            return new UnixDatagramFeeder(socket.path(), lines, messages);
        }
        final SyslogAddress.Port port = (SyslogAddress.Port) address;
        final InetSocketAddress local = new InetSocketAddress(port.host(), port.port());
        if (local.isUnresolved()) {
            throw new IOException("there is no address '" + port.host() + "'");
        }
        // A header is cut off, and a message that is longer than the line must be seen to be so.
        return port.stream()
                ? new ConnectionFeeder(local, lines, messages, meter, maxLineLength + 1024)
                : new DatagramFeeder(local, lines, messages, meter);
    }

    private static String clause(BindException problem) {
        final String what = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
        if (what.contains("in use")) {
            return "the port is in use by another program";
        }
        if (what.contains("permission")) {
            return "user " + System.getProperty("user.name")
                    + " may not use this port: those below 1024 need root or CAP_NET_BIND_SERVICE";
        }
        return "cannot listen there: " + what;
    }
}
