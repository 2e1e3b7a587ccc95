/*
 * Turns live frames of BPF_PROG_TEST_RUN into UDP packets of many clients, and sends them out of an interface.
 *
 * Every frame gets the template's first 64 bytes anew, with a source address of its own and the checksums that go with
 * it: frames come from a pool, and whoever received one before may have written to it.
 */
#include "bpf.h"

#define HEADER_WORDS 8

struct job {
    u64 header[HEADER_WORDS]; /* Ethernet, IP, UDP and the payload's first bytes; both checksums zero */
    u64 source_high;          /* the first client's address, in the host's byte order; IPv4 in the lower 32 bits */
    u64 source_low;
    u64 step_high; /* from one client to the next */
    u64 step_low;
    u32 clients;
    u32 is_random;   /* clients at random, else one after the other */
    u32 is_ipv6;
    u32 interface;   /* to send out of */
    u32 ip_sum;      /* of the 16-bit words that IPv4's header checksum covers, without the source */
    u32 payload_sum; /* of those that UDP's covers, pseudo-header included, without the source */
};

struct progress {
    u64 random; /* state of the generator, never zero */
    u64 frames; /* handed to the interface */
    u64 failed; /* not: no such interface, or a frame too short */
    u32 next;   /* client */
    u32 unused;
};

MAP(jobs, MAP_ARRAY, u32, struct job, 1, 0);
MAP(progresses, MAP_ARRAY, u32, struct progress, 1, 0);

/* Where fields are, in 16-bit words from the start of the frame. */
#define IPV4_CHECKSUM 12
#define IPV4_SOURCE 13
#define IPV4_UDP_CHECKSUM 20
#define IPV6_SOURCE 11
#define IPV6_UDP_CHECKSUM 30

INLINE u16 checksum(u32 sum)
{
    sum = (sum & 0xFFFF) + (sum >> 16);
    sum = (sum & 0xFFFF) + (sum >> 16);
    return ~sum;
}

/* UDP has "no checksum" for zero, and the other zero of one's complement for zero. */
INLINE u16 udp_checksum(u32 sum)
{
    u16 result = checksum(sum);
    return result ? result : 0xFFFF;
}

INLINE u32 next_client(const struct job *job, struct progress *progress)
{
    if (job->is_random) {
        /* xorshift64, then the upper half scaled to the number of clients. */
        u64 random = progress->random;
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        progress->random = random;
        return (random >> 32) * job->clients >> 32;
    }
    u32 client = progress->next;
    u32 next = client + 1;
    progress->next = next < job->clients ? next : 0;
    return client;
}

SECTION("xdp") int ips_send_frame(struct xdp_md *context)
{
    u64 *words = (void *) (unsigned long) context->data;
    void *end = (void *) (unsigned long) context->data_end;
    u32 first = 0;
    const struct job *job = map_lookup(&jobs, &first);
    struct progress *progress = map_lookup(&progresses, &first);
    if (!job || !progress)
        return XDP_ABORTED;
    if ((void *) (words + HEADER_WORDS) > end) {
        progress->failed++;
        return XDP_ABORTED;
    }

    for (int i = 0; i < HEADER_WORDS; i++)
        words[i] = job->header[i];
    u16 *fields = (u16 *) words;
    u64 client = next_client(job, progress);
    u64 low = job->source_low + client * job->step_low;
    if (job->is_ipv6) {
        u64 high = job->source_high + client * job->step_high;
        u32 sum = job->payload_sum;
        for (int i = 0; i < 4; i++) {
            u16 word = network16((u16) (high >> (48 - 16 * i)));
            fields[IPV6_SOURCE + i] = word;
            sum += word;
        }
        for (int i = 0; i < 4; i++) {
            u16 word = network16((u16) (low >> (48 - 16 * i)));
            fields[IPV6_SOURCE + 4 + i] = word;
            sum += word;
        }
        fields[IPV6_UDP_CHECKSUM] = udp_checksum(sum);
    } else {
        u16 upper = network16((u16) (low >> 16));
        u16 lower = network16((u16) low);
        fields[IPV4_SOURCE] = upper;
        fields[IPV4_SOURCE + 1] = lower;
        fields[IPV4_CHECKSUM] = checksum(job->ip_sum + upper + lower);
        fields[IPV4_UDP_CHECKSUM] = udp_checksum(job->payload_sum + upper + lower);
    }

    int action = redirect(job->interface, 0);
    if (action == XDP_REDIRECT)
        progress->frames++;
    else
        progress->failed++;
    return action;
}

SECTION("license") char license_text[] = "Apache-2.0";
