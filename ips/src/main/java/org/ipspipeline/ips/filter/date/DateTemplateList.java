package org.ipspipeline.ips.filter.date;

import java.util.List;

/**
 * The date templates of a filter, to be shared by the detectors of its threads.
 *
 * @param templates in the order in which they are tried at first, at least one
 */
record DateTemplateList(List<DateTemplate> templates) {}
