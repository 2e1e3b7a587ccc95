package org.ipspipeline.loadgen.attack;

/** What is counted of the valid clients. */
enum ValidCounter {
    /** Requests of IPv4 clients that the kernel took. */
    SENT_IPV4,
    /** Requests of IPv6 clients that the kernel took. */
    SENT_IPV6,
    /** Requests answered rightly. */
    ANSWERED,
    /** Requests whose answer had not come when their client had to give up waiting. */
    UNANSWERED,
    /** Answers that belong to no request that a client still waits for: wrong, double, or too late. */
    UNEXPECTED,
    /** Requests that the kernel did not take. */
    REFUSED,
    /** Reports of the target's host that nobody listens at the port. */
    UNREACHABLE
}
