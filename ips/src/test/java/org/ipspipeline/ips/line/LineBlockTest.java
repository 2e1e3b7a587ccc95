package org.ipspipeline.ips.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LineBlockTest {

    @Test
    void holdsMoreFailuresThanLines() {
        LineBlock block = new LineBlock(2, 64);
        for (int i = 0; i < 9; i++) {
            block.addFailure(i / 5, i, i * 2L, i * 3L);
        }
        assertThat(block.failures()).isEqualTo(9);
        assertThat(block.line(8)).isEqualTo(1);
        assertThat(block.pattern(8)).isEqualTo(8);
        assertThat(block.high(8)).isEqualTo(16);
        assertThat(block.low(8)).isEqualTo(24);
    }

    @Test
    void forgetsWhatWasCleared() {
        LineBlock block = new LineBlock(2, 64);
        block.lines().append(new byte[] {'a'}, 0, 1, 0);
        block.addFailure(0, 1, 2, 3);
        block.clearFailures();
        assertThat(block.failures()).isZero();
        assertThat(block.lines().count()).isOne();
        block.clear();
        assertThat(block.lines().count()).isZero();
        assertThatThrownBy(() -> block.line(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
