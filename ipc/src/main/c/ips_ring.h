/*
 * A ring in shared memory that carries log lines between processes: what a C program needs to write and to read one.
 * The same ring as that of the Java package org.ipspipeline.ipc, byte by byte as ipc/ABI.md says. Linux, C11, no library
 * but the C library. Compile ips_ring.c into the program, or link with libips_ring.
 *
 *     ips_ring *ring;                                              // the server
 *     ips_writer *writer;
 *     if (ips_ring_attach("/dev/shm/app", &ring) == IPS_OK
 *         && ips_ring_claim(ring, 0, ips_ring_segments(ring), IPS_WHEN_FULL_DROP, 0, &writer) == IPS_OK)
 *             ips_write(writer, line, length, ips_stamp_now());   // no system call, no lock, no allocation
 *     else
 *             fprintf(stderr, "%s\n", ips_error());
 *
 * A ring is made of segments. Each is written by one thread of one process at a time, which has claimed it, and read by
 * every reader that has joined the ring. A ring may be used by any thread, a writer or a reader by one thread at a time.
 *
 * After fork() the child's copies of rings, writers and readers are dead: their calls return IPS_CLOSED. The child closes
 * them, which costs the parent nothing, and attaches for itself.
 *
 * A process whose memory is truncated by another that may write the ring's files gets SIGBUS: let only those into the
 * ring's group that may stop its servers.
 */
#ifndef IPS_RING_H
#define IPS_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

