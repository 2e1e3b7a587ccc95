package org.ipspipeline.ips.ban;

import org.ipspipeline.ips.ban.ignore.IgnoreCommand;
import org.ipspipeline.ips.ban.ignore.IgnoreList;
import org.ipspipeline.ips.count.ClientPrefix;
import org.ipspipeline.ips.count.FailureRule;
import org.ipspipeline.ips.enforce.PortSets;
import org.jspecify.annotations.Nullable;

/**
 * What a jail does about the failures that its filter finds.
 *
 * @param name as operators know it
 * @param rule how failures are counted and how long a ban lasts at first
 * @param client which addresses are one client
 * @param ignored never counted nor banned
 * @param times how bans grow
 * @param ignoreCommand asked about each client before it is banned; null for none
 * @param crowdRule when a whole IPv4 network is banned; null for never
 * @param portSet the ports that it bans from, a number of {@link PortSets}; {@link PortSets#EVERYTHING} for all
 */
public record JailPolicy(
        String name,
        FailureRule rule,
        ClientPrefix client,
        IgnoreList ignored,
        BanTimes times,
        @Nullable IgnoreCommand ignoreCommand,
        @Nullable CrowdRule crowdRule,
        int portSet) {

    /**
     * A policy that tells every address apart, ignores none, and whose bans are all equally long.
     *
     * @param name as operators know it
     * @param rule how failures are counted and how long a ban lasts
     * @return the policy
     */
    public static JailPolicy of(String name, FailureRule rule) {
        return new JailPolicy(
                name, rule, ClientPrefix.ADDRESS, IgnoreList.EMPTY, BanTimes.FIXED, null, null, PortSets.EVERYTHING);
    }

    /**
     * The same with other clients.
     *
     * @param prefix which addresses are one client
     * @return a changed copy
     */
    public JailPolicy withClient(ClientPrefix prefix) {
        return new JailPolicy(name, rule, prefix, ignored, times, ignoreCommand, crowdRule, portSet);
    }

    /**
     * The same with other ignored addresses.
     *
     * @param list never counted nor banned
     * @return a changed copy
     */
    public JailPolicy withIgnored(IgnoreList list) {
        return new JailPolicy(name, rule, client, list, times, ignoreCommand, crowdRule, portSet);
    }

    /**
     * The same with other growth.
     *
     * @param growth how bans grow
     * @return a changed copy
     */
    public JailPolicy withTimes(BanTimes growth) {
        return new JailPolicy(name, rule, client, ignored, growth, ignoreCommand, crowdRule, portSet);
    }

    /**
     * The same with another command.
     *
     * @param command asked about each client before it is banned; null for none
     * @return a changed copy
     */
    public JailPolicy withIgnoreCommand(@Nullable IgnoreCommand command) {
        return new JailPolicy(name, rule, client, ignored, times, command, crowdRule, portSet);
    }

    /**
     * The same with another rule for networks.
     *
     * @param rule when a whole IPv4 network is banned; null for never
     * @return a changed copy
     */
    public JailPolicy withCrowdRule(@Nullable CrowdRule rule) {
        return new JailPolicy(name, this.rule, client, ignored, times, ignoreCommand, rule, portSet);
    }

    /**
     * The same with other ports.
     *
     * @param set a number of {@link PortSets}
     * @return a changed copy
     */
    public JailPolicy withPortSet(int set) {
        return new JailPolicy(name, rule, client, ignored, times, ignoreCommand, crowdRule, set);
    }

    /**
     * {@return the jail's number}
     */
    public int jail() {
        return rule.jail();
    }
}
