package org.ipspipeline.loadgen.attack;

import org.ipspipeline.loadgen.net.Address;
import org.ipspipeline.loadgen.net.NetworkDevice;

/**
 * The attackers of one family and their target.
 *
 * @param target attacked
 * @param device that packets leave through
 * @param sources the attackers
 */
record Opponents(Address target, NetworkDevice device, AddressRange sources) {}
