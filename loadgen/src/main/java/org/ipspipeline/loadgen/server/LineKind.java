package org.ipspipeline.loadgen.server;

/** What a log line looks like. */
enum LineKind {
    /** {@code YYYY-MM-DD HH:MM:SS client <IP> exceeded request rate limit}, in local time. */
    LONG(RateLimitLine.LONGEST),
    /** The address alone. */
    SHORT(AddressLine.LONGEST),
    /** No text but the address in binary: an address record. */
    BINARY(AddressRecord.LONGEST);

    private final int longest;

    LineKind(int longest) {
        this.longest = longest;
    }

    /** {@return the bytes of the longest line, without a newline} */
    int longest() {
        return longest;
    }

    LineForm form() {
        return switch (this) {
            case LONG -> new RateLimitLine();
            case SHORT -> new AddressLine();
            case BINARY -> new AddressRecord();
        };
    }
}
