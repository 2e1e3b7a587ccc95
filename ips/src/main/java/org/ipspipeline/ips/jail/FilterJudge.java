package org.ipspipeline.ips.jail;

import java.nio.ByteBuffer;
import java.util.List;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.address.AddressParser;
import org.ipspipeline.ips.filter.Failure;
import org.ipspipeline.ips.filter.FilterEvaluator;
import org.ipspipeline.ips.line.LineBlock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the lines of one source by the filters of all jails that read it. Remembers what the filters want remembered, so it
 * must see every block, in order. For one thread at a time.
 */
final class FilterJudge implements Judge {

    private static final Logger LOG = LoggerFactory.getLogger(FilterJudge.class);

    private final List<Applied> applied;
    private final DeferredFailures deferred;
    private final AddressParser addresses = new AddressParser();
    private byte[] line = new byte[1024];

    FilterJudge(List<Applied> applied, DeferredFailures deferred) {
        this.applied = List.copyOf(applied);
        this.deferred = deferred;
    }

    /**
     * A jail's filter on this source.
     *
     * @param jail the jail's number
     * @param name the jail's name
     * @param meter the jail's
     * @param evaluator of this source alone
     */
    record Applied(int jail, String name, JailMeter meter, FilterEvaluator evaluator) {}

    List<Applied> applied() {
        return applied;
    }

    @Override
    public void judge(LineBlock block) {
        LineBuffer lines = block.lines();
        ByteBuffer bytes = lines.bytes();
        int count = lines.count();
        for (int i = 0; i < count; i++) {
            int length = lines.length(i);
            if (length > line.length) {
                line = new byte[Math.max(length, 2 * line.length)];
            }
            bytes.get(lines.start(i), line, 0, length);
            for (Applied filter : applied) {
                for (Failure failure : filter.evaluator.evaluate(line, 0, length)) {
                    note(block, i, filter, failure);
                }
            }
        }
    }

    private void note(LineBlock block, int index, Applied filter, Failure failure) {
        if (!failure.isFailure()) {
            return;
        }
        filter.meter.matched(1);
        if (failure.parseAddress(addresses)) {
            block.addFailure(index, filter.jail, addresses.high(), addresses.low(), failure.timeMicros());
        } else if (failure.identityKind() == Failure.IdentityKind.HOST_NAME) {
            deferred.take(filter.jail, failure);
        } else {
            filter.meter.addressless();
            if (filter.meter.withoutAddress() == 1) {
                LOG.warn(
                        "[{}] '{}' is no address, so nothing can be banned; further ones are only counted",
                        filter.name,
                        failure.identity());
            }
        }
    }
}
