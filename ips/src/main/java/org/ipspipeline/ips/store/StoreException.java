package org.ipspipeline.ips.store;

import java.io.IOException;

/** The database cannot be used. The message is one line that names it and says what to do. */
public final class StoreException extends IOException {

    private static final long serialVersionUID = 1;

    /**
     * @param message one line
     * @param cause what the database said
     */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
