package org.ipspipeline.ips.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.line.LineBlock;
import org.junit.jupiter.api.Test;

/** The binary form that ABI.md gives an address. */
final class AddressRecordsTest {

    private final LineBlock block = new LineBlock(8, 256);
    private final AddressRecords records = new AddressRecords();

    @Test
    void everyRecordIsAFailureOfItsClientAndAnythingElseIsCounted() throws Exception {
        append(InetAddress.getByName("192.0.2.10").getAddress());
        append(InetAddress.getByName("2001:db8::a0a:a").getAddress());
        append(new byte[] {1, 2, 3});
        append(InetAddress.getByName("255.255.255.255").getAddress());

        records.match(block);

        assertThat(block.failures()).isEqualTo(3);
        assertThat(text(0)).isEqualTo("192.0.2.10");
        assertThat(text(1)).isEqualTo("2001:db8::a0a:a");
        assertThat(text(2)).isEqualTo("255.255.255.255");
        assertThat(block.line(2)).isEqualTo(3);
        assertThat(records.malformed()).isEqualTo(1);
    }

    private void append(byte[] record) {
        block.lines().append(ByteBuffer.wrap(record), 0, record.length, 0);
    }

    private String text(int failure) {
        return AddressFormatter.toString(block.high(failure), block.low(failure));
    }
}
