package org.ipspipeline.ips.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PortSyntaxTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "22|tcp|tcp 22",
                "ssh,http, 8000:8010|tcp|tcp 22,80,8000-8010",
                "443 80 80|TCP|tcp 80,443",
                "80-82,83,85|udp|udp 80-83,85",
                "0:65535|tcp,udp|tcp and udp 0-65535",
                "mail|tcp|tcp 25",
            })
    void readsWhatJailsSay(String list, String protocol, String ports) {
        assertThat(PortSyntax.parse(list, protocol)).hasToString(ports);
    }

    @Test
    void theSamePortsAreEqualHoweverTheyAreWritten() {
        assertThat(PortSyntax.parse("22,23", "tcp")).isEqualTo(PortSyntax.parse("23 ssh", "tcp"));
        assertThat(PortSyntax.parse("22", "tcp")).isNotEqualTo(PortSyntax.parse("22", "udp"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nosuchservice|tcp|port 'nosuchservice' is neither a number nor in /etc/services for tcp",
                "70000|tcp|ports go from 0 to 65535, and 70000:70000 does not",
                "90:80|tcp|ports go from 0 to 65535, and 90:80 does not",
                "22|icmp|protocol 'icmp' has no ports",
                "','|tcp|there is no port in",
            })
    void saysWhatIsWrong(String list, String protocol, String message) {
        assertThatThrownBy(() -> PortSyntax.parse(list, protocol))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
