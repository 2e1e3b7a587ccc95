/*
 * The C side of tests across processes. Lines are a generation and a number, 8 bytes each, and bytes that follow from the
 * number; their length does too.
 *
 *   ring_peer create PATH variable|fixed overwrite|lossless   creates a ring, says "ready", and leaves at the end of input
 *   ring_peer write  PATH GENERATION COUNT MODE TOLD          writes when it is told "go"; counts in TOLD what was written
 *   ring_peer read   PATH COUNT read|poll                     says "joined", reads, and says what it found
 *   ring_peer survive PATH                                    reads whatever there is until told to stop
 *   ring_peer fork   PATH                                     writes in a parent and a child, each its own segment
 *   ring_peer status PATH                                     attaches and says how that went
 *   ring_peer syslog COUNT                                    calls syslog(3), in a child too
 */
#define _GNU_SOURCE
#include "ips_ring.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <syslog.h>
#include <unistd.h>

enum { LONGEST = 128, SHORTEST = 16, BATCH = 32 };

#define PATIENCE_NANOS UINT64_C(60000000000)

static void check(int status)
{
    if (status < 0) {
        fprintf(stderr, "%d: %s\n", status, ips_error());
        exit(1);
    }
}

static void say(const char *what)
{
    puts(what);
    fflush(stdout);
}

static bool await_input(void)
{
    char line[64];
    return fgets(line, sizeof line, stdin) != NULL;
}

static uint32_t length_of(uint64_t number) { return SHORTEST + (uint32_t)(number * 7 % (LONGEST - SHORTEST + 1)); }

static uint32_t make_line(char *line, uint64_t from, uint64_t number)
{
    const uint32_t length = length_of(number);
    memcpy(line, &from, 8);
    memcpy(line + 8, &number, 8);
    for (uint32_t i = SHORTEST; i < length; i++)
        line[i] = (char)(number + i);
    return length;
}

