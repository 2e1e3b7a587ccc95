package org.ipspipeline.ips.scan;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ipspipeline.ipc.LineBuffer;
import org.ipspipeline.ips.address.AddressFormatter;
import org.ipspipeline.ips.line.LineBlock;
import org.jspecify.annotations.Nullable;

/** Is told of matched blocks. */
@FunctionalInterface
public interface Verdicts {

    /** Keeps nothing. */
    Verdicts NONE = block -> {};

    /**
     * Sees a block after it was matched.
     *
     * @param block lines and failures; used again afterwards
     * @throws IOException when the verdicts cannot be written
     */
    void of(LineBlock block) throws IOException;

    /**
     * Writes one JSON object a line: {@code line, match, host}.
     *
     * @param out takes the objects
     * @return the writer
     */
    static Verdicts to(PrintWriter out) {
        return block -> {
            LineBuffer lines = block.lines();
            int failure = 0;
            for (int line = 0; line < lines.count(); line++) {
                boolean match = failure < block.failures() && block.line(failure) == line;
                byte[] bytes = new byte[lines.length(line)];
                lines.bytes().get(lines.start(line), bytes);
                Map<String, @Nullable Object> verdict = new LinkedHashMap<>();
                verdict.put("line", new String(bytes, StandardCharsets.UTF_8));
                verdict.put("match", match);
                verdict.put("host", match ? AddressFormatter.toString(block.high(failure), block.low(failure)) : null);
                out.println(JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(verdict));
                while (failure < block.failures() && block.line(failure) == line) {
                    failure++;
                }
            }
            out.flush();
        };
    }
}
