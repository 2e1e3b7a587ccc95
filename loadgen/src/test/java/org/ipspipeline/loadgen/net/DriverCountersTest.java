package org.ipspipeline.loadgen.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.regex.Pattern;
import org.ipspipeline.loadgen.process.VethPair;
import org.junit.jupiter.api.Test;

class DriverCountersTest {

    @Test
    void readsWhatTheDriverCountsFromOutsideTheNamespace() throws Exception {
        try (VethPair pair = VethPair.create()) {
            try (DriverCounters received = pair.callOnTarget(
                    () -> new DriverCounters(VethPair.TARGET_DEVICE, Pattern.compile("peer_ifindex")))) {
                int peer = pair.callOnAttackers(
                        () -> NetworkDevice.named(VethPair.ATTACK_DEVICE).index());

                assertThat(received.sum()).isEqualTo(peer);
            }
        }
    }

    @Test
    void namesACounterThatTheDriverDoesNotHave() throws Exception {
        try (VethPair pair = VethPair.create()) {
            assertThatThrownBy(() -> pair.callOnTarget(
                            () -> new DriverCounters(VethPair.TARGET_DEVICE, Pattern.compile("coffee_.*"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("coffee_.*")
                    .hasMessageContaining("ethtool -S " + VethPair.TARGET_DEVICE);
        }
    }

    @Test
    void anInterfaceWithoutStatisticsHasNoCounter() {
        assertThatThrownBy(() -> new DriverCounters("lo", Pattern.compile(".*")))
                .isInstanceOf(IOException.class);
    }
}
