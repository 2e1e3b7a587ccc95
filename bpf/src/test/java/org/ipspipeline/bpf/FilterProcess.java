package org.ipspipeline.bpf;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Attaches a filter and bans, or says why not. */
final class FilterProcess {

    private FilterProcess() {}

    /**
     * Attaches, bans, and stays.
     *
     * @param arguments interface, pin directory or "-", and bans: address, prefix length, seconds
     */
    public static void main(String[] arguments) throws Exception {
        XdpOptions options = XdpOptions.defaults()
                .withMaxBans(1000)
                .withPinDirectory(arguments[1].equals("-") ? null : Path.of(arguments[1]));
        XdpFilter filter;
        try {
            filter = XdpFilter.attach(arguments[0], options);
        } catch (XdpException refusal) {
            System.out.println(refusal.reason() + " " + refusal.getMessage());
            return;
        }
        BanWriter writer = filter.newWriter((portSet, high, low, length) -> {});
        for (int i = 2; i < arguments.length; i += 3) {
            writer.ban(
                    Addresses.high(arguments[i]),
                    Addresses.low(arguments[i]),
                    Integer.parseInt(arguments[i + 1]),
                    System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[i + 2])));
        }
        writer.flush();
        System.out.println("attached " + filter.name());
        Thread.sleep(TimeUnit.MINUTES.toMillis(10));
    }
}
