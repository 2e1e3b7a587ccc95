/*
 * From a file to counted addresses in plain C, with the design of ours: blocks read into a private buffer, a literal that every
 * failure holds searched in the whole block, the address read beside it, and a hash table with open addressing.
 *
 *   plain_match FILE sshd|thesis    prints lines a second, matches and different addresses of a pass
 *
 * sshd:    "Failed password for .* from <IPv4> port"       thesis:  "client <IPv4> exceeded request rate limit"
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 128 * 1024, SLOTS = 1 << 18 };

static struct {
    uint32_t address;
    uint32_t count;
} table[SLOTS];
static long distinct;

static void count(uint32_t address)
{
    uint32_t slot = (address * 2654435761u) >> 14;
    while (table[slot].count != 0 && table[slot].address != address)
        slot = (slot + 1) & (SLOTS - 1);
    if (table[slot].count == 0) {
        table[slot].address = address;
        distinct++;
    }
    table[slot].count++;
}

/* Reads an IPv4 address; returns the byte behind it, or NULL. */
static const char *parse(const char *at, const char *end, uint32_t *address)
{
    uint32_t whole = 0;
    for (int part = 0; part < 4; part++) {
        if (part != 0 && (at == end || *at++ != '.'))
            return NULL;
        uint32_t value = 0;
        int digits = 0;
        while (at < end && *at >= '0' && *at <= '9' && digits < 3) {
            value = value * 10 + (uint32_t)(*at++ - '0');
            digits++;
        }
        if (digits == 0 || value > 255)
            return NULL;
        whole = whole << 8 | value;
    }
    *address = whole;
    return at;
}

static int literal(const char *at, const char *end, const char *text, size_t length)
{
    return (size_t)(end - at) >= length && memcmp(at, text, length) == 0;
}

#define LITERAL(at, end, text) literal(at, end, text, sizeof text - 1)

static int thesis(const char *line, const char *hit, const char *end, uint32_t *address)
{
    (void)end;
    static const char before[] = "client ";
    /* The longest address and the text before it lie at most this far back. */
    const char *from = hit - line > 24 ? hit - 24 : line;
    const char *at = memmem(from, (size_t)(hit - from), before, sizeof before - 1);
    return at != NULL && parse(at + sizeof before - 1, hit, address) == hit - 1;
}

static int sshd(const char *line, const char *hit, const char *end, uint32_t *address)
{
    (void)line;
    static const char from[] = " from ";
    /* .* is greedy: the last " from " that fits counts. */
    const char *behind = hit + sizeof "Failed password for " - 1;
    for (const char *limit = end; limit > behind;) {
        const char *at = memrchr(behind, 'f', (size_t)(limit - behind));
        if (at == NULL)
            return 0;
        if (at > behind && LITERAL(at - 1, end, from)) {
            const char *rest = parse(at - 1 + sizeof from - 1, end, address);
            if (rest != NULL && LITERAL(rest, end, " port"))
                return 1;
        }
        limit = at;
    }
    return 0;
}

static long lines, matches;

static void pass(const char *file, const char *needle, int (*verify)(const char *, const char *, const char *, uint32_t *))
{
    static char block[BLOCK];
    int descriptor = open(file, O_RDONLY);
    if (descriptor < 0) {
        perror(file);
        exit(1);
    }
    size_t kept = 0, length = strlen(needle);
    static uint32_t ends[BLOCK];
    for (ssize_t got; (got = read(descriptor, block + kept, BLOCK - kept)) > 0;) {
        size_t filled = kept + (size_t)got;
        size_t count_of_ends = 0;
        for (const char *at = block; (at = memchr(at, '\n', (size_t)(block + filled - at))) != NULL; at++)
            ends[count_of_ends++] = (uint32_t)(at - block);
        size_t line = 0;
        const char *whole = count_of_ends == 0 ? block : block + ends[count_of_ends - 1] + 1;
        for (const char *at = block; (at = memmem(at, (size_t)(whole - at), needle, length)) != NULL;) {
            while (block + ends[line] < at)
                line++;
            const char *start = line == 0 ? block : block + ends[line - 1] + 1;
            const char *end = block + ends[line];
            uint32_t address;
            if (verify(start, at, end, &address)) {
                matches++;
                count(address);
                at = end;
            } else {
                at++;
            }
        }
        lines += (long)count_of_ends;
        kept = (size_t)(block + filled - whole);
        memmove(block, whole, kept);
    }
    close(descriptor);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count_of_arguments, char **arguments)
{
    if (count_of_arguments != 3) {
        fprintf(stderr, "usage: plain_match FILE sshd|thesis\n");
        return 2;
    }
    int of_sshd = strcmp(arguments[2], "sshd") == 0;
    const char *needle = of_sshd ? "Failed password for " : "exceeded request rate limit";
    pass(arguments[1], needle, of_sshd ? sshd : thesis);
    long first = matches;
    lines = 0;
    double begin = now();
    do
        pass(arguments[1], needle, of_sshd ? sshd : thesis);
    while (now() - begin < 1.0);
    printf("%.0f 0 %ld %ld\n", (double)lines / (now() - begin), first, distinct);
    return 0;
}
