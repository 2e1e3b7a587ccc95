package org.ipspipeline.ips.match.syntax;

/** The parser met something that it does not know, and cannot tell where it ends. */
final class UnknownSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    UnknownSyntaxException(String what) {
        super(what);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
