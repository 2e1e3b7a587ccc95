/**
 * What each stage of the intrusion prevention system takes, alone (JMH) and in a daemon at work on lines that come at a steady rate.
 *
 * <pre>
 *   ring --parse--&gt; block --match--&gt; failures --count--&gt; clients at the limit --ban--&gt; map of the XDP program
 * </pre>
 */
@NullMarked
package org.ipspipeline.benchmarks.stages;

import org.jspecify.annotations.NullMarked;
