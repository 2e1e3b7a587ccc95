package org.ipspipeline.ips.ban;

/**
 * Learns what happens to bans, on the keeper's thread: it must hand on what takes time. It never has to look anything up: all
 * that is known comes with the call. Whatever it throws is logged and counted, and disturbs nobody else.
 */
public interface BanListener {

    /** Why a ban ended. */
    enum End {
        /** Its time was over. */
        EXPIRED,
        /** Somebody lifted it. */
        LIFTED
    }

    /**
     * A ban began.
     *
     * @param ban what is known
     */
    void began(Ban ban);

    /**
     * A ban got another end.
     *
     * @param ban with its new end
     */
    void prolonged(Ban ban);

    /**
     * A ban ended.
     *
     * @param ban as it was
     * @param end why
     */
    void ended(Ban ban, End end);

    /**
     * {@return news that could not be handed on so far; any thread may ask}
     */
    default long missed() {
        return 0;
    }
}
