package org.ipspipeline.loadgen.net;

/**
 * The calls of the C library that this package makes; addresses are given as numbers. Public because jnr-ffi implements it at
 * run time; {@link NativeSocket} and {@link MessageBatch} are what others use.
 */
public interface LibC {

    /** socket(2). */
    int socket(int domain, int type, int protocol);

    /** close(2). */
    int close(int descriptor);

    /** bind(2). */
    int bind(int descriptor, long address, int length);

    /** connect(2). */
    int connect(int descriptor, long address, int length);

    /** getsockname(2). */
    int getsockname(int descriptor, long address, long length);

    /** setsockopt(2). */
    int setsockopt(int descriptor, int level, int name, long value, int length);

    /** getsockopt(2). */
    int getsockopt(int descriptor, int level, int name, long value, long length);

    /** send(2). */
    long send(int descriptor, long bytes, long length, int flags);

    /** recv(2). */
    long recv(int descriptor, long bytes, long length, int flags);

    /** recvmmsg(2). */
    int recvmmsg(int descriptor, long messages, int count, int flags, long timeout);

    /** sendmmsg(2). */
    int sendmmsg(int descriptor, long messages, int count, int flags);

    /** epoll_create1(2). */
    int epoll_create1(int flags);

    /** epoll_ctl(2). */
    int epoll_ctl(int epoll, int operation, int descriptor, long event);

    /** epoll_wait(2). */
    int epoll_wait(int epoll, long events, int count, int timeoutMillis);

    /** ioctl(2) with a pointer as its argument. */
    int ioctl(int descriptor, long request, long argument);

    /** strerror(3). */
    String strerror(int number);
}
