package org.ipspipeline.ips.match.program;

/** What came of matching a line. */
public enum Verdict {
    /** The line matches. */
    MATCH,
    /** The line does not match. */
    NO_MATCH,
    /** The program cannot tell: the regular expression has to decide. */
    UNSURE,
    /** The budget was used up before there was a verdict. */
    OVER_BUDGET
}
