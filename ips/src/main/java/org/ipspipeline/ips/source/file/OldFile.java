package org.ipspipeline.ips.source.file;

/** A file that stood at a followed path, or came between two that did, and when something last happened to it. */
final class OldFile {

    private static final long CHECK_NANOS = 100_000_000;

    private final FollowedFile file;
    private long checkedAt;
    private long grewAt;
    private long drainedTo = -1;

    /**
     * @param file is to be read to its end
     * @param now {@link System#nanoTime()}
     */
    OldFile(FollowedFile file, long now) {
        this.file = file;
        this.checkedAt = now;
        this.grewAt = now;
        file.recheck();
    }

    FollowedFile file() {
        return file;
    }

    /** Whether it is to be read now: it may have lines, or nobody has looked for a while. */
    boolean isDue(long now) {
        return !file.isAtEnd() || now - checkedAt >= CHECK_NANOS;
    }

    /** Notes a read. */
    void onRead(long now, boolean grew) {
        checkedAt = now;
        if (grew) {
            grewAt = now;
        }
    }

    /** Whether it is at its end, and was not when this was asked before. */
    boolean isNewlyDrained() {
        final boolean newly = file.isAtEnd() && file.position() != drainedTo;
        drainedTo = file.position();
        return newly;
    }

    /** Whether it was read to its end and its writer has been silent for so long. */
    boolean isSilentFor(long nanos, long now) {
        return file.isAtEnd() && now - grewAt >= nanos;
    }
}
