package org.ipspipeline.ips.source.file;

import org.ipspipeline.ips.source.reading.FileIdentity;

/**
 * How far a file was read when the program last ran.
 *
 * @param record its number in the position file
 * @param identity which file it was
 * @param handled what had gone through the pipeline
 * @param given what had gone to the pipeline last: lines behind {@code handled} may have been handled or not, and if the file was
 *     cut back meanwhile, this is of its new content
 * @param skipping whether {@code handled} ends inside a line whose rest is to be passed over
 * @param finished whether the file was done with
 * @param drained whether it was an old file that had been read to its end
 */
record SavedPosition(
        int record,
        FileIdentity identity,
        Fingerprint handled,
        Fingerprint given,
        boolean skipping,
        boolean finished,
        boolean drained) {

    /** Stands for content that was cut back, and for no file. */
    static final FileIdentity NO_FILE = new FileIdentity(0, 0);

    /** Whether nothing of the file had been given yet. */
    boolean isUntouched() {
        return handled.position() == 0 && given.position() == 0;
    }

    /** Whether it is of content that was cut back and is still remembered under its file's own record. */
    boolean isEmptyCut() {
        return identity.equals(NO_FILE) && handled.position() == 0;
    }
}
