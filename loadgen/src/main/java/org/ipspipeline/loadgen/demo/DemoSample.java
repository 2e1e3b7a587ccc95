package org.ipspipeline.loadgen.demo;

/**
 * Everything that has happened since the attack began, at one moment.
 *
 * @param seconds since the attack began
 * @param offeredInvalid packets of misbehaving clients sent, by the sender's count
 * @param offeredValid requests of well-behaved clients sent, by the sender's count
 * @param answeredValid answers that came back to them, by the sender's count
 * @param dropped packets dropped, by the kernel's count, or by the gate's in the server
 * @param reachedInvalid requests of misbehaving clients that reached the server, by the server's count
 * @param reachedValid requests of well-behaved clients that reached the server, by the server's count
 * @param written lines written, by the server's count
 * @param read lines read, by the daemon's count
 * @param lost lines that the ring refused or overwrote, by the server's and the daemon's count
 * @param bans bans since the start
 * @param activeBans bans in force
 * @param distinctBans different addresses banned since the start
 * @param latency50 median time from a line that bans to the entry in the map, microseconds
 * @param latency99 its 99th percentile
 * @param latencyMax its maximum
 */
record DemoSample(
        double seconds,
        long offeredInvalid,
        long offeredValid,
        long answeredValid,
        long dropped,
        long reachedInvalid,
        long reachedValid,
        long written,
        long read,
        long lost,
        long bans,
        long activeBans,
        long distinctBans,
        double latency50,
        double latency99,
        double latencyMax) {

    /** Nothing has happened. */
    static final DemoSample START = new DemoSample(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
