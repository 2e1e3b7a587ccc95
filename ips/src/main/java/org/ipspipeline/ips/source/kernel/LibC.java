package org.ipspipeline.ips.source.kernel;

/**
 * The C library's functions that this package calls, with the names and arguments of their manual pages; memory is passed as
 * an address. Public because jnr-ffi implements it from its own packages; there is nothing in it for anybody else.
 */
public interface LibC {

    /** open(2) without a mode. */
    int open(String path, int flags);

    /** close(2). */
    int close(int descriptor);

    /** read(2). */
    long read(int descriptor, long buffer, long size);

    /** write(2). */
    long write(int descriptor, long buffer, long size);

    /** lseek(2). */
    long lseek(int descriptor, long offset, int whence);

    /** poll(2). */
    int poll(long descriptors, long count, int timeoutMillis);

    /** eventfd(2). */
    int eventfd(int initial, int flags);

    /** socket(2). */
    int socket(int family, int type, int protocol);

    /** bind(2). */
    int bind(int descriptor, long address, int length);

    /** connect(2). */
    int connect(int descriptor, long address, int length);

    /** recv(2). */
    long recv(int descriptor, long buffer, long size, int flags);

    /** setsockopt(2). */
    int setsockopt(int descriptor, int level, int option, long value, int length);

    /** inotify_init1(2). */
    int inotify_init1(int flags);

    /** inotify_add_watch(2). */
    int inotify_add_watch(int descriptor, String path, int mask);

    /** inotify_rm_watch(2). */
    int inotify_rm_watch(int descriptor, int watch);

    /**
     * mmap(2), with one argument more that it does not look at: calls of exactly six arguments are made by generated code of jnr-ffi
     * that passes some of them wrong (EINVAL), those of seven are not.
     */
    long mmap(long address, long length, long protection, long flags, long descriptor, long offset, long unused);

    /** munmap(2). */
    int munmap(long address, long length);

    /** syscall(2) with as many arguments as any call has. */
    long syscall(long number, long first, long second, long third, long fourth, long fifth, long sixth);

    /** strerror(3). */
    String strerror(int error);
}
