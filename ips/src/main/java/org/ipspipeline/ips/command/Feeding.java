package org.ipspipeline.ips.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.address.Addresses;
import org.ipspipeline.ips.daemon.IpsDaemon;
import org.ipspipeline.ips.jail.AddressFeed;
import org.ipspipeline.ips.jail.Feed;
import org.ipspipeline.ips.jail.PatternFeed;
import org.ipspipeline.ips.jail.PatternFeed.PatternMatchers;
import org.ipspipeline.ips.match.AddressFields;
import org.ipspipeline.ips.match.AddressRecords;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.match.syntax.SampleLine;
import org.ipspipeline.ips.source.LineSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What makes feeds of sources, and lines to try them with. */
interface Feeding {

    Logger LOG = LoggerFactory.getLogger(Feeding.class);

    /** Every line is a client's address, in binary. */
    Feeding RECORDS = new Feeding() {
        @Override
        public List<Feed> feeds(List<LineSource> sources, int jail) {
            return AddressFeed.of(sources, AddressRecords::new, jail);
        }

        @Override
        public byte[] sample(int ipv4) {
            return ByteBuffer.allocate(Integer.BYTES).putInt(ipv4).array();
        }
    };

    /** Every line is a failure of the address in one of its fields. */
    static Feeding byField(int field) {
        String before = "- ".repeat(field - 1);
        return new Feeding() {
            @Override
            public List<Feed> feeds(List<LineSource> sources, int jail) {
                return AddressFeed.of(sources, () -> new AddressFields(field), jail);
            }

            @Override
            public byte[] sample(int ipv4) {
                boolean asIpv6 = (ipv4 & 1) != 0;
                String address = asIpv6
                        ? AddressFormatter.toString(DISCARD_NETWORK, ipv4)
                        : AddressFormatter.toString(0, Addresses.lowOfIpv4(ipv4));
                return (before + address).getBytes(StandardCharsets.US_ASCII);
            }
        };
    }

    /** Lines are failures where a pattern matches. */
    static Feeding by(PatternSet patterns) {
        List<SampleLine> samples = patterns.samples();
        return new Feeding() {
            @Override
            public List<Feed> feeds(List<LineSource> sources, int jail) {
                return PatternFeed.of(sources, new PatternMatchers(patterns), jail);
            }

            @Override
            public byte[] sample(int ipv4) {
                SampleLine sample = samples.get((ipv4 >>> 1) % samples.size());
                boolean asIpv6 = !sample.takesIpv4() || (sample.takesIpv6() && (ipv4 & 1) != 0);
                return sample.with(
                        asIpv6
                                ? AddressFormatter.toString(DISCARD_NETWORK, ipv4)
                                : AddressFormatter.toString(0, Addresses.lowOfIpv4(ipv4)));
            }
        };
    }

    /** 100::/64, from where no packet comes: RFC 6666. */
    long DISCARD_NETWORK = 0x0100_0000_0000_0000L;

    /** A feed a source, all of one jail; what judges is shared by these only. */
    List<Feed> feeds(List<LineSource> sources, int jail);

    /** A line that is probably a failure of the client that has an IPv4 address, or of one that has it in the lower bits. */
    byte[] sample(int ipv4);

    /** Has a daemon run its code before it has work. */
    static void rehearse(IpsDaemon daemon, Feeding feeding) {
        try {
            daemon.rehearse(
                    feeding::sample, source -> feeding.feeds(List.of(source), 0).get(0));
        } catch (IOException without) {
            LOG.warn("started without a rehearsal: {}", without.getMessage());
        } catch (InterruptedException stop) {
            // What comes next will see it.
            Thread.currentThread().interrupt();
        }
    }
}
