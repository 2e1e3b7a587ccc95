package org.ipspipeline.ips.match.scan;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls Hyperscan through {@code java.lang.foreign}, which costs a fifth of a JNI call and a sixth of a call back. The package came
 * with JDK 22 and this code is compiled for 17: it is bound by reflection once, and used through method handles. Pointers are
 * described as longs, which 64-bit platforms pass alike.
 */
final class ForeignCalls {

    private static final MethodType ON_MATCH =
            MethodType.methodType(int.class, int.class, long.class, long.class, int.class, long.class);

    private final Object linker;
    private final Object onMatchDescriptor;
    private final Object noOptions;
    private final MethodHandle scan;

    private ForeignCalls(String library) throws ReflectiveOperationException {
        Class<?> arena = type("Arena");
        Class<?> linkerType = type("Linker");
        Class<?> lookup = type("SymbolLookup");
        Object javaInt = type("ValueLayout").getField("JAVA_INT").get(null);
        Object javaLong = type("ValueLayout").getField("JAVA_LONG").get(null);
        noOptions = Array.newInstance(type("Linker$Option"), 0);
        linker = call(linkerType.getMethod("nativeLinker"), null);
        Object global = call(arena.getMethod("global"), null);
        onMatchDescriptor = descriptor(javaInt, javaInt, javaLong, javaLong, javaInt, javaLong);
        Object symbols = call(lookup.getMethod("libraryLookup", Path.class, arena), null, Path.of(library), global);
        Optional<?> address = (Optional<?>) call(lookup.getMethod("find", String.class), symbols, "hs_scan");
        Object descriptor = descriptor(javaInt, javaLong, javaLong, javaInt, javaInt, javaLong, javaLong, javaLong);
        Method downcall = linkerType.getMethod(
                "downcallHandle", type("MemorySegment"), type("FunctionDescriptor"), noOptions.getClass());
        scan = (MethodHandle) call(downcall, linker, address.orElseThrow(), descriptor, noOptions);
    }

    /**
     * Binds the calls.
     *
     * @param library the path of the loaded library
     * @return the calls, null where the JVM has no {@code java.lang.foreign} or does not let this code use it
     */
    static @Nullable ForeignCalls bind(String library) {
        if (Runtime.version().feature() < 22) {
            return null;
        }
        try {
            return new ForeignCalls(library);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    /** The handle of {@code hs_scan}: (database, data, length, flags, scratch, callback, context), an error code. */
    MethodHandle scan() {
        return scan;
    }

    /**
     * A native function that calls {@link Hits#onMatch}.
     *
     * @param address where it is
     * @param arena keeps it alive for as long as it is reachable
     */
    record Callback(long address, Object arena) {}

    /** Makes the function for one collection of hits. */
    Callback callback(Hits hits) {
        try {
            MethodHandle target = MethodHandles.lookup()
                    .findVirtual(Hits.class, "onMatch", ON_MATCH)
                    .bindTo(hits);
            Method upcall = type("Linker")
                    .getMethod(
                            "upcallStub",
                            MethodHandle.class,
                            type("FunctionDescriptor"),
                            type("Arena"),
                            noOptions.getClass());
            Object arena = call(type("Arena").getMethod("ofAuto"), null);
            Object stub = call(upcall, linker, target, onMatchDescriptor, arena, noOptions);
            return new Callback((long) call(type("MemorySegment").getMethod("address"), stub), arena);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("java.lang.foreign does not work as it did", e);
        }
    }

    private static Object descriptor(Object result, Object... arguments) throws ReflectiveOperationException {
        Class<?> layout = type("MemoryLayout");
        Object layouts = Array.newInstance(layout, arguments.length);
        for (int i = 0; i < arguments.length; i++) {
            Array.set(layouts, i, arguments[i]);
        }
        Method of = type("FunctionDescriptor").getMethod("of", layout, layouts.getClass());
        return call(of, null, result, layouts);
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("java.lang.foreign." + name);
    }

    private static Object call(Method method, @Nullable Object target, Object... arguments)
            throws ReflectiveOperationException {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new ReflectiveOperationException(e.getCause());
        }
    }
}
