package org.ipspipeline.ips.control;

/** A command that was refused. The message is one line for the operator. */
public final class ControlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a command was refused. */
    public enum Kind {
        /** There is no such jail. */
        UNKNOWN_JAIL,
        /** There is no such command, or it lacks an argument. */
        INVALID_COMMAND,
        /** It cannot be done as asked for. */
        FAILED,
        /** fail2ban has it, and there is nothing here that it could mean. */
        NO_COUNTERPART
    }

    private final Kind kind;

    /**
     * @param kind why
     * @param message for the operator; the name of the jail if that is unknown
     */
    public ControlException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** {@return why} */
    public Kind kind() {
        return kind;
    }

    static ControlException failed(String message) {
        return new ControlException(Kind.FAILED, message);
    }

    static ControlException invalid() {
        return new ControlException(Kind.INVALID_COMMAND, "Invalid command");
    }
}
