package org.ipspipeline.ips.enforce;

/**
 * One thread's way to change what an enforcer holds. For the thread that it was made for.
 */
public interface EnforcementWriter {

    /**
     * Bans all of a batch, or gives their bans other ends. When it returns, what an {@linkplain Enforcer#immediate()
     * immediate} enforcer did not reject is in force; the others have it in their queue.
     *
     * @param batch bans; those that are not taken are marked in it, which is no exception
     */
    void ban(BanBatch batch);

    /**
     * Lifts the bans of all prefixes of a batch; one that is not there is no error.
     *
     * @param batch what to lift; the ends are not looked at
     */
    void unban(BanBatch batch);
}
