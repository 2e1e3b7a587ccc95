/*
 * Drops packets of banned sources before the network stack sees them.
 *
 *   frame -> Ethernet -> up to two VLAN tags -> IPv4: address, prefix,            for its port -> allowed? -> drop
 *                                            -> IPv6: address, /64, other prefix, for its port -> allowed? -> drop
 *
 * A ban holds for all that its source sends, or for a port set only: a number that stands for some ports of TCP and UDP. The
 * map of ports says which sets a packet's port is in, and bans for port sets are looked up by set and source. A packet that
 * hides its port behind extension headers of IPv6 counts as in the port sets that are listed for that.
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

/* A ban of one address for one port set; IPv4 is mapped into IPv6. */
struct port_source {
    struct address6 address;
    u32 port_set;
    u32 unused;
};

/* The same of a prefix: the port set comes first and is always whole. */
struct port_prefix {
    u32 length; /* 32 more than the prefix's */
    u32 port_set;
    u32 address[4];
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
    FILLED_PORT_BANS = 1 << 5,
    FILLED_PORT_PREFIXES = 1 << 6,
    FILLED_ALLOWED4 = 1 << 7,
    FILLED_ALLOWED6 = 1 << 8,
    FILLED_FOR_PORTS = FILLED_PORT_BANS | FILLED_PORT_PREFIXES,
};

/* How many expired prefixes may hide a longer-lived shorter one; the daemon sweeps expired ones away. */
#define NESTED_PREFIXES 8

/* Where in the map of ports: those of TCP, of UDP, and the place for what hides its port. */
enum port_index {
    PORTS_TCP = 0,
    PORTS_UDP = 1 << 16,
    PORTS_HIDDEN = 1 << 17,
    PORTS_NONE, /* neither TCP nor UDP, or a later fragment: no ban for ports concerns it */
};

/* Preallocated: without, inserts fail in bursts when memory cannot be had in the context they run in. */
MAP(bans4, MAP_HASH, u32, struct ban, 1, 0);
MAP(bans6, MAP_HASH, struct address6, struct ban, 1, 0);
MAP(networks6, MAP_HASH, u64, struct ban, 1, 0);
/* The kernel has tries without preallocation only. */
MAP(prefixes4, MAP_LPM_TRIE, struct prefix4, struct prefix_ban, 1, MAP_NO_PREALLOC);
MAP(prefixes6, MAP_LPM_TRIE, struct prefix6, struct prefix_ban, 1, MAP_NO_PREALLOC);
MAP(port_bans, MAP_HASH, struct port_source, struct ban, 1, 0);
MAP(port_prefixes, MAP_LPM_TRIE, struct port_prefix, struct prefix_ban, 1, MAP_NO_PREALLOC);
/* Up to eight port sets that a port is in, a byte each. */
MAP(ports, MAP_ARRAY, u32, u64, PORTS_NONE, 0);
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
    u16 identification;
    u16 fragment;
    u8 time;
    u8 protocol;
    u16 checksum;
    u32 source;
    u32 destination;
};

struct ipv6 {
    u8 version_and_class;
    u8 flow[3];
    u16 payload_length;
    u8 next_header;
    u8 hop_limit;
    u32 source[4];
    u32 destination[4];
};

struct transport {
    u16 source;
    u16 destination;
};

#define PROTOCOL_TCP 6
#define PROTOCOL_UDP 17
#define FRAGMENT_OFFSET network16(0x1FFF)

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

INLINE u32 port_index(u8 protocol, u16 port)
{
    return (protocol == PROTOCOL_TCP ? PORTS_TCP : PORTS_UDP) + network16(port);
}

INLINE u32 port_index4(const struct ipv4 *header, u32 header_length, void *end)
{
    u8 protocol = header->protocol;
    if ((protocol != PROTOCOL_TCP && protocol != PROTOCOL_UDP) || header->fragment & FRAGMENT_OFFSET)
        return PORTS_NONE;
    switch (header_length) {
        /* Each length apart, for the sake of the verifier: see keep_apart. */
#define AFTER(words) \
    case words * 4: { \
        const struct transport *transport = (const void *) header + words * 4; \
        if ((void *) (transport + 1) > end) \
            return PORTS_NONE; \
        u16 port = transport->destination; \
        keep_apart(words); \
        return port_index(protocol, port); \
    }
        AFTER(5) AFTER(6) AFTER(7) AFTER(8) AFTER(9) AFTER(10) AFTER(11) AFTER(12) AFTER(13) AFTER(14) AFTER(15)
#undef AFTER
    }
    return PORTS_NONE;
}

INLINE u32 port_index6(const struct ipv6 *header, void *end)
{
    switch (header->next_header) {
    case PROTOCOL_TCP:
    case PROTOCOL_UDP:
    {
        const struct transport *transport = (const void *) (header + 1);
        if ((void *) (transport + 1) > end)
            return PORTS_NONE;
        return port_index(header->next_header, transport->destination);
    }
    case 0:  /* options for each hop */
    case 43: /* routing */
    case 44: /* fragment */
    case 51: /* authentication */
    case 60: /* options for the destination */
        return PORTS_HIDDEN;
    default:
        return PORTS_NONE;
    }
}

/* A ban for a port set; zero is none. An expired prefix hides a shorter one until it is swept: a loop within what is repeated
 * eight times is more than the verifier follows for those without CAP_PERFMON. */
INLINE struct ban *active_in_set(u32 port_set, const struct address6 *address, u32 filled)
{
    if (!port_set)
        return 0;
    if (filled & FILLED_PORT_BANS) {
        struct port_source key = { .address = *address, .port_set = port_set };
        struct ban *ban = map_lookup(&port_bans, &key);
        if (is_active(ban))
            return ban;
    }
    if (filled & FILLED_PORT_PREFIXES) {
        struct port_prefix key = { .length = 32 + 128, .port_set = port_set };
        key.address[0] = (u32) address->network;
        key.address[1] = address->network >> 32;
        key.address[2] = (u32) address->host;
        key.address[3] = address->host >> 32;
        struct prefix_ban *prefix = map_lookup(&port_prefixes, &key);
        if (prefix && is_active(&prefix->ban))
            return &prefix->ban;
    }
    return 0;
}

/* A ban for one of the port sets that a port is in. */
INLINE struct ban *active_for_port(u32 index, const struct address6 *address, u32 filled)
{
    const u64 *listed = index == PORTS_NONE ? 0 : map_lookup(&ports, &index);
    if (!listed || !*listed)
        return 0;
    u64 sets = *listed;
    struct ban *ban = 0;
#define TRY(place) \
    if (!ban) \
        ban = active_in_set(sets >> place * 8 & 0xFF, address, filled);
    TRY(0) TRY(1) TRY(2) TRY(3) TRY(4) TRY(5) TRY(6) TRY(7)
#undef TRY
    return ban;
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
    if (!ban && filled & FILLED_FOR_PORTS) {
        const struct address6 mapped = { .host = (u64) source << 32 | 0xFFFF0000 };
        ban = active_for_port(port_index4(header, header_length, end), &mapped, filled);
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
    if (!ban && filled & FILLED_FOR_PORTS)
        ban = active_for_port(port_index6(header, end), &source, filled);
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
