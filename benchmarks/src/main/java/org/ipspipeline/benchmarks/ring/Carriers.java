package org.ipspipeline.benchmarks.ring;

import java.util.List;

/** Names carriers on the command line of the processes that use them. */
final class Carriers {

    private Carriers() {}

    static Carrier parse(List<String> arguments) {
        return switch (arguments.get(0)) {
            case RingCarrier.NAME -> RingCarrier.parse(arguments);
            case AgronaCarrier.ONE_WRITER -> new AgronaCarrier(false);
            case AgronaCarrier.MANY_WRITERS -> new AgronaCarrier(true);
            case AeronCarrier.NAME -> new AeronCarrier();
            case ChronicleCarrier.NAME -> new ChronicleCarrier();
            default -> throw new IllegalArgumentException(arguments.get(0));
        };
    }
}
