package org.ipspipeline.bpf.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A relocatable ELF file for BPF: 64 bits, little-endian. Reads what clang writes and refuses everything else; a damaged
 * file ends in an {@link IllegalArgumentException}.
 */
final class ElfFile {

    /** A name for a place in a section. */
    record Symbol(String name, int section, int offset, int size) {}

    /** An instruction that waits for the address of a symbol. */
    record Relocation(int offset, int type, Symbol symbol) {}

    private record Section(String name, int type, int offset, int size, int link, int info) {}

    private static final int MAGIC = 0x464C_457F;
    private static final byte CLASS_64 = 2;
    private static final byte LITTLE_ENDIAN = 1;
    private static final short MACHINE_BPF = 247;

    private static final int TYPE_SYMBOLS = 2;
    private static final int TYPE_RELOCATIONS = 9;

    private static final int HEADER_MACHINE = 18;
    private static final int HEADER_SECTIONS = 40;
    private static final int HEADER_SECTION_COUNT = 60;
    private static final int HEADER_NAMES = 62;
    private static final int HEADER_SIZE = 64;

    private static final int SECTION_SIZE = 64;
    private static final int SYMBOL_SIZE = 24;
    private static final int RELOCATION_SIZE = 16;

    private final ByteBuffer bytes;
    private final List<Section> sections = new ArrayList<>();
    private final List<Symbol> symbols = new ArrayList<>();

    private ElfFile(byte[] content) {
        bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    static ElfFile parse(byte[] content) {
        ElfFile file = new ElfFile(content);
        try {
            file.readSections();
            file.readSymbols();
        } catch (IndexOutOfBoundsException truncated) {
            throw new IllegalArgumentException("the object file is damaged", truncated);
        }
        return file;
    }

    private void readSections() {
        if (bytes.capacity() < HEADER_SIZE
                || bytes.getInt(0) != MAGIC
                || bytes.get(4) != CLASS_64
                || bytes.get(5) != LITTLE_ENDIAN
                || bytes.getShort(HEADER_MACHINE) != MACHINE_BPF) {
            throw new IllegalArgumentException("not a little-endian BPF object file");
        }
        int table = Math.toIntExact(bytes.getLong(HEADER_SECTIONS));
        int count = Short.toUnsignedInt(bytes.getShort(HEADER_SECTION_COUNT));
        int names = table + Short.toUnsignedInt(bytes.getShort(HEADER_NAMES)) * SECTION_SIZE;
        int strings = Math.toIntExact(bytes.getLong(names + 24));
        for (int i = 0; i < count; i++) {
            int at = table + i * SECTION_SIZE;
            sections.add(new Section(
                    stringAt(strings + bytes.getInt(at)),
                    bytes.getInt(at + 4),
                    Math.toIntExact(bytes.getLong(at + 24)),
                    Math.toIntExact(bytes.getLong(at + 32)),
                    bytes.getInt(at + 40),
                    bytes.getInt(at + 44)));
        }
    }

    private void readSymbols() {
        for (Section section : sections) {
            if (section.type == TYPE_SYMBOLS) {
                int strings = sections.get(section.link).offset;
                for (int at = section.offset; at < section.offset + section.size; at += SYMBOL_SIZE) {
                    symbols.add(new Symbol(
                            stringAt(strings + bytes.getInt(at)),
                            Short.toUnsignedInt(bytes.getShort(at + 6)),
                            Math.toIntExact(bytes.getLong(at + 8)),
                            Math.toIntExact(bytes.getLong(at + 16))));
                }
            }
        }
    }

    /** A copy of a section's content. */
    byte[] content(String name) {
        Section section = sections.get(indexOf(name));
        byte[] content = new byte[section.size];
        bytes.get(section.offset, content);
        return content;
    }

    /** The named symbols in a section, by name, in the order of their places. */
    Map<String, Symbol> symbolsIn(String name) {
        int index = indexOf(name);
        Map<String, Symbol> found = new LinkedHashMap<>();
        symbols.stream()
                .filter(symbol -> symbol.section == index && symbol.size > 0 && !symbol.name.isEmpty())
                .sorted((left, right) -> Integer.compare(left.offset, right.offset))
                .forEach(symbol -> found.put(symbol.name, symbol));
        return found;
    }

    /** What is to be put right in a section's content before it can be used. */
    List<Relocation> relocationsOf(String name) {
        int index = indexOf(name);
        List<Relocation> found = new ArrayList<>();
        for (Section section : sections) {
            if (section.type == TYPE_RELOCATIONS && section.info == index) {
                for (int at = section.offset; at < section.offset + section.size; at += RELOCATION_SIZE) {
                    long info = bytes.getLong(at + 8);
                    found.add(new Relocation(
                            Math.toIntExact(bytes.getLong(at)), (int) info, symbols.get((int) (info >>> 32))));
                }
            }
        }
        return found;
    }

    private int indexOf(String name) {
        for (int i = 0; i < sections.size(); i++) {
            if (sections.get(i).name.equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the object file has no section '" + name + "'");
    }

    private String stringAt(int offset) {
        int end = offset;
        while (bytes.get(end) != 0) {
            end++;
        }
        return new String(bytes.array(), offset, end - offset, StandardCharsets.US_ASCII);
    }
}
