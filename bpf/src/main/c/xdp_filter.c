/*
 * Drops packets of banned sources before the network stack sees them.
 *
 *   frame -> Ethernet -> up to two VLAN tags -> IPv4: address, prefix            -> allowed? -> drop
 *                                            -> IPv6: address, /64, other prefix -> allowed? -> drop
 *
 * A ban holds until its expiry on CLOCK_MONOTONIC, whether or not anybody is there to remove it. What cannot be parsed
 * passes, and is counted. A map is looked into only while its bit in the settings says that something is in it, so that
 * what nobody uses costs nothing.
 */
#include "bpf.h"

/* A ban of one address, or of one /64 of IPv6. */
struct ban {
    u64 expiry;  /* nanoseconds of CLOCK_MONOTONIC */
    u64 dropped; /* packets, since the ban was written */
};

/* A ban of a prefix; it knows its length so that the next shorter one can be asked for. */
struct prefix_ban {
    struct ban ban;
    u32 length;
    u32 unused;
};

struct prefix4 {
    u32 length;
    u32 address;
};

struct prefix6 {
    u32 length;
    u32 address[4];
};

struct address6 {
    u64 network;
    u64 host;
};

struct family_counters {
    u64 passed;
    u64 dropped;
    u64 malformed;
    u64 allowed; /* of the passed ones: banned, but on the allow list */
};

struct counters {
    struct family_counters ipv4;
    struct family_counters ipv6;
    struct family_counters other; /* neither IPv4 nor IPv6, as far as could be parsed */
};

struct settings {
    u32 filled; /* bits of enum filled */
    u32 mode;   /* how the program is attached; kept here for whoever takes the maps over */
};

enum filled {
    FILLED_BANS4 = 1 << 0,
    FILLED_BANS6 = 1 << 1,
    FILLED_NETWORKS6 = 1 << 2,
    FILLED_PREFIXES4 = 1 << 3,
    FILLED_PREFIXES6 = 1 << 4,
    FILLED_ALLOWED4 = 1 << 5,
    FILLED_ALLOWED6 = 1 << 6,
};

/* How many expired prefixes may hide a longer-lived shorter one; the daemon sweeps expired ones away. */
#define NESTED_PREFIXES 8

/* Preallocated: without, inserts fail in bursts when memory cannot be had in the context they run in. */
MAP(bans4, MAP_HASH, u32, struct ban, 1, 0);
MAP(bans6, MAP_HASH, struct address6, struct ban, 1, 0);
MAP(networks6, MAP_HASH, u64, struct ban, 1, 0);
/* The kernel has tries without preallocation only. */
MAP(prefixes4, MAP_LPM_TRIE, struct prefix4, struct prefix_ban, 1, MAP_NO_PREALLOC);
MAP(prefixes6, MAP_LPM_TRIE, struct prefix6, struct prefix_ban, 1, MAP_NO_PREALLOC);
MAP(allowed4, MAP_LPM_TRIE, struct prefix4, u64, 1, MAP_NO_PREALLOC);
MAP(allowed6, MAP_LPM_TRIE, struct prefix6, u64, 1, MAP_NO_PREALLOC);
MAP(settings, MAP_ARRAY, u32, struct settings, 1, 0);
MAP(counters, MAP_PERCPU_ARRAY, u32, struct counters, 1, 0);

struct ethernet {
    u8 destination[6];
    u8 source[6];
    u16 type;
};

struct vlan {
    u16 tag;
    u16 type;
};

struct ipv4 {
    u8 version_and_length;
    u8 service;
    u16 total_length;
    u32 fragment;
    u16 time_and_protocol;
    u16 checksum;
    u32 source;
    u32 destination;
};

struct ipv6 {
    u8 version_and_class;
    u8 flow[3];
    u32 length_and_next;
    u32 source[4];
    u32 destination[4];
};

#define TYPE_IPV4 network16(0x0800)
#define TYPE_IPV6 network16(0x86DD)
#define TYPE_VLAN network16(0x8100)
#define TYPE_VLAN_OUTER network16(0x88A8)

INLINE int is_active(const struct ban *ban)
{
    /* The coarse clock is read from memory: 4 ms behind at most, and four times cheaper than the precise one. */
    return ban && ban->expiry > ktime_get_coarse_ns();
}

/* The longest banned prefix that is still in force. An expired one may hide a shorter one, which is asked for next. */
INLINE struct ban *active_prefix(void *map, u32 *key_length, const void *key)
{
#pragma clang loop unroll(disable)
    for (int i = 0; i < NESTED_PREFIXES; i++) {
        struct prefix_ban *prefix = map_lookup(map, key);
        if (!prefix)
            return 0;
        if (is_active(&prefix->ban))
            return &prefix->ban;
        if (prefix->length == 0)
            return 0;
        *key_length = prefix->length - 1;
    }
    return 0;
}