#ifdef __cplusplus
extern "C" {
#endif

#define IPS_RING_ABI_VERSION 1

/* Results of calls that give no number. What comes with ordinary work: */
enum ips_status {
    IPS_OK = 0,
    IPS_FULL = -1,     /* not written: a reader is a whole segment behind */
    IPS_TOO_LONG = -2, /* refused and counted: longer than the ring's line size */
    IPS_DROPPED = -3,  /* dropped and counted: the segment is full */
    /* and what is misuse, or a ring that cannot be had or is broken; ips_error() then tells more. */
    IPS_INVALID_ARGUMENT = -10,
    IPS_ALREADY_EXISTS = -11,
    IPS_NOT_FOUND = -12,
    IPS_MEMORY = -13,
    IPS_INCOMPATIBLE = -14,
    IPS_DAMAGED = -15,
    IPS_NO_FREE_SLOT = -16,
    IPS_CLOSED = -17,
    IPS_SEGMENT_CLAIMED = -18,
    IPS_BUSY = -19,
    IPS_EVICTED = -20,
    IPS_BUFFER_TOO_SMALL = -21
};

/* One line for people about this thread's last call that failed. */
const char *ips_error(void);

typedef struct ips_ring ips_ring;
typedef struct ips_writer ips_writer;
typedef struct ips_reader ips_reader;

/* ---------------------------------------------------------------- rings */

enum ips_stuck_reader { IPS_STUCK_BLOCK, IPS_STUCK_EVICT, IPS_STUCK_OVERWRITE };

/* How a ring is created. What is zero has its default. */
struct ips_ring_options {
    uint32_t segments;          /* 1 .. 1024 (1) */
    uint64_t capacity;          /* of each segment: lines, or bytes of variable records; rounded up to a power of two
                                   (100,000 lines, 16 MiB) */
    const uint64_t *capacities; /* one for each segment instead */
    uint32_t line_size;         /* bytes of the longest line, 1 .. 1,048,576 (128) */
    uint32_t readers;           /* slots, 1 .. 64 (2) */
    bool variable;              /* records of variable length instead of fixed slots */
    bool overwrite;             /* writers overwrite the oldest lines instead of waiting for readers */
    bool keep;                  /* the ring stays when the last process leaves */
    bool reattach;              /* attach to a ring that is there already, as it is; otherwise that is an error */
    enum ips_stuck_reader stuck_reader; /* what writers do about a reader that lives and does not read */
    uint64_t stuck_timeout_nanos;       /* and after how long (10 s) */
    mode_t mode;                /* 0600: the owner alone; 0640: the group reads; 0660: the group writes (0600) */
};

/* Creates a ring at a path, attached; on /dev/shm it is POSIX shared memory, on hugetlbfs it has huge pages. */
int ips_ring_create(const char *path, const struct ips_ring_options *options, ips_ring **ring);

/* Attaches to a ring, of whatever backing. */
int ips_ring_attach(const char *path, ips_ring **ring);

/* Detaches. Its writers and readers must be closed. The last process to leave removes a ring that is not to be kept. */
void ips_ring_close(ips_ring *ring);

uint32_t ips_ring_segments(const ips_ring *ring);
uint32_t ips_ring_line_size(const ips_ring *ring);
uint32_t ips_ring_readers(const ips_ring *ring);
bool ips_ring_is_variable(const ips_ring *ring);
bool ips_ring_is_overwrite(const ips_ring *ring);

/*
 * Whether this process still holds what it attached and claimed: false after fork(), and where the program has closed the
 * library's file descriptor, as daemons do that close all there are. One system call; for who lives in strangers' programs.
 */
bool ips_ring_is_held(const ips_ring *ring);

/* Frees the slots of readers whose processes are gone; how many there were. Writers do so by themselves when full. */
int ips_ring_reap(ips_ring *ring);

/* ---------------------------------------------------------------- writing */

enum ips_when_full {
    IPS_WHEN_FULL_RETURN, /* IPS_FULL: the caller decides */
    IPS_WHEN_FULL_DROP,   /* drop the line, count it, IPS_DROPPED */
    IPS_WHEN_FULL_WAIT    /* spin, then sleep, until there is room or the time is over: IPS_FULL */
};

/* Claims the first segment of lower .. upper - 1 that nobody writes to. A dead writer's segment can be had at once. */
int ips_ring_claim(ips_ring *ring, uint32_t lower, uint32_t upper, enum ips_when_full when_full, uint64_t wait_nanos,
                   ips_writer **writer);

uint32_t ips_writer_segment(const ips_writer *writer);

/* CLOCK_MONOTONIC in microseconds modulo 2^32, never 0, which is for lines without a stamp. */
uint32_t ips_stamp_now(void);

/* Writes and publishes a line: IPS_OK, IPS_FULL, IPS_TOO_LONG, IPS_DROPPED or IPS_CLOSED. */
int ips_write(ips_writer *writer, const void *line, size_t length, uint32_t stamp);

/*
 * Writes lines and publishes them together. How many of them are dealt with: written, or refused or dropped, which is
 * counted; fewer than there are if the segment is full. Or IPS_CLOSED.
 */
int ips_writev(ips_writer *writer, const struct iovec *lines, int count, uint32_t stamp);

/* Writes a line that readers see with the next ips_publish() and not before; results as of ips_write(). */
int ips_stage(ips_writer *writer, const void *line, size_t length, uint32_t stamp);
void ips_publish(ips_writer *writer);

/*
 * Claims room for a line of up to that many bytes, to be written in place. ips_commit() publishes the bytes that it
 * became, ips_abort() gives it back. Results as of ips_write(); IPS_INVALID_ARGUMENT while a claim is open.
 */
int ips_claim(ips_writer *writer, size_t length, void **line);
int ips_commit(ips_writer *writer, size_t length, uint32_t stamp);
void ips_abort(ips_writer *writer);

/* Publishes what is staged and gives the segment back. */
void ips_writer_close(ips_writer *writer);

/* ---------------------------------------------------------------- reading */

struct ips_line {
    const char *bytes; /* followed by a newline that is not part of it */
    uint32_t length;
    uint32_t stamp;
};

/* A batch of lines in private memory, packed one after the other, each followed by a newline. */
struct ips_lines {
    struct ips_line *line;
    size_t count;
    uint64_t lost; /* lines that were overwritten before those here, since the last clear */
    char *bytes;
    size_t size; /* bytes in use, newlines included */
    size_t line_capacity, byte_capacity;
};

/* Room for so many lines and bytes, a newline for each line included. False where there is no memory. */
bool ips_lines_init(struct ips_lines *lines, size_t line_capacity, size_t byte_capacity);
void ips_lines_clear(struct ips_lines *lines);
void ips_lines_free(struct ips_lines *lines);

enum ips_start { IPS_OLDEST, IPS_NEWEST };

/* Takes a reader slot and reads from the oldest line on, or what comes from now on. */
int ips_ring_join(ips_ring *ring, enum ips_start start, ips_reader **reader);

uint32_t ips_reader_id(const ips_reader *reader);

/*
 * Copies lines of a segment, after those that the batch has. How many, 0 if there are none or no room; or IPS_EVICTED,
 * IPS_DAMAGED, IPS_BUFFER_TOO_SMALL, IPS_CLOSED. Whatever a writer does, the read is bounded and stays in the mapping.
 */
int ips_read(ips_reader *reader, uint32_t segment, struct ips_lines *into, size_t limit);

/* The same from the next segment of lower .. upper - 1 that has lines, in a round-robin that goes on from call to call. */
int ips_read_range(ips_reader *reader, uint32_t lower, uint32_t upper, struct ips_lines *into, size_t limit);

/*
 * Hands out lines: in place in a lossless ring whose stuck readers block, from a private copy elsewhere. In place they
 * have no newline behind them. The handler must not use the reader. How many, or as ips_read().
 */
typedef void ips_handler(void *context, const char *bytes, uint32_t length, uint32_t stamp);
int ips_poll(ips_reader *reader, uint32_t segment, ips_handler *handler, void *context, size_t limit);

/* Waits until a segment of lower .. upper - 1 has lines: asleep, woken by writers that can. 1, 0 after the time, or IPS_CLOSED. */
int ips_wait(ips_reader *reader, uint32_t lower, uint32_t upper, uint64_t timeout_nanos);

/* Goes to the oldest or after the newest line; mends a reader whose segment was IPS_DAMAGED where that is over. */
int ips_seek(ips_reader *reader, uint32_t segment, enum ips_start start);

uint64_t ips_reader_lost(const ips_reader *reader);
uint64_t ips_reader_damaged(const ips_reader *reader);

void ips_reader_close(ips_reader *reader);

#ifdef __cplusplus
}
#endif
#endif
