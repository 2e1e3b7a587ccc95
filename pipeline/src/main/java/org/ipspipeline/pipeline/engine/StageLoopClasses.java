package org.ipspipeline.pipeline.engine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each class of stages a copy of the loop as a hidden class.
 *
 * <p>The compiler knows a call's receivers by where the call is written. Were there one loop for all, its call would see the
 * stages of every pipeline, and stay a call through an interface table; in a copy of its own it sees one class, and the stage
 * is compiled into the loop as if it had been written there.
 */
final class StageLoopClasses extends ClassValue<StageLoop> {

    static final StageLoopClasses LOOPS = new StageLoopClasses();

    private static final Logger LOG = LoggerFactory.getLogger(StageLoopClasses.class);

    private StageLoopClasses() {}

    @Override
    protected StageLoop computeValue(Class<?> stage) {
        try (InputStream template = StageLoopTemplate.class.getResourceAsStream("StageLoopTemplate.class")) {
            if (template != null) {
                return (StageLoop) MethodHandles.lookup()
                        .defineHiddenClass(template.readAllBytes(), true)
                        .lookupClass()
                        .getDeclaredConstructor()
                        .newInstance();
            }
        } catch (IOException | ReflectiveOperationException | LinkageError e) {
            LOG.debug("no loop of its own for {}, the common one does the same: {}", stage, e.toString());
        }
        return new StageLoopTemplate();
    }
}
