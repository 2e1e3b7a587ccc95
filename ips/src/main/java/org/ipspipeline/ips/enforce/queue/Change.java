package org.ipspipeline.ips.enforce.queue;

/** A slot of the queue: a ban, or the end of one. */
final class Change {

    long high;
    long low;
    int prefixLength;
    long until;
    int jail;
    int portSet;
    long since;
    int failures;
    int times;
    boolean restored;
}
