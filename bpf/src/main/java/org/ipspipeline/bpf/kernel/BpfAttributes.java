package org.ipspipeline.bpf.kernel;

import java.nio.ByteBuffer;

/**
 * The layout of {@code union bpf_attr} (linux/bpf.h), as far as it is used: for each command the offsets of its fields.
 * The kernel refuses a structure with anything but zero in bytes that the command does not know, so each use starts with
 * zeroes.
 */
final class BpfAttributes {

    /** More than any command here uses; the kernel takes larger structures than it knows as long as the rest is zero. */
    static final int SIZE = 128;

    /** BPF_MAP_CREATE. */
    static final int MAP_TYPE = 0;

    static final int MAP_KEY_SIZE = 4;
    static final int MAP_VALUE_SIZE = 8;
    static final int MAP_MAX_ENTRIES = 12;
    static final int MAP_FLAGS = 16;
    static final int MAP_NAME = 28;

    /** BPF_MAP_LOOKUP_ELEM, UPDATE_ELEM, DELETE_ELEM, GET_NEXT_KEY. */
    static final int ELEMENT_MAP = 0;

    static final int ELEMENT_KEY = 8;
    static final int ELEMENT_VALUE = 16;
    static final int ELEMENT_FLAGS = 24;

    /** BPF_MAP_LOOKUP_BATCH, UPDATE_BATCH, DELETE_BATCH. */
    static final int BATCH_IN = 0;

    static final int BATCH_OUT = 8;
    static final int BATCH_KEYS = 16;
    static final int BATCH_VALUES = 24;
    static final int BATCH_COUNT = 32;
    static final int BATCH_MAP = 36;

    /** BPF_PROG_LOAD. */
    static final int PROGRAM_TYPE = 0;

    static final int PROGRAM_INSTRUCTION_COUNT = 4;
    static final int PROGRAM_INSTRUCTIONS = 8;
    static final int PROGRAM_LICENSE = 16;
    static final int PROGRAM_LOG_LEVEL = 24;
    static final int PROGRAM_LOG_SIZE = 28;
    static final int PROGRAM_LOG = 32;
    static final int PROGRAM_FLAGS = 44;
    static final int PROGRAM_NAME = 48;
    static final int PROGRAM_ATTACH_TYPE = 68;

    /** BPF_PROG_TEST_RUN. */
    static final int TEST_PROGRAM = 0;

    static final int TEST_RESULT = 4;
    static final int TEST_SIZE_IN = 8;
    static final int TEST_SIZE_OUT = 12;
    static final int TEST_DATA_IN = 16;
    static final int TEST_DATA_OUT = 24;
    static final int TEST_REPEAT = 32;
    static final int TEST_DURATION = 36;
    static final int TEST_FLAGS = 64;
    static final int TEST_BATCH_SIZE = 72;

    /** BPF_LINK_CREATE. */
    static final int LINK_PROGRAM = 0;

    static final int LINK_INTERFACE = 4;
    static final int LINK_ATTACH_TYPE = 8;
    static final int LINK_FLAGS = 12;

    /** BPF_LINK_UPDATE. */
    static final int UPDATE_LINK = 0;

    static final int UPDATE_PROGRAM = 4;

    /** BPF_OBJ_PIN, BPF_OBJ_GET. */
    static final int OBJECT_PATH = 0;

    static final int OBJECT_DESCRIPTOR = 8;

    /** BPF_OBJ_GET_INFO_BY_FD. */
    static final int INFO_DESCRIPTOR = 0;

    static final int INFO_SIZE = 4;
    static final int INFO_ADDRESS = 8;

    /** BPF_LINK_GET_NEXT_ID, BPF_LINK_GET_FD_BY_ID, BPF_PROG_GET_FD_BY_ID. */
    static final int ID_START = 0;

    static final int ID_NEXT = 4;

    private static final ThreadLocal<NativeMemory> MEMORY = ThreadLocal.withInitial(() -> new NativeMemory(SIZE));

    private BpfAttributes() {}

    /** This thread's structure, all zero. Good until the same thread asks again. */
    static NativeMemory zeroed() {
        NativeMemory memory = MEMORY.get();
        ByteBuffer bytes = memory.bytes();
        for (int offset = 0; offset < SIZE; offset += Long.BYTES) {
            bytes.putLong(offset, 0);
        }
        return memory;
    }
}
