package org.ipspipeline.loadgen.demo;

import java.time.Duration;
import org.ipspipeline.loadgen.attack.Family;

/**
 * What a demonstration is to show.
 *
 * @param duration how long the attack lasts
 * @param attackers how many misbehaving clients in all
 * @param pps what they send together, packets a second
 * @param validPps what the well-behaved clients send together, packets a second
 * @param banTime how long a ban lasts
 * @param maxRetry after how many lines a client is banned
 * @param family which addresses the clients have
 * @param segments threads of the server, each with a ring segment of its own
 * @param workers threads of the daemon
 */
record DemoOptions(
        Duration duration,
        int attackers,
        long pps,
        long validPps,
        Duration banTime,
        int maxRetry,
        Family family,
        int segments,
        int workers) {}
