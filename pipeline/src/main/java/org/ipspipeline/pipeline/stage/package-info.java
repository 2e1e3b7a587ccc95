/**
 * What an application gives to a pipeline: where events come from ({@link org.ipspipeline.pipeline.stage.Source}), what is
 * done with them ({@link org.ipspipeline.pipeline.stage.Stage}), and what becomes of those that fail ({@link
 * org.ipspipeline.pipeline.stage.ErrorPolicy}). Uses no other package.
 */
@NullMarked
package org.ipspipeline.pipeline.stage;

import org.jspecify.annotations.NullMarked;
