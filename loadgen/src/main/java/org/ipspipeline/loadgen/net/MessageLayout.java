package org.ipspipeline.loadgen.net;

/**
 * Where the fields of {@code struct mmsghdr}, {@code struct iovec} and the socket addresses lie on 64-bit Linux.
 *
 * <pre>
 *   mmsghdr (64 bytes)                     sockaddr_in6 (28 bytes)      sockaddr_in (16 bytes)
 *    0  msg_name        pointer             0  family     u16            0  family   u16
 *    8  msg_namelen     u32                 2  port       u16 network    2  port     u16 network
 *   16  msg_iov         pointer             4  flowinfo   u32            4  address  4 bytes network
 *   24  msg_iovlen      size_t              8  address    16 bytes
 *   32  msg_control     pointer            24  scope id   u32           iovec (16 bytes)
 *   40  msg_controllen  size_t                                           0  base     pointer
 *   48  msg_flags       int                                              8  length   size_t
 *   56  msg_len         u32   bytes received or sent
 * </pre>
 */
final class MessageLayout {

    static final int HEADER_BYTES = 64;
    static final int NAME = 0;
    static final int NAME_LENGTH = 8;
    static final int VECTOR = 16;
    static final int VECTOR_COUNT = 24;
    static final int CONTROL = 32;
    static final int CONTROL_LENGTH = 40;
    static final int LENGTH = 56;

    static final int VECTOR_BYTES = 16;
    static final int VECTOR_BASE = 0;
    static final int VECTOR_LENGTH = 8;

    /** Room for a name: a {@code sockaddr_in6}, rounded up to whole words. */
    static final int NAME_BYTES = 32;

    private MessageLayout() {}
}
