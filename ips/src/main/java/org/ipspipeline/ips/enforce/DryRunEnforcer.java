package org.ipspipeline.ips.enforce;

import java.util.Collection;
import org.ipspipeline.ips.address.AddressPrefix;

/** Puts nothing into force: to see what would be banned. */
public final class DryRunEnforcer implements Enforcer {

    private static final EnforcementWriter WRITER = new EnforcementWriter() {
        @Override
        public void ban(BanBatch batch) {}

        @Override
        public void unban(BanBatch batch) {}
    };

    @Override
    public String name() {
        return "dry-run";
    }

    @Override
    public boolean immediate() {
        return true;
    }

    @Override
    public boolean expires() {
        return true;
    }

    @Override
    public EnforcementWriter newWriter() {
        return WRITER;
    }

    @Override
    public void sweep(long nowNanos) {}

    @Override
    public boolean allow(Collection<AddressPrefix> prefixes) {
        return true;
    }

    @Override
    public boolean forEachBan(BanVisitor visitor) {
        return false;
    }

    @Override
    public long dropped() {
        return -1;
    }

    @Override
    public void close() {}
}