static _Atomic uint64_t *map_told(const char *path)
{
    const int file = open(path, O_RDWR | O_CREAT, 0600);
    if (file < 0 || ftruncate(file, 64) != 0) {
        perror(path);
        exit(1);
    }
    void *told = mmap(NULL, 64, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    return told;
}

static void write_singly(ips_writer *writer, uint64_t from, uint64_t count, _Atomic uint64_t *told)
{
    char line[LONGEST];
    for (uint64_t number = 0; number < count; number++) {
        const uint32_t length = make_line(line, from, number);
        check(ips_write(writer, line, length, ips_stamp_now()));
        atomic_store(told, number + 1);
    }
}

static void write_batches(ips_writer *writer, uint64_t from, uint64_t count, _Atomic uint64_t *told)
{
    static char lines[BATCH][LONGEST];
    struct iovec batch[BATCH];
    for (uint64_t number = 0; number < count;) {
        int size = 0;
        for (; size < BATCH && number + (uint64_t)size < count; size++)
            batch[size] = (struct iovec){lines[size], make_line(lines[size], from, number + (uint64_t)size)};
        const int written = ips_writev(writer, batch, size, ips_stamp_now());
        check(written == size ? IPS_OK : IPS_FULL);
        number += (uint64_t)size;
        atomic_store(told, number);
    }
}

static void write_claims(ips_writer *writer, uint64_t from, uint64_t count, _Atomic uint64_t *told)
{
    for (uint64_t number = 0; number < count; number++) {
        void *line;
        check(ips_claim(writer, LONGEST, &line));
        if (number % 5 == 4) {
            ips_abort(writer);
            check(ips_claim(writer, LONGEST, &line));
        }
        check(ips_commit(writer, make_line(line, from, number), ips_stamp_now()));
        atomic_store(told, number + 1);
    }
}

static int write_lines(const char *path, uint64_t from, uint64_t count, const char *mode, const char *told_path)
{
    ips_ring *ring;
    ips_writer *writer;
    _Atomic uint64_t *told = map_told(told_path);
    say("ready");
    if (!await_input())
        return 3;
    check(ips_ring_attach(path, &ring));
    check(ips_ring_claim(ring, 0, 1, IPS_WHEN_FULL_WAIT, PATIENCE_NANOS, &writer));
    if (strcmp(mode, "singly") == 0)
        write_singly(writer, from, count, told);
    else if (strcmp(mode, "batches") == 0)
        write_batches(writer, from, count, told);
    else
        write_claims(writer, from, count, told);
    ips_writer_close(writer);
    ips_ring_close(ring);
    say("done");
    return 0;
}

struct account {
    uint64_t next, lines, wrong;
    bool gaps_allowed;
};

static void look_at(void *context, const char *bytes, uint32_t length, uint32_t stamp)
{
    struct account *account = context;
    char expected[LONGEST];
    uint64_t from, number;
    memcpy(&from, bytes, 8);
    memcpy(&number, bytes + 8, 8);
    const bool in_order = account->gaps_allowed ? number >= account->next : number == account->next;
    if (!in_order || length != make_line(expected, from, number) || memcmp(bytes, expected, length) != 0 || stamp == 0)
        account->wrong++;
    account->next = number + 1;
    account->lines++;
}

static int read_lines(const char *path, uint64_t count, const char *mode)
{
    ips_ring *ring;
    ips_reader *reader;
    struct ips_lines lines;
    check(ips_ring_attach(path, &ring));
    check(ips_ring_join(ring, IPS_OLDEST, &reader));
    struct account account = {.gaps_allowed = ips_ring_is_overwrite(ring)};
    if (!ips_lines_init(&lines, BATCH, BATCH * (LONGEST + 1)))
        return 1;
    say("joined");
    while (account.lines + ips_reader_lost(reader) < count) {
        const int waited = ips_wait(reader, 0, ips_ring_segments(ring), PATIENCE_NANOS);
        check(waited == 0 ? IPS_BUSY : waited);
        if (strcmp(mode, "poll") == 0) {
            check(ips_poll(reader, 0, look_at, &account, BATCH));
        } else {
            ips_lines_clear(&lines);
            check(ips_read_range(reader, 0, ips_ring_segments(ring), &lines, BATCH));
            for (size_t i = 0; i < lines.count; i++) {
                look_at(&account, lines.line[i].bytes, lines.line[i].length, lines.line[i].stamp);
                account.wrong += lines.line[i].bytes[lines.line[i].length] != '\n';
            }
        }
    }
    printf("%llu lines, %llu lost, %llu wrong, %llu damaged\n", (unsigned long long)account.lines,
           (unsigned long long)ips_reader_lost(reader), (unsigned long long)account.wrong,
           (unsigned long long)ips_reader_damaged(reader));
    ips_lines_free(&lines);
    ips_reader_close(reader);
    ips_ring_close(ring);
    return 0;
}

/* What stands in a line that anybody may have damaged is read, so that a sanitizer sees where it lies. */
static void sum_up(void *context, const char *bytes, uint32_t length, uint32_t stamp)
{
    uint64_t *sum = context;
    for (uint32_t i = 0; i < length; i++)
        *sum += (unsigned char)bytes[i] + stamp;
}

static void *watch_input(void *stop)
{
    await_input();
    atomic_store((_Atomic bool *)stop, true);
    return NULL;
}

static int survive(const char *path)
{
    static _Atomic bool stop;
    ips_ring *ring;
    ips_reader *reader;
    struct ips_lines lines;
    pthread_t watcher;
    uint64_t calls = 0, refused = 0, sum = 0;
    check(ips_ring_attach(path, &ring));
    check(ips_ring_join(ring, IPS_OLDEST, &reader));
    if (!ips_lines_init(&lines, BATCH, BATCH * (LONGEST + 1)) || pthread_create(&watcher, NULL, watch_input, &stop) != 0)
        return 1;
    say("joined");
    for (; !atomic_load(&stop); calls++) {
        ips_lines_clear(&lines);
        const int status = calls % 2 == 0 ? ips_read(reader, 0, &lines, BATCH) : ips_poll(reader, 0, sum_up, &sum, BATCH);
        for (size_t i = 0; i < lines.count; i++)
            sum_up(&sum, lines.line[i].bytes, lines.line[i].length, lines.line[i].stamp);
        if (status < 0) {
            if (status != IPS_DAMAGED && status != IPS_EVICTED)
                check(status);
            refused++;
            check(ips_seek(reader, 0, calls % 4 < 2 ? IPS_OLDEST : IPS_NEWEST));
        }
    }
    pthread_join(watcher, NULL);
    printf("%llu calls, %llu refused, sum %llu\n", (unsigned long long)calls, (unsigned long long)refused,
           (unsigned long long)sum);
    ips_lines_free(&lines);
    ips_reader_close(reader);
    ips_ring_close(ring);
    return 0;
}

static int create(const char *path, const char *kind, const char *mode)
{
    ips_ring *ring, *again;
    const struct ips_ring_options options = {.segments = 2, .capacity = strcmp(kind, "variable") == 0 ? 4096 : 100,
                                             .readers = 3, .variable = strcmp(kind, "variable") == 0,
                                             .overwrite = strcmp(mode, "overwrite") == 0, .mode = 0640};
    check(ips_ring_create(path, &options, &ring));
    printf("%d\n", ips_ring_create(path, &options, &again));
    struct ips_ring_options reattach = options;
    reattach.reattach = true;
    check(ips_ring_create(path, &reattach, &again));
    ips_ring_close(again);
    say("ready");
    await_input();
    ips_ring_close(ring);
    return 0;
}

static void write_text(ips_ring *ring, const char *text)
{
    ips_writer *writer;
    check(ips_ring_claim(ring, 0, ips_ring_segments(ring), IPS_WHEN_FULL_RETURN, 0, &writer));
    check(ips_write(writer, text, strlen(text), 0));
    printf("%s in segment %u\n", text, ips_writer_segment(writer));
    fflush(stdout);
    ips_writer_close(writer);
}

static int write_in_child(ips_ring *ring, ips_writer *writer, const char *path)
{
    printf("child: %d, held %d\n", ips_write(writer, "stray", 5, 0), ips_ring_is_held(ring));
    fflush(stdout);
    ips_writer_close(writer);
    ips_ring_close(ring);
    check(ips_ring_attach(path, &ring));
    write_text(ring, "child");
    ips_ring_close(ring);
    return 0;
}

static int write_in_both(const char *path)
{
    ips_ring *ring;
    ips_writer *writer;
    int status;
    check(ips_ring_attach(path, &ring));
    check(ips_ring_claim(ring, 0, 1, IPS_WHEN_FULL_RETURN, 0, &writer));
    const pid_t child = fork();
    if (child == 0)
        exit(write_in_child(ring, writer, path));
    waitpid(child, &status, 0);
    check(ips_write(writer, "parent", 6, 0));
    printf("parent: held %d, child %d\n", ips_ring_is_held(ring), status);
    /* A daemon that closes all descriptors takes the library's with it. */
    closefrom(3);
    printf("parent: held %d\n", ips_ring_is_held(ring));
    ips_writer_close(writer);
    ips_ring_close(ring);
    return 0;
}

static int show_status(const char *path)
{
    ips_ring *ring;
    const int status = ips_ring_attach(path, &ring);
    printf("%d %s\n", status, status == IPS_OK ? "" : ips_error());
    ips_ring_close(ring);
    return 0;
}

static int log_lines(int count)
{
    openlog("peer", LOG_PID, LOG_AUTH);
    for (int i = 0; i < count; i++)
        syslog(LOG_NOTICE, "line %d of %s\nforged\n", i, "syslog");
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        syslog(LOG_NOTICE, "child");
        closelog();
        exit(0);
    }
    waitpid(child, NULL, 0);
    setlogmask(LOG_UPTO(LOG_ERR));
    syslog(LOG_NOTICE, "masked");
    closefrom(3);
    syslog(LOG_ERR, "after closefrom");
    closelog();
    printf("%d %d\n", (int)getpid(), (int)child);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 5 && strcmp(argv[1], "create") == 0)
        return create(argv[2], argv[3], argv[4]);
    if (argc == 7 && strcmp(argv[1], "write") == 0)
        return write_lines(argv[2], strtoull(argv[3], NULL, 10), strtoull(argv[4], NULL, 10), argv[5], argv[6]);
    if (argc == 5 && strcmp(argv[1], "read") == 0)
        return read_lines(argv[2], strtoull(argv[3], NULL, 10), argv[4]);
    if (argc == 3 && strcmp(argv[1], "survive") == 0)
        return survive(argv[2]);
    if (argc == 3 && strcmp(argv[1], "fork") == 0)
        return write_in_both(argv[2]);
    if (argc == 3 && strcmp(argv[1], "status") == 0)
        return show_status(argv[2]);
    if (argc == 3 && strcmp(argv[1], "syslog") == 0)
        return log_lines(atoi(argv[2]));
    fprintf(stderr, "usage: see the source\n");
    return 2;
}
