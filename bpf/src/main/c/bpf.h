/*
 * What the programs here need of the kernel's interface to BPF: types, helper functions, map definitions.
 *
 * The numbers are the kernel's UAPI (linux/bpf.h) and never change. They are repeated so that clang alone rebuilds the
 * objects, whatever headers a machine has, and so that the sources' hash covers all that the objects are made of.
 */
#ifndef IPS_BPF_H
#define IPS_BPF_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

_Static_assert(sizeof(void *) == 8, "BPF registers are 64 bits wide");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "built for little-endian hosts");

#define SECTION(name) __attribute__((section(name), used))
#define INLINE static inline __attribute__((always_inline))
#define likely(condition) __builtin_expect(!!(condition), 1)
#define unlikely(condition) __builtin_expect(!!(condition), 0)

/*
 * Put at the ends of two branches with different numbers, keeps the compiler from sharing what they have in common: it
 * would add a variable to a packet pointer, which the verifier keeps from those without CAP_PERFMON.
 */
#define keep_apart(number) asm volatile("" : : "i"(number))

/* A constant in network byte order, and a value to or from it. */
#define network16(value) __builtin_bswap16(value)
#define network32(value) __builtin_bswap32(value)
#define network64(value) __builtin_bswap64(value)

enum xdp_action { XDP_ABORTED = 0, XDP_DROP = 1, XDP_PASS = 2, XDP_TX = 3, XDP_REDIRECT = 4 };

struct xdp_md {
    u32 data;
    u32 data_end;
    u32 data_meta;
    u32 ingress_ifindex;
    u32 rx_queue_index;
    u32 egress_ifindex;
};

enum map_type { MAP_HASH = 1, MAP_ARRAY = 2, MAP_PERCPU_ARRAY = 6, MAP_LPM_TRIE = 11 };
enum map_flag { MAP_NO_PREALLOC = 1 };

/* A map as the loader creates it: one symbol of the section "maps" each. The loader may put another number of entries. */
struct map_definition {
    u32 type;
    u32 key_size;
    u32 value_size;
    u32 max_entries;
    u32 flags;
};

#define MAP(name, map_type, key, value, entries, map_flags) \
    struct map_definition name SECTION("maps") = { \
        .type = map_type, \
        .key_size = sizeof(key), \
        .value_size = sizeof(value), \
        .max_entries = entries, \
        .flags = map_flags, \
    }

/* Kernel helpers are called by their number. */
static void *(*const map_lookup)(void *map, const void *key) = (void *) 1;
static long (*const redirect)(u32 interface, u64 flags) = (void *) 23;
static u64 (*const ktime_get_coarse_ns)(void) = (void *) 160;
static u64 (*const frame_length)(struct xdp_md *context) = (void *) 188;

#endif
