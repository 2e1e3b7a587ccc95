package org.ipspipeline.ips.match.scan;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Platform;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The function that Hyperscan calls for each hit, in machine code: it puts the hit into the memory of {@link Hits} and comes
 * straight back. A call back into Java does the same, and costs 30 to 240 ns a hit, more than finding it.
 *
 * <pre>
 *   int record(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *hits)
 *              edi          rsi                      rdx                    ecx             r8
 * </pre>
 *
 * <p>The page is written first and made executable afterwards, never both at once. Where the system does not let a process make
 * code, or the processor is another one, there is no such function, and hits come by a call back.
 */
final class HitRecorder {

    /** What {@link #address} returns where there is no such function. */
    static final long NONE = 0;

    private static final int PAGE = 4096;
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int PROT_EXEC = 4;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int NO_FILE = -1;

    /** Offsets as in {@link Hits}: count 0, capacity 8, base 16, hits from 24 on. */
    private static final int[] X86_64 = {
        0xF3, 0x0F, 0x1E, 0xFA, //       endbr64
        0x49, 0x8B, 0x00, //             mov   rax, [r8]
        0x49, 0x3B, 0x40, 0x08, //       cmp   rax, [r8 + 8]
        0x73, 0x24, //                   jae   full
        0x89, 0xFF, //                   mov   edi, edi
        0x48, 0xC1, 0xE7, 0x20, //       shl   rdi, 32
        0x41, 0x03, 0x50, 0x10, //       add   edx, [r8 + 16]
        0x48, 0x09, 0xD7, //             or    rdi, rdx
        0x49, 0x89, 0x7C, 0xC0, 0x18, // mov   [r8 + 8 * rax + 24], rdi
        0x48, 0xFF, 0xC0, //             inc   rax
        0x49, 0x89, 0x00, //             mov   [r8], rax
        0x31, 0xC9, //                   xor   ecx, ecx
        0x49, 0x3B, 0x40, 0x08, //       cmp   rax, [r8 + 8]
        0x0F, 0x94, 0xC1, //             sete  cl
        0x89, 0xC8, //                   mov   eax, ecx
        0xC3, //                         ret
        0xB8, 0x01, 0x00, 0x00, 0x00, // full: mov eax, 1
        0xC3, //                         ret
    };

    private static final long ADDRESS = make();

    private HitRecorder() {}

    /** What makes the code; public because jnr-ffi implements it at run time. */
    public interface LibC {
        /** mmap(2). */
        Pointer mmap(@Nullable Pointer address, long length, int protection, int flags, int descriptor, long offset);

        /** mprotect(2). */
        int mprotect(Pointer address, long length, int protection);
    }

    /** {@return where the function is, for as long as the JVM runs, or {@link #NONE}} */
    static long address() {
        return ADDRESS;
    }

    private static long make() {
        Platform platform = Platform.getNativePlatform();
        if (platform.getCPU() != Platform.CPU.X86_64 || platform.getOS() != Platform.OS.LINUX) {
            return NONE;
        }
        try {
            LibC library = LibraryLoader.create(LibC.class).load("c");
            Pointer page = library.mmap(null, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE_ANONYMOUS, NO_FILE, 0);
            if (page == null || page.address() == -1) {
                return NONE;
            }
            for (int i = 0; i < X86_64.length; i++) {
                page.putByte(i, (byte) X86_64[i]);
            }
            return library.mprotect(page, PAGE, PROT_READ | PROT_EXEC) == 0 ? page.address() : NONE;
        } catch (LinkageError | RuntimeException unavailable) {
            // Nothing is lost but speed: the call back does the same.
            return NONE;
        }
    }
}
