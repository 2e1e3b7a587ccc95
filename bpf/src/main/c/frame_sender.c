/*
 * Turns live frames of BPF_PROG_TEST_RUN into UDP packets of many clients, and sends them out of an interface.
 *
 * Several threads may send at the same time, each a stream of its own. A frame's length says which stream it belongs to:
 * nothing else about a frame is sure to come back from the pool as it was.
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
    u32 unused;
    u32 ip_sum;      /* of the 16-bit words that IPv4's header checksum covers, without the source */
    u32 payload_sum; /* of those that UDP's covers, pseudo-header included, without the source */
};

struct progress {
    u64 random; /* state of the generator, never zero */
    u64 frames; /* handed to the interface */
    u64 failed; /* not: the interface is gone */
    u32 next;   /* client */
    u32 unused;
};

#define MAX_STREAMS 64
#define MAX_LENGTH 2048

MAP(interfaces, MAP_ARRAY, u32, u32, 1, 0);       /* to send out of */
MAP(streams, MAP_ARRAY, u32, u32, MAX_LENGTH, 0); /* by length of the frame: the stream's number, from 1 */
MAP(jobs, MAP_ARRAY, u32, struct job, MAX_STREAMS + 1, 0);
MAP(progresses, MAP_ARRAY, u32, struct progress, MAX_STREAMS + 1, 0);

/* Where fields are in a frame. */
#define IPV4_CHECKSUM 24
#define IPV4_SOURCE 26
#define IPV4_UDP_CHECKSUM 40
#define IPV6_SOURCE 22
#define IPV6_UDP_CHECKSUM 60

/* The checksum over 16-bit words whose sum, in one's complement, this is: any number of them may lie in 32 bits. */
INLINE u16 checksum(u64 sum)
{
    sum = (sum & 0xFFFFFFFF) + (sum >> 32);
    sum = (sum & 0xFFFF) + (sum >> 16);
    sum = (sum & 0xFFFF) + (sum >> 16);
    sum = (sum & 0xFFFF) + (sum >> 16);
    return ~sum;
}

/* UDP has "no checksum" for zero, and the other zero of one's complement for zero. */
INLINE u16 udp_checksum(u64 sum)
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
    const u32 *interface = map_lookup(&interfaces, &first);
    if (!interface)
        return XDP_ABORTED;
    /* Attached to the interface, where it comes to see what others send: live frames come from the loopback device. */
    if (context->ingress_ifindex == *interface)
        return XDP_PASS;

    /* Not the difference of two pointers, which the verifier keeps from those without CAP_PERFMON. */
    u32 length = frame_length(context);
    u32 *stream = map_lookup(&streams, &length);
    if (!stream || !*stream)
        return XDP_ABORTED;
    const struct job *job = map_lookup(&jobs, stream);
    struct progress *progress = map_lookup(&progresses, stream);
    if (!job || !progress || (void *) (words + HEADER_WORDS) > end)
        return XDP_ABORTED;

    for (int i = 0; i < HEADER_WORDS; i++)
        words[i] = job->header[i];
    u8 *frame = (u8 *) words;
    u64 client = next_client(job, progress);
    u64 low = job->source_low + client * job->step_low;
    if (job->is_ipv6) {
        u64 upper = network64(job->source_high + client * job->step_high);
        u64 lower = network64(low);
        u64 sum = (upper & 0xFFFFFFFF) + (upper >> 32) + (lower & 0xFFFFFFFF) + (lower >> 32);
        *(u64 *) (frame + IPV6_SOURCE) = upper;
        *(u64 *) (frame + IPV6_SOURCE + 8) = lower;
        *(u16 *) (frame + IPV6_UDP_CHECKSUM) = udp_checksum(sum + job->payload_sum);
        keep_apart(6);
    } else {
        u32 source = network32((u32) low);
        *(u32 *) (frame + IPV4_SOURCE) = source;
        *(u16 *) (frame + IPV4_CHECKSUM) = checksum((u64) source + job->ip_sum);
        *(u16 *) (frame + IPV4_UDP_CHECKSUM) = udp_checksum((u64) source + job->payload_sum);
        keep_apart(4);
    }

    int action = redirect(*interface, 0);
    progress->frames += action == XDP_REDIRECT;
    progress->failed += action != XDP_REDIRECT;
    return action;
}

SECTION("license") char license_text[] = "Apache-2.0";
