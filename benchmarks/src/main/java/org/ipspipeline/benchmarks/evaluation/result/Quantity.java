package org.ipspipeline.benchmarks.evaluation.result;

import java.util.Locale;

/** What a sample holds; each is a sum since the run began, but for {@link #SECONDS} and {@link #BANS_ACTIVE}. */
public enum Quantity {
    /** Time since the attack began. */
    SECONDS,
    /** Packets of attackers sent, by the sender's count. */
    OFFERED,
    /** Requests of valid clients sent, by the sender's count. */
    VALID_OFFERED,
    /** Requests of valid clients answered, by their own count. */
    VALID_ANSWERED,
    /** Packets dropped because of a ban: by the network driver's count (XDP), or what netfilter let through no more. */
    DROPPED,
    /** Packets that arrived at the target's interface, by the kernel's count. */
    ARRIVED,
    /** Datagrams lost because the server's receive queues were full, by the kernel's count. */
    QUEUE_FULL,
    /** Requests of attackers that reached the server, by its count; each makes a log message. */
    REACHED,
    /** Lines that the ring or file took, by the server's count. */
    WRITTEN,
    /** Lines that the ring had no room for, by the server's count. */
    REFUSED,
    /** Lines that the first reader read, by its own count. */
    READ,
    /** Lines that were overwritten before the first reader read them, by its own count. */
    OVERWRITTEN,
    /** Lines that the second reader read. */
    READ_SECOND,
    /** Lines that were overwritten before the second reader read them. */
    OVERWRITTEN_SECOND,
    /** Bans begun. */
    BANS,
    /** Bans in force now. */
    BANS_ACTIVE,
    /** Blocks of lines that a worker took of another's source. */
    STOLEN,
    /** CPU time of the intrusion prevention system, its children included, in milliseconds. */
    IPS_CPU_MILLIS,
    /** CPU time of the server, in milliseconds. */
    SERVER_CPU_MILLIS,
    /** CPU time of the server's threads spent on logging, in milliseconds. */
    LOGGING_MILLIS;

    /** {@return its name in files: lower case with underscores} */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
