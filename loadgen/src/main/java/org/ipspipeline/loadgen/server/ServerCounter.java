package org.ipspipeline.loadgen.server;

/** What a receiving thread counts; each request is in exactly one of the first seven. */
enum ServerCounter {
    /** Valid requests of IPv4 clients. */
    VALID_IPV4,
    /** Valid requests of IPv6 clients. */
    VALID_IPV6,
    /** Invalid requests of IPv4 clients: each is one log message. */
    INVALID_IPV4,
    /** Invalid requests of IPv6 clients: each is one log message. */
    INVALID_IPV6,
    /** Requests without a payload: neither answered nor logged. */
    EMPTY,
    /** Requests that the userspace gate dropped, of IPv4 clients. */
    GATE_IPV4,
    /** Requests that the userspace gate dropped, of IPv6 clients. */
    GATE_IPV6,
    /** Answers that the kernel took. */
    ANSWERED,
    /** Answers that the kernel refused. */
    UNANSWERED,
    /** Lines that the ring took. */
    RING_WRITTEN,
    /** Lines that the ring had no room for: lost. */
    RING_REFUSED,
    /** Lines that the log file took. */
    FILE_WRITTEN,
    /** Lines that the log file did not take, the disk being full for example: lost. */
    FILE_REFUSED,
    /** Requests that the kernel dropped because the port's receive queue was full; never seen by the server. */
    QUEUE_DROPPED,
    /** Nanoseconds of CPU time spent on composing and writing log lines, as {@link LoggingMeter} estimates them. */
    LOGGING_NANOS,
    /** Nanoseconds of CPU time that the thread has used, in user and kernel mode. */
    CPU_NANOS,
    /** Receive calls that brought requests. */
    BATCHES
}
