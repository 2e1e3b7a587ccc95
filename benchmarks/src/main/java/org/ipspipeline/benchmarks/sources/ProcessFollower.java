package org.ipspipeline.benchmarks.sources;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A follower whose bans stand in a text that it writes. */
final class ProcessFollower implements Follower {

    private final Process process;
    private final Path text;
    private final Pattern ban;
    private final Set<String> banned = new HashSet<>();
    private long seen;

    private ProcessFollower(Process process, Path text, Pattern ban) {
        this.process = process;
        this.text = text;
        this.ban = ban;
    }

    /**
     * Starts one.
     *
     * @param command to run
     * @param output gets what it prints
     * @param text where its bans stand
     * @param ban matches a ban, the address in group 1
     */
    static ProcessFollower start(List<String> command, Path output, Path text, Pattern ban) throws IOException {
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new ProcessFollower(process, text, ban);
    }

    /** Waits until its output, or the text, has a word that says it follows. */
    void awaitText(Path where, String word) throws IOException, InterruptedException {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(where) || !Files.readString(where).contains(word)) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                close();
                throw new IOException("it did not start: no '" + word + "' in " + where);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Set<String> banned() throws IOException {
        if (Files.exists(text)) {
            final String news = newLines();
            final Matcher found = ban.matcher(news);
            while (found.find()) {
                banned.add(found.group(1));
            }
        }
        return banned;
    }

    /** What has been written since the last time, up to the last line end. */
    private String newLines() throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(text)) {
            channel.position(seen);
            final ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - seen));
            int got = 0;
            while (bytes.hasRemaining() && got >= 0) {
                got = channel.read(bytes);
            }
            final String all = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
            final int end = all.lastIndexOf('\n') + 1;
            seen += end;
            return all.substring(0, end);
        }
    }

    @Override
    public void close() {
        EndOfProcess.of(process);
    }
}
