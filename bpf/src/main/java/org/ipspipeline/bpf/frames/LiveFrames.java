package org.ipspipeline.bpf.frames;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.ipspipeline.bpf.kernel.BpfLink;
import org.ipspipeline.bpf.kernel.BpfLink.Mode;
import org.ipspipeline.bpf.kernel.BpfMap;
import org.ipspipeline.bpf.kernel.BpfProgram;
import org.ipspipeline.bpf.kernel.Errno;
import org.ipspipeline.bpf.kernel.KernelException;
import org.ipspipeline.bpf.kernel.MapDefinition;
import org.ipspipeline.bpf.kernel.NativeMemory;
import org.ipspipeline.bpf.kernel.NetworkInterfaces;
import org.ipspipeline.bpf.object.ObjectFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program that makes live frames into packets, for one interface and any number of senders. Threads that send must be
 * in the interface's network namespace. Senders may be made by any thread.
 *
 * <p>The program is attached to the interface as long as this object lives, in generic mode and passing everything: a
 * program that is attached nowhere costs the kernel two grace periods for each call of {@link FrameSender#send}, tens of
 * milliseconds instead of microseconds. Where another program is attached, it has to be that way; {@link #hasCheapCalls()}
 * tells, and a million frames a call make up for it.
 */
public final class LiveFrames implements AutoCloseable {

    /** How many senders there can be, closed ones included. */
    public static final int MAX_SENDERS = 64;

    /** {@code MAX_LENGTH} of frame_sender.c: longer frames than this less one are refused. */
    static final int MAX_LENGTH = 2048;

    private static final Logger LOG = LoggerFactory.getLogger(LiveFrames.class);
    private static final String OBJECT = "frame_sender.o";

    private final Map<String, BpfMap> maps = new HashMap<>();
    private final BpfProgram program;
    private final @Nullable BpfLink link;
    private final boolean[] lengthsTaken = new boolean[MAX_LENGTH];
    private int senders;

    private LiveFrames(String interfaceName, int index) {
        ObjectFile object = ObjectFile.ofResource(OBJECT);
        BpfProgram loaded = null;
        try {
            for (MapDefinition definition : object.maps().values()) {
                maps.put(definition.name(), BpfMap.create(definition));
            }
            put("interfaces", 0, index);
            loaded = object.load(maps);
            program = loaded;
            link = attach(interfaceName, program, index);
        } catch (RuntimeException failure) {
            if (loaded != null) {
                loaded.close();
            }
            maps.values().forEach(BpfMap::close);
            throw failure;
        }
    }

    private static @Nullable BpfLink attach(String interfaceName, BpfProgram program, int index) {
        try {
            return BpfLink.attach(program, index, Mode.GENERIC);
        } catch (KernelException failure) {
            if (failure.errno() == Errno.EPERM) {
                throw failure;
            }
            LOG.info("{}: calls are slow: {}", interfaceName, failure.getMessage());
            return null;
        }
    }

    /**
     * Loads the program for an interface.
     *
     * @param interfaceName in this thread's network namespace; for a veth pair the near end
     * @return what senders are made of
     * @throws IOException without the interface, the privileges or the kernel's support, with what to do about it
     */
    public static LiveFrames open(String interfaceName) throws IOException {
        int index = NetworkInterfaces.indexOf(interfaceName);
        if (index == 0) {
            throw new IOException("live frames: there is no network interface '" + interfaceName
                    + "'; 'ip link' shows those there are");
        }
        try {
            return new LiveFrames(interfaceName, index);
        } catch (KernelException failure) {
            String mend = failure.errno() == Errno.EPERM
                    ? "run as root, or with both CAP_BPF and CAP_NET_ADMIN"
                    : "needs Linux 5.18 or newer, this is " + System.getProperty("os.version");
            throw new IOException("live frames: " + interfaceName + ": " + failure.getMessage() + "; " + mend, failure);
        }
    }

    /**
     * Makes a sender. The program tells senders by the length of their frames, so a frame may get some bytes of padding
     * behind its packet.
     *
     * @param template what each frame is
     * @param clients whom they come from, of the template's family
     * @return the sender, for one thread
     * @throws IllegalStateException when there are {@link #MAX_SENDERS} already, or frames of this length and all longer
     *     ones are taken
     */
    public synchronized FrameSender sender(UdpTemplate template, ClientRange clients) {
        if (senders == MAX_SENDERS) {
            throw new IllegalStateException("live frames: at most " + MAX_SENDERS + " senders for an interface");
        }
        int length = template.length();
        while (length < MAX_LENGTH && lengthsTaken[length]) {
            length++;
        }
        if (length >= MAX_LENGTH) {
            throw new IllegalStateException("live frames: a frame has " + (MAX_LENGTH - 1) + " bytes at most");
        }
        int number = ++senders;
        FrameSender sender = new FrameSender(this, number, template, clients, length);
        put("streams", length, number);
        lengthsTaken[length] = true;
        return sender;
    }

    /**
     * Whether few frames a call are no waste of time.
     *
     * @return false when a call costs tens of milliseconds, whatever the number of frames
     */
    public boolean hasCheapCalls() {
        return link != null;
    }

    BpfProgram program() {
        return program;
    }

    BpfMap map(String name) {
        BpfMap map = maps.get(name);
        if (map == null) {
            throw new IllegalStateException("the program has no map '" + name + "'");
        }
        return map;
    }

    private void put(String name, int key, int value) {
        NativeMemory keyMemory = new NativeMemory(Integer.BYTES);
        NativeMemory valueMemory = new NativeMemory(Integer.BYTES);
        keyMemory.bytes().putInt(0, key);
        valueMemory.bytes().putInt(0, value);
        map(name).update(keyMemory, valueMemory);
    }

    /** Lets go of the program; its senders cannot send any more. */
    @Override
    public void close() {
        if (link != null) {
            link.close();
        }
        program.close();
        maps.values().forEach(BpfMap::close);
    }
}
