package org.ipspipeline.ips.ban.ignore;

import java.io.IOException;
import java.util.List;
import org.ipspipeline.ips.address.AddressPrefix;

/** Something that says whom to ignore, and may say something else later. */
interface IgnoreSource {

    /**
     * Asks it.
     *
     * @return prefixes to ignore
     * @throws IOException if it cannot say; the message names it
     */
    List<AddressPrefix> ask() throws IOException;
}
