package org.ipspipeline.ipc.futex;

import java.util.Optional;

/** Finds out once whether this machine and class path have a futex. */
final class Futexes {

    static final Optional<Futex> INSTANCE = load();

    private static final long X86_64 = 202;
    private static final long AARCH64 = 98;

    private Futexes() {}

    private static Optional<Futex> load() {
        if (!"Linux".equals(System.getProperty("os.name"))) {
            return Optional.empty();
        }
        try {
            return switch (System.getProperty("os.arch", "")) {
                case "amd64" -> Optional.of(new LinuxFutex(X86_64));
                case "aarch64" -> Optional.of(new LinuxFutex(AARCH64));
                default -> Optional.empty();
            };
        } catch (LinkageError | RuntimeException withoutJnr) {
            // Not on the class path, or its native part cannot be unpacked here: waiting then polls.
            return Optional.empty();
        }
    }
}
