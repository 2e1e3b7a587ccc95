package org.ipspipeline.loadgen.net;

import java.nio.ByteBuffer;

/**
 * The classic BPF program with which datagrams choose one of the sockets that share a port, see socket(7) under
 * {@code SO_ATTACH_REUSEPORT_CBPF}. An answer that is no socket's number leaves the choice to the kernel's hash.
 *
 * <pre>
 *   struct sock_filter (8 bytes): code u16, jump if true u8, jump if false u8, k u32
 * </pre>
 */
final class SpreadingProgram {

    static final int INSTRUCTION_BYTES = 8;

    private static final int LOAD_LENGTH = 0x80;
    private static final int LOAD_BYTE = 0x30;
    private static final int JUMP_IF_AT_LEAST = 0x35;
    private static final int MODULO = 0x94;
    private static final int RETURN_A = 0x16;
    private static final int RETURN_CONSTANT = 0x06;
    private static final int NO_SOCKET = -1;

    private SpreadingProgram() {}

    /** The program in memory that the kernel can read. */
    static ByteBuffer of(int offset, int sockets) {
        ByteBuffer program = SystemCalls.allocate(6 * INSTRUCTION_BYTES);
        put(program, LOAD_LENGTH, 0, 0, 0);
        put(program, JUMP_IF_AT_LEAST, 0, 3, offset + 1);
        put(program, LOAD_BYTE, 0, 0, offset);
        put(program, MODULO, 0, 0, sockets);
        put(program, RETURN_A, 0, 0, 0);
        put(program, RETURN_CONSTANT, 0, 0, NO_SOCKET);
        return program;
    }

    private static void put(ByteBuffer program, int code, int ifTrue, int ifFalse, int constant) {
        program.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(constant);
    }
}
