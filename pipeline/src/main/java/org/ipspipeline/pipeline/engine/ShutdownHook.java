package org.ipspipeline.pipeline.engine;

/** Has the end of the virtual machine wait for something. */
final class ShutdownHook {

    private final Thread thread;
    private boolean installed;

    ShutdownHook(String name, Runnable action) {
        thread = new Thread(action, name + "/shutdown");
    }

    synchronized void install() {
        Runtime.getRuntime().addShutdownHook(thread);
        installed = true;
    }

    synchronized void remove() {
        if (!installed) {
            return;
        }
        installed = false;
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The virtual machine is ending already, most likely by this very hook: there is nothing left to remove.
        }
    }
}
