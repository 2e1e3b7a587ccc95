package org.ipspipeline.ips.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.line.LineBlock;
import org.junit.jupiter.api.Test;

/** Addresses at a fixed place of the line. */
final class AddressFieldsTest {

    @Test
    void theFirstFieldIsThatOfALineThatHoldsAnAddressAlone() {
        assertThat(found(1, "192.0.2.10", "2001:db8::1", "  198.51.100.7\t", "192.0.2.11 - - [24/Nov] \"GET /\" 401"))
                .containsExactly("192.0.2.10", "2001:db8::1", "198.51.100.7", "192.0.2.11");
    }

    @Test
    void fieldsAreCountedOverRunsOfBlanks() {
        assertThat(found(3, "a b 192.0.2.1 c", "a \t  b\t192.0.2.2", "- - 192.0.2.3", "192.0.2.9 192.0.2.8 192.0.2.4"))
                .containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4");
    }

    @Test
    void bracketsQuotesAndPunctuationAreNoPartOfIt() {
        assertThat(found(2, "x [192.0.2.1]", "x (2001:db8::2)", "x \"192.0.2.3\",", "x 192.0.2.4:4711", "x 192.0.2.5,"))
                .containsExactly("192.0.2.1", "2001:db8::2", "192.0.2.3", "192.0.2.4", "192.0.2.5");
    }

    @Test
    void whatOnlyBeginsLikeAnAddressIsNone() {
        AddressFields fields = new AddressFields(2);
        LineBlock block =
                block("x 192.0.2.1.example.org", "x 192.0.2.256", "x", "", "192.0.2.1", "x 192.0.2.1x", "x -");
        fields.match(block);
        assertThat(block.failures()).isZero();
        assertThat(fields.malformed()).isEqualTo(7);
    }

    @Test
    void fieldsAreCountedFromOne() {
        assertThatThrownBy(() -> new AddressFields(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> found(int field, String... lines) {
        LineBlock block = block(lines);
        new AddressFields(field).match(block);
        List<String> found = new ArrayList<>();
        for (int failure = 0; failure < block.failures(); failure++) {
            assertThat(block.line(failure)).isEqualTo(failure);
            found.add(AddressFormatter.toString(block.high(failure), block.low(failure)));
        }
        return found;
    }

    private static LineBlock block(String... lines) {
        LineBlock block = new LineBlock(16, 1024);
        for (String line : lines) {
            byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
            block.lines().append(bytes, 0, bytes.length, 0);
        }
        return block;
    }
}
