package org.ipspipeline.ips.ban;

/** A ban on its way from a worker to the keeper: a slot of the ring between them. */
final class BanNotice {

    long high;
    long low;
    int prefixLength;
    int jail;
    int portSet;
    int failures;
    long since;
    long until;

    /** Before any enforcer was told: what the keeper lifts after that may be this ban. */
    long decided;
}
