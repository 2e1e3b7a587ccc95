package org.ipspipeline.ips.daemon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.address.Addresses;
import org.ipspipeline.ips.enforce.VethPair;
import org.ipspipeline.ips.enforce.xdp.XdpEnforcer;
import org.ipspipeline.ips.jail.PatternFeed;
import org.ipspipeline.ips.jail.PatternFeed.PatternMatchers;
import org.ipspipeline.ips.match.PatternSet;
import org.ipspipeline.ips.source.Doorbell;
import org.junit.jupiter.api.Test;

final class RehearsalTest {

    private static final PatternSet PATTERNS = PatternSet.compile(List.of("refused <HOST>"));
    private static final long LONGEST_SLEEP_NANOS = 1_000_000;

    @Test
    void aRehearsalLeavesNothingBehind() throws Exception {
        try (VethPair network = VethPair.create();
                XdpEnforcer enforcer = new XdpEnforcer(network.inside(() -> XdpFilter.attach(
                        VethPair.INTERFACE, XdpOptions.defaults().withMaxBans(16))));
                IpsDaemon daemon = new IpsDaemon(
                        new DaemonOptions(1, false, 16, 16, false),
                        new Doorbell(LONGEST_SLEEP_NANOS),
                        List.of(enforcer),
                        List.of())) {
            AtomicInteger lines = new AtomicInteger();
            daemon.rehearse(
                    ipv4 -> {
                        lines.incrementAndGet();
                        String client = AddressFormatter.toString(0, Addresses.lowOfIpv4(ipv4));
                        return ("refused " + client).getBytes(US_ASCII);
                    },
                    source -> PatternFeed.of(List.of(source), new PatternMatchers(PATTERNS), 0)
                            .get(0));
            assertThat(lines).hasPositiveValue();
            DaemonStatus status = daemon.status();
            assertThat(status.lines()).isZero();
            assertThat(status.matches()).isZero();
            assertThat(status.bans().active()).isZero();
            assertThat(status.bans().begun()).isZero();
            List<Long> held = new ArrayList<>();
            enforcer.forEachBan((portSet, high, low, length, until, drops) -> held.add(low));
            assertThat(held).isEmpty();
            assertThat(network.arrives("10.77.0.2")).isTrue();
            assertThat(daemon.failure()).isEmpty();
        }
    }
}
