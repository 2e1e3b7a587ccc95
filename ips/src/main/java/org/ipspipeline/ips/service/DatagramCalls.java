package org.ipspipeline.ips.service;

/**
 * The C library's functions for datagrams over Unix-domain sockets, which the JDK lacks. Public because jnr-ffi implements it
 * from its own packages; there is nothing in it for anybody else.
 */
public interface DatagramCalls {

    /** socket(2). */
    int socket(int family, int type, int protocol);

    /** sendto(2). */
    long sendto(int descriptor, byte[] message, long length, int flags, byte[] address, int addressLength);

    /** close(2). */
    int close(int descriptor);
}
