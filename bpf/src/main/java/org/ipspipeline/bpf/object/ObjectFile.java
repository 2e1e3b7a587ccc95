package org.ipspipeline.bpf.object;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ipspipeline.bpf.kernel.BpfMap;
import org.ipspipeline.bpf.kernel.BpfProgram;
import org.ipspipeline.bpf.kernel.MapDefinition;

/** One XDP program with the definitions of its maps, not yet in the kernel. */
public final class ObjectFile {

    private static final String PROGRAM_SECTION = "xdp";
    private static final String MAPS_SECTION = "maps";
    private static final String LICENSE_SECTION = "license";

    /** {@code struct map_definition} of bpf.h. */
    private static final int DEFINITION_SIZE = 20;

    /** R_BPF_64_64: the 64-bit immediate of a two-slot load. */
    private static final int RELOCATION_IMMEDIATE = 1;

    private static final byte OPCODE_LOAD_IMMEDIATE = 0x18;
    private static final int INSTRUCTION_REGISTERS = 1;
    private static final int INSTRUCTION_IMMEDIATE = 4;

    /** BPF_PSEUDO_MAP_FD in the source register's half: the immediate is a map's descriptor. */
    private static final int SOURCE_MAP = 1 << 4;

    private final String name;
    private final byte[] instructions;
    private final List<ElfFile.Relocation> relocations;
    private final Map<String, MapDefinition> maps = new LinkedHashMap<>();
    private final String license;

    private ObjectFile(ElfFile elf) {
        name = elf.symbolsIn(PROGRAM_SECTION).keySet().iterator().next();
        instructions = elf.content(PROGRAM_SECTION);
        relocations = elf.relocationsOf(PROGRAM_SECTION);
        license = new String(elf.content(LICENSE_SECTION), StandardCharsets.US_ASCII).replace("\0", "");
        ByteBuffer definitions = ByteBuffer.wrap(elf.content(MAPS_SECTION)).order(ByteOrder.LITTLE_ENDIAN);
        for (ElfFile.Symbol symbol : elf.symbolsIn(MAPS_SECTION).values()) {
            if (symbol.size() != DEFINITION_SIZE) {
                throw new IllegalArgumentException("map '" + symbol.name() + "' is not defined as bpf.h has it");
            }
            int at = symbol.offset();
            maps.put(
                    symbol.name(),
                    new MapDefinition(
                            symbol.name(),
                            definitions.getInt(at),
                            definitions.getInt(at + 4),
                            definitions.getInt(at + 8),
                            definitions.getInt(at + 12),
                            definitions.getInt(at + 16)));
        }
    }

    /**
     * Reads an object file.
     *
     * @param content of the file
     * @return its program and map definitions
     * @throws IllegalArgumentException when it is not what clang makes of this module's sources
     */
    public static ObjectFile parse(byte[] content) {
        return new ObjectFile(ElfFile.parse(content));
    }

    /**
     * Reads an object that comes with this module.
     *
     * @param resource its name, such as {@code xdp_filter.o}
     * @return its program and map definitions
     */
    public static ObjectFile ofResource(String resource) {
        try (InputStream stream = ObjectFile.class.getResourceAsStream("/org/ipspipeline/bpf/" + resource)) {
            if (stream == null) {
                throw new IllegalStateException("the resource " + resource + " is missing from the jar");
            }
            return parse(stream.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * The program's name.
     *
     * @return as in the source
     */
    public String name() {
        return name;
    }

    /**
     * The maps that the program wants.
     *
     * @return definitions by name, as in the source
     */
    public Map<String, MapDefinition> maps() {
        return Map.copyOf(maps);
    }

    /**
     * The instructions, with zeroes where maps belong: what two builds have in common.
     *
     * @return a copy
     */
    public byte[] instructions() {
        return instructions.clone();
    }

    /**
     * Links the program to maps and loads it.
     *
     * @param linked a map for each name in {@link #maps()}
     * @return the loaded program
     */
    public BpfProgram load(Map<String, BpfMap> linked) {
        byte[] code = instructions.clone();
        ByteBuffer buffer = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN);
        for (ElfFile.Relocation relocation : relocations) {
            BpfMap map = linked.get(relocation.symbol().name());
            int at = relocation.offset();
            if (map == null || relocation.type() != RELOCATION_IMMEDIATE || buffer.get(at) != OPCODE_LOAD_IMMEDIATE) {
                throw new IllegalArgumentException("program '" + name + "' cannot be linked to '"
                        + relocation.symbol().name() + "'");
            }
            buffer.put(
                    at + INSTRUCTION_REGISTERS, (byte) ((buffer.get(at + INSTRUCTION_REGISTERS) & 0x0F) | SOURCE_MAP));
            buffer.putInt(at + INSTRUCTION_IMMEDIATE, map.descriptor());
        }
        return BpfProgram.loadXdp(name, code, license);
    }
}
