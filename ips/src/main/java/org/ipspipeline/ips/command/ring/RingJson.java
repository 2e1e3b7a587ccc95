package org.ipspipeline.ips.command.ring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.ipc.RingStatus;
import org.ipspipeline.ipc.RingStatus.ReaderStatus;
import org.ipspipeline.ipc.RingStatus.SegmentStatus;
import org.ipspipeline.ipc.RingStatus.SlotState;
import org.jspecify.annotations.Nullable;

/** Tells of a ring to programs. */
final class RingJson {

    private RingJson() {}

    static Map<String, @Nullable Object> of(RingSample sample) {
        RingStatus ring = sample.ring();
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("path", ring.path().toString());
        object.put("records", ring.variable() ? "variable" : "fixed");
        object.put("mode", ring.overwrite() ? "overwrite" : "lossless");
        object.put("line_size", ring.lineSize());
        object.put("bytes", ring.bytes());
        object.put("page_size", ring.pageSize());
        object.put("created", ring.created().toString());
        object.put("creator_pid", ring.creatorPid());
        object.put("attached", sample.attached().stream().map(RingJson::process).toList());
        object.put(
                "segments",
                ring.segments().stream().map(segment -> of(segment, sample)).toList());
        object.put(
                "readers",
                ring.readers().stream().map(reader -> of(reader, sample)).toList());
        return object;
    }

    private static Map<String, @Nullable Object> of(SegmentStatus segment, RingSample sample) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("segment", segment.index());
        object.put("capacity", segment.capacity());
        object.put("fill", RingTables.fill(segment, sample.ring()));
        object.put("lines", segment.lines());
        object.put("lines_per_second", number(sample.writeRate(segment)));
        object.put("writer_pid", segment.writerPid() == 0 ? null : segment.writerPid());
        object.put("writer_alive", segment.writerAlive());
        object.put("claims", segment.epoch());
        object.put("dropped", segment.dropped());
        object.put("too_long", segment.tooLong());
        object.put("unread", segment.unread());
        object.put("evicted", segment.evicted());
        object.put("overruns", segment.overruns());
        return object;
    }

    private static Map<String, @Nullable Object> of(ReaderStatus reader, RingSample sample) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("reader", reader.id());
        object.put("state", Choices.name(reader.state()));
        if (reader.state() != SlotState.FREE) {
            object.put("pid", reader.pid());
            object.put(sample.ring().variable() ? "lag_bytes" : "lag_lines", reader.lag());
            object.put("lines", RingSample.read(reader));
            object.put("lines_per_second", number(sample.readRate(reader)));
            object.put("lost", reader.lost());
            object.put("damaged", RingSample.damaged(reader));
            object.put("lag_by_segment", List.copyOf(lags(reader)));
        }
        return object;
    }

    private static List<Long> lags(ReaderStatus reader) {
        return reader.cursors().stream().map(RingStatus.CursorStatus::lag).toList();
    }

    private static Map<String, @Nullable Object> process(Participant participant) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("pid", participant.pid());
        object.put("program", participant.program());
        return object;
    }

    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
