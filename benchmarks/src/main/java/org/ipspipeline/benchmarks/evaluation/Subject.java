package org.ipspipeline.benchmarks.evaluation;

/** Who is to keep the attackers off. */
enum Subject {
    /** Our daemon with its XDP program. */
    OURS("ips-pipeline"),
    /** Debian's fail2ban with its nftables action. */
    FAIL2BAN_NFTABLES("fail2ban, nftables action"),
    /** Debian's fail2ban, which tells our daemon whom to put into the XDP map. */
    FAIL2BAN_XDP("fail2ban, our XDP map as its action");

    private final String title;

    Subject(String title) {
        this.title = title;
    }

    boolean isFail2ban() {
        return this != OURS;
    }

    /** For people. */
    String title() {
        return title;
    }
}
