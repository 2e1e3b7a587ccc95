package org.ipspipeline.loadgen.attack;

import static org.assertj.core.api.Assertions.assertThat;

import org.ipspipeline.loadgen.net.NativeSocket;
import org.ipspipeline.loadgen.net.SocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ValidClientTest {

    private final NativeSocket socket;
    private final ValidClient client;

    ValidClientTest() throws Exception {
        socket = NativeSocket.udp(SocketAddress.IPV4);
        client = new ValidClient(socket, ValidCounter.SENT_IPV4);
    }

    @AfterEach
    void closeSocket() throws Exception {
        socket.close();
    }

    @Test
    void tellsEachRequestsTimeByItsAnswerInAnyOrder() {
        int first = send(100);
        int second = send(250);
        assertThat(client.pending()).isEqualTo(2);
        assertThat(client.answered((second + 1) & 0xFF, 1000)).isEqualTo(750);
        assertThat(client.answered((first + 1) & 0xFF, 1000)).isEqualTo(900);
        assertThat(client.pending()).isZero();
    }

    @Test
    void doesNotTakeAnAnswerTwiceNorOneThatNobodyAskedFor() {
        int request = send(100);
        assertThat(client.answered((request + 1) & 0xFF, 200)).isEqualTo(100);
        assertThat(client.answered((request + 1) & 0xFF, 300)).isEqualTo(ValidClient.UNEXPECTED);
        assertThat(client.answered('C', 300)).isEqualTo(ValidClient.UNEXPECTED);
    }

    @Test
    void neverSendsAnInvalidRequestAndGivesUpOldOnes() {
        for (int i = 0; i < 128; i++) {
            assertThat(client.nextByte()).isBetween(128, 255);
            assertThat(client.sent(1)).isFalse();
        }
        assertThat(client.sent(2)).isTrue();
        assertThat(client.pending()).isEqualTo(128);
    }

    private int send(long nanoTime) {
        int request = client.nextByte();
        assertThat(client.sent(nanoTime)).isFalse();
        return request;
    }
}