INLINE int drop(struct ban *ban, struct family_counters *counters)
{
    /* Packets of one source may arrive on several CPUs. */
    __sync_fetch_and_add(&ban->dropped, 1);
    counters->dropped++;
    return XDP_DROP;
}

INLINE int pass(u64 *counter)
{
    (*counter)++;
    return XDP_PASS;
}

INLINE int filter_ipv4(void *start, void *end, u32 filled, struct family_counters *counters)
{
    const struct ipv4 *header = start;
    if ((void *) (header + 1) > end)
        return pass(&counters->malformed);
    /* Options are not looked at, so it does not matter whether they are all there. */
    u32 header_length = (header->version_and_length & 0x0F) * 4;
    if (header->version_and_length >> 4 != 4 || header_length < sizeof(*header)
        || network16(header->total_length) < header_length)
        return pass(&counters->malformed);

    u32 source = header->source;
    struct ban *ban = 0;
    if (filled & FILLED_BANS4) {
        ban = map_lookup(&bans4, &source);
        if (!is_active(ban))
            ban = 0;
    }
    if (!ban && filled & FILLED_PREFIXES4) {
        struct prefix4 key = { .length = 32, .address = source };
        ban = active_prefix(&prefixes4, &key.length, &key);
    }
    if (!ban)
        return pass(&counters->passed);
    if (filled & FILLED_ALLOWED4) {
        struct prefix4 key = { .length = 32, .address = source };
        if (map_lookup(&allowed4, &key)) {
            counters->allowed++;
            return pass(&counters->passed);
        }
    }
    return drop(ban, counters);
}

INLINE void set_prefix6(struct prefix6 *key, const struct ipv6 *header)
{
    key->length = 128;
    for (int i = 0; i < 4; i++)
        key->address[i] = header->source[i];
}

INLINE int filter_ipv6(void *start, void *end, u32 filled, struct family_counters *counters)
{
    const struct ipv6 *header = start;
    if ((void *) (header + 1) > end || header->version_and_class >> 4 != 6)
        return pass(&counters->malformed);

    struct address6 source = {
        .network = (u64) header->source[1] << 32 | header->source[0],
        .host = (u64) header->source[3] << 32 | header->source[2],
    };
    struct ban *ban = 0;
    if (filled & FILLED_NETWORKS6) {
        ban = map_lookup(&networks6, &source.network);
        if (!is_active(ban))
            ban = 0;
    }
    if (!ban && filled & FILLED_BANS6) {
        ban = map_lookup(&bans6, &source);
        if (!is_active(ban))
            ban = 0;
    }
    if (!ban && filled & FILLED_PREFIXES6) {
        struct prefix6 key;
        set_prefix6(&key, header);
        ban = active_prefix(&prefixes6, &key.length, &key);
    }
    if (!ban)
        return pass(&counters->passed);
    if (filled & FILLED_ALLOWED6) {
        struct prefix6 key;
        set_prefix6(&key, header);
        if (map_lookup(&allowed6, &key)) {
            counters->allowed++;
            return pass(&counters->passed);
        }
    }
    return drop(ban, counters);
}

SECTION("xdp") int ips_xdp_filter(struct xdp_md *context)
{
    void *cursor = (void *) (unsigned long) context->data;
    void *end = (void *) (unsigned long) context->data_end;

    u32 first = 0;
    struct settings *setting = map_lookup(&settings, &first);
    struct counters *count = map_lookup(&counters, &first);
    if (!setting || !count) /* never: both maps have one entry, but the verifier wants to see it */
        return XDP_PASS;

    const struct ethernet *ethernet = cursor;
    cursor = (void *) (ethernet + 1);
    if (cursor > end)
        return pass(&count->other.malformed);
    u16 type = ethernet->type;
#pragma clang loop unroll(full)
    for (int depth = 0; depth < 2; depth++) {
        if (type != TYPE_VLAN && type != TYPE_VLAN_OUTER)
            break;
        const struct vlan *vlan = cursor;
        cursor = (void *) (vlan + 1);
        if (cursor > end)
            return pass(&count->other.malformed);
        type = vlan->type;
    }

    if (type == TYPE_IPV4)
        return filter_ipv4(cursor, end, setting->filled, &count->ipv4);
    if (type == TYPE_IPV6)
        return filter_ipv6(cursor, end, setting->filled, &count->ipv6);
    return pass(&count->other.passed);
}

SECTION("license") char license_text[] = "Apache-2.0";
