package org.ipspipeline.ips.enforce.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ipspipeline.bpf.XdpFilter;
import org.ipspipeline.bpf.XdpOptions;
import org.ipspipeline.ips.enforce.DryRunEnforcer;
import org.ipspipeline.ips.enforce.Enforcer;
import org.ipspipeline.ips.enforce.VethPair;
import org.ipspipeline.testing.Machine;
import org.junit.jupiter.api.Test;

/** What is chosen in a namespace with the interface, the default route and the foreign program that a host may have. */
final class EnforcerChoiceTest {

    private static final int BANS = 1024;

    @Test
    void xdpComesFirstOnTheInterfaceOfTheDefaultRoute() throws Exception {
        Machine.needsPrograms("nft");
        try (VethPair network = VethPair.create()) {
            network.runInside("ip", "route", "add", "default", "via", "10.77.0.2");
            EnforcerChoice choice = network.inside(() -> EnforcerChoice.open(BANS));
            try (Enforcer enforcer = choice.enforcer()) {
                assertThat(enforcer.name()).startsWith("xdp-");
                assertThat(choice.passedOver()).isEmpty();
            }
        }
    }

    @Test
    void nftablesFollowsWhereNoInterfaceIsTheOne() throws Exception {
        Machine.needsPrograms("nft");
        try (VethPair network = VethPair.create()) {
            EnforcerChoice choice = network.inside(() -> EnforcerChoice.open(BANS));
            network.inside(() -> {
                choice.enforcer().close();
                return "";
            });
            assertThat(choice.enforcer().name()).isEqualTo("nftables");
            assertThat(choice.passedOver())
                    .containsExactly("xdp: no interface has a default route; name one with --interface");
        }
    }

    @Test
    void nftablesFollowsWhereAnotherProgramIsAttached() throws Exception {
        Machine.needsPrograms("nft");
        try (VethPair network = VethPair.create()) {
            network.runInside("ip", "route", "add", "default", "via", "10.77.0.2");
            XdpFilter foreign = network.inside(() -> XdpFilter.attach(VethPair.INTERFACE, XdpOptions.defaults()));
            try (foreign) {
                EnforcerChoice choice = network.inside(() -> EnforcerChoice.open(BANS));
                network.inside(() -> {
                    choice.enforcer().close();
                    return "";
                });
                assertThat(choice.enforcer().name()).isEqualTo("nftables");
                assertThat(choice.passedOver()).singleElement().asString().startsWith("xdp: host0");
            }
        }
    }

    @Test
    void thatNothingCanBeHadIsSaidWayByWay() {
        Map<String, EnforcerChoice.Way> ways = new LinkedHashMap<>();
        ways.put("xdp", () -> {
            throw new IOException("eth0: no privileges");
        });
        ways.put("nftables", () -> {
            throw new IOException("no nft");
        });
        assertThatThrownBy(() -> EnforcerChoice.first(ways))
                .hasMessage("no way of enforcement can be had: xdp: eth0: no privileges; nftables: no nft");
        ways.put("dry-run", DryRunEnforcer::new);
        assertThat(firstOf(ways).passedOver()).hasSize(2);
    }

    private static EnforcerChoice firstOf(Map<String, EnforcerChoice.Way> ways) {
        try {
            return EnforcerChoice.first(ways);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
