package org.ipspipeline.bpf;

import java.io.IOException;
import java.util.Locale;
import org.ipspipeline.bpf.XdpException.Reason;
import org.ipspipeline.bpf.kernel.BpfLink;
import org.ipspipeline.bpf.kernel.BpfLink.Mode;
import org.ipspipeline.bpf.kernel.BpfProgram;
import org.ipspipeline.bpf.kernel.Errno;
import org.ipspipeline.bpf.kernel.KernelException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program on its interface. */
record Attachment(BpfLink link, Mode mode) {

    private static final Logger LOG = LoggerFactory.getLogger(Attachment.class);

    /** Takes the place of the program of a process before this one, or attaches anew. */
    static Attachment attach(
            String name, int index, BpfProgram program, Settings settings, XdpOptions options, @Nullable Pins pins)
            throws IOException {
        if (pins != null) {
            BpfLink pinned = BpfLink.openPinned(pins.link());
            if (pinned != null && pinned.interfaceIndex() == index) {
                return takeOver(name, pinned, program, settings);
            }
            if (pinned != null) {
                // Its interface is gone; the one of today has only the name in common.
                pinned.close();
                Pins.remove(pins.link());
            }
        }
        Attachment attachment = attachAnew(name, index, program, options);
        try {
            settings.setMode(attachment.mode);
            if (pins != null) {
                attachment.link.pin(pins.link());
                pins.made(pins.link());
            }
            return attachment;
        } catch (KernelException failure) {
            attachment.link.close();
            throw failure;
        }
    }

    private static Attachment takeOver(String name, BpfLink pinned, BpfProgram program, Settings settings) {
        try {
            pinned.replaceProgram(program);
        } catch (KernelException failure) {
            pinned.close();
            throw failure;
        }
        Mode mode = settings.mode().orElse(Mode.GENERIC);
        LOG.info("{}: took over the XDP program of before", name);
        return new Attachment(pinned, mode);
    }

    private static Attachment attachAnew(String name, int index, BpfProgram program, XdpOptions options)
            throws XdpException {
        switch (options.mode()) {
            case NATIVE:
                return attachIn(Mode.NATIVE, name, index, program);
            case GENERIC:
                return attachIn(Mode.GENERIC, name, index, program);
            case AUTO:
            default:
                try {
                    return attachIn(Mode.NATIVE, name, index, program);
                } catch (XdpException refusal) {
                    if (refusal.reason() != Reason.NOT_SUPPORTED) {
                        throw refusal;
                    }
                    LOG.info("{}: no native XDP ({}), taking the generic one", name, refusal.getMessage());
                    return attachIn(Mode.GENERIC, name, index, program);
                }
        }
    }

    private static Attachment attachIn(Mode mode, String name, int index, BpfProgram program) throws XdpException {
        try {
            return new Attachment(BpfLink.attach(program, index, mode), mode);
        } catch (KernelException failure) {
            switch (failure.errno()) {
                case Errno.EBUSY, Errno.EEXIST -> throw occupied(name, index, failure);
                case Errno.EPERM -> throw failure;
                default ->
                    throw new XdpException(
                            Reason.NOT_SUPPORTED,
                            "xdp: " + name + ": the driver cannot run an XDP program in "
                                    + mode.name().toLowerCase(Locale.ROOT) + " mode (" + Errno.describe(failure.errno())
                                    + "); use mode auto or generic",
                            failure);
            }
        }
    }

    private static XdpException occupied(String name, int index, KernelException failure) {
        BpfLink.Holder holder = BpfLink.holderOf(index);
        String who = holder == null
                ? "another XDP program is attached; detach it with 'ip link set dev " + name + " xdp off'"
                : "the XDP program '" + holder.programName() + "' (id " + holder.programId()
                        + ") is attached by a link; end the process that holds it, or remove its pin";
        return new XdpException(Reason.OCCUPIED, "xdp: " + name + ": " + who, failure);
    }
}
