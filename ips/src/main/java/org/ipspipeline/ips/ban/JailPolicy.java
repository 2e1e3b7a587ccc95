package org.ipspipeline.ips.ban;

import org.ipspipeline.ips.address.AddressRanges;
import org.ipspipeline.ips.count.ClientPrefix;
import org.ipspipeline.ips.count.FailureRule;

/**
 * What a jail does about the failures that its filter finds.
 *
 * @param name as operators know it
 * @param rule how failures are counted and how long a ban lasts at first
 * @param client which addresses are one client
 * @param ignored never counted nor banned
 */
public record JailPolicy(String name, FailureRule rule, ClientPrefix client, AddressRanges ignored) {

    /**
     * {@return the jail's number}
     */
    public int jail() {
        return rule.jail();
    }
}
