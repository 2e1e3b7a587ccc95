package org.ipspipeline.ips.source.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a program says on its standard error, and keeps the last line of it. */
final class LastWords {

    private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);
    private static final int LONGEST = 300;

    private final String name;
    private final InputStream from;
    private final Thread thread;
    private final byte[] line = new byte[LONGEST];
    private int length;
    private volatile String last = "";

    LastWords(String name, InputStream from) {
        this.name = name;
        this.from = from;
        this.thread = new Thread(this::run, "errors of " + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The last line, after the program has closed its standard error or a second has passed; empty if it said nothing. */
    String await() throws InterruptedException {
        thread.join(1000);
        return last;
    }

    private void run() {
        try (from) {
            for (int next = from.read(); next >= 0; next = from.read()) {
                if (next == '\n') {
                    endLine();
                } else if (length < LONGEST) {
                    line[length++] = (byte) next;
                }
            }
            endLine();
        } catch (IOException e) {
            LOG.debug("{}: its standard error cannot be read", name, e);
        }
    }

    private void endLine() {
        if (length > 0) {
            last = new String(line, 0, length, StandardCharsets.UTF_8).strip();
            LOG.debug("{}: {}", name, last);
            length = 0;
        }
    }
}
