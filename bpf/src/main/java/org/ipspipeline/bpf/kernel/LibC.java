package org.ipspipeline.bpf.kernel;

/**
 * The C library's functions that this package calls. Public because jnr-ffi implements it from its own packages; there is
 * nothing in it for anybody else.
 */
public interface LibC {

    /**
     * syscall(2) with three arguments.
     *
     * @param number of the system call
     * @param first its first argument
     * @param second its second argument
     * @param third its third argument
     * @return what it returned, -1 with errno set when it failed
     */
    long syscall(long number, long first, long second, long third);

    /**
     * open(2) without a mode.
     *
     * @param path to open
     * @param flags the O_ flags
     * @return a descriptor, or -1 with errno set
     */
    int open(String path, int flags);

    /**
     * close(2).
     *
     * @param descriptor to close
     * @return 0, or -1 with errno set
     */
    int close(int descriptor);

    /**
     * setns(2).
     *
     * @param descriptor of a namespace
     * @param type the CLONE_NEW flag it must have
     * @return 0, or -1 with errno set
     */
    int setns(int descriptor, int type);

    /**
     * if_nametoindex(3).
     *
     * @param name of an interface
     * @return its index, or 0 with errno set
     */
    int if_nametoindex(String name);

    /**
     * mount(2) of a file system that takes no data.
     *
     * @param source shown as the mount's source
     * @param target directory
     * @param type of the file system
     * @param flags the MS_ flags
     * @param data of the file system, 0 for none
     * @return 0, or -1 with errno set
     */
    int mount(String source, String target, String type, long flags, long data);

    /**
     * umount2(2).
     *
     * @param target directory
     * @param flags the MNT_ flags
     * @return 0, or -1 with errno set
     */
    int umount2(String target, int flags);
}
