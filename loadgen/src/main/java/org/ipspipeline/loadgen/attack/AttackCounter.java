package org.ipspipeline.loadgen.attack;

/** What a sending thread counts. */
enum AttackCounter {
    /** Packets of IPv4 attackers that the kernel took. */
    SENT_IPV4,
    /** Packets of IPv6 attackers that the kernel took. */
    SENT_IPV6,
    /** Packets that the kernel had no room for; they were tried again, or given up. */
    REFUSED
}
