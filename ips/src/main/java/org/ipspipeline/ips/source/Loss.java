package org.ipspipeline.ips.source;

/**
 * What a source lost for one reason since it was opened.
 *
 * @param reason why
 * @param times how often it happened; more than 0 with no lines and no bytes says that the amount is unknown
 * @param lines lines known to be lost
 * @param bytes bytes known to be lost, where lines cannot be told
 */
public record Loss(LossReason reason, long times, long lines, long bytes) {}
