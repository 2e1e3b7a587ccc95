package org.ipspipeline.ips.service;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, which asks a service to reload. The JDK has no supported way to take a signal: its unsupported one is looked up at
 * run time, so that a JDK without it costs the signal and nothing else.
 */
public final class HangUp {

    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

    private HangUp() {}

    /**
     * Has an action run at each SIGHUP from now on, on a thread of its own; without this call the signal ends the process.
     *
     * @param action what it throws is logged
     */
    public static void handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    run(action);
                    yield null;
                }
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "SIGHUP";
            };
            Object proxy = Proxy.newProxyInstance(HangUp.class.getClassLoader(), new Class<?>[] {handler}, calls);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
        } catch (ReflectiveOperationException | LinkageError absent) {
            LOG.warn("SIGHUP cannot be taken with this JDK ({}); reload with 'ips-pipeline reload'", absent.toString());
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            LOG.error("reload failed: {}", failure.getMessage());
        }
    }
}
