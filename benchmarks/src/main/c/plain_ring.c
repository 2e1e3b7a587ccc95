/*
 * The plain C contender of `bench ring`: one writing and one reading process, fixed slots, every index alone on 128 bytes,
 * each side caching the other's index, one release store a batch. The reader copies lines out and checks each.
 *
 *   plain_ring throughput LINES BATCH CAPACITY LINE_SIZE   prints lines a second
 *   plain_ring mutex      LINES BATCH CAPACITY LINE_SIZE   the same with a mutex around each batch
 *   plain_ring roundtrip  TRIPS 1     CAPACITY LINE_SIZE   prints the median round trip in nanoseconds
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How many lines the reader takes at a time at most, as the readers of the other contenders do. */
#define READ_LIMIT 64

struct ring {
    _Alignas(128) _Atomic uint64_t tail;
    _Alignas(128) _Atomic uint64_t head;
    _Alignas(128) pthread_mutex_t mutex;
    _Alignas(128) char data[];
};

struct slot {
    uint32_t length;
    uint32_t stamp;
    char payload[];
};

static uint64_t capacity;
static uint64_t stride;
static size_t line_size;
static int under_mutex;

static struct slot *slot_at(struct ring *ring, uint64_t position)
{
    return (struct slot *)(ring->data + (position & (capacity - 1)) * stride);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static struct ring *map_ring(void)
{
    size_t size = sizeof(struct ring) + capacity * stride;
    struct ring *ring = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (ring == MAP_FAILED) {
        perror("mmap");
        exit(1);
    }
    memset(ring, 0, size);
    pthread_mutexattr_t shared;
    pthread_mutexattr_init(&shared);
    pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&ring->mutex, &shared);
    return ring;
}

static void enter(struct ring *ring)
{
    if (under_mutex)
        pthread_mutex_lock(&ring->mutex);
}

static void leave(struct ring *ring)
{
    if (under_mutex)
        pthread_mutex_unlock(&ring->mutex);
}

static void pause_a_little(unsigned *tries)
{
    if (++*tries % 64 == 0)
        sched_yield();
    else
        __builtin_ia32_pause();
}

static void write_lines(struct ring *ring, uint64_t lines, uint64_t batch)
{
    uint64_t tail = 0, head = 0;
    char line[line_size];
    memset(line, 'x', line_size);
    while (tail < lines) {
        uint64_t end = tail + batch < lines ? tail + batch : lines;
        unsigned tries = 0;
        enter(ring);
        while (end - head > capacity) {
            head = atomic_load_explicit(&ring->head, memory_order_acquire);
            if (end - head > capacity) {
                leave(ring);
                pause_a_little(&tries);
                enter(ring);
            }
        }
        for (; tail < end; tail++) {
            struct slot *slot = slot_at(ring, tail);
            memcpy(line, &tail, sizeof tail);
            slot->length = line_size;
            slot->stamp = 1;
            memcpy(slot->payload, line, line_size);
        }
        atomic_store_explicit(&ring->tail, tail, memory_order_release);
        leave(ring);
    }
}

static double read_lines(struct ring *ring, uint64_t lines)
{
    uint64_t head = 0, tail = 0;
    char *lines_read = malloc(READ_LIMIT * (line_size + 1));
    double begin = 0;
    while (head < lines) {
        unsigned tries = 0;
        enter(ring);
        while (tail == head) {
            tail = atomic_load_explicit(&ring->tail, memory_order_acquire);
            if (tail == head) {
                leave(ring);
                pause_a_little(&tries);
                enter(ring);
            }
        }
        if (head == 0)
            begin = now();
        uint64_t end = head + READ_LIMIT < tail ? head + READ_LIMIT : tail;
        char *to = lines_read;
        for (uint64_t position = head; position < end; position++) {
            struct slot *slot = slot_at(ring, position);
            memcpy(to, slot->payload, line_size);
            to[line_size] = '\n';
            to += line_size + 1;
        }
        to = lines_read;
        for (; head < end; head++, to += line_size + 1) {
            uint64_t number;
            memcpy(&number, to, sizeof number);
            if (number != head) {
                fprintf(stderr, "line %lu came as %lu\n", head, number);
                exit(1);
            }
        }
        atomic_store_explicit(&ring->head, head, memory_order_release);
        leave(ring);
    }
    return lines / (now() - begin);
}

static void throughput(uint64_t lines, uint64_t batch)
{
    struct ring *ring = map_ring();
    pid_t writer = fork();
    if (writer == 0) {
        write_lines(ring, lines, batch);
        _exit(0);
    }
    printf("%.0f\n", read_lines(ring, lines));
    waitpid(writer, NULL, 0);
}

static void wait_for(struct ring *ring, uint64_t tail)
{
    unsigned tries = 0;
    while (atomic_load_explicit(&ring->tail, memory_order_acquire) < tail)
        pause_a_little(&tries);
}

static void send_one(struct ring *ring, uint64_t position, const char *line)
{
    struct slot *slot = slot_at(ring, position);
    slot->length = line_size;
    memcpy(slot->payload, line, line_size);
    atomic_store_explicit(&ring->tail, position + 1, memory_order_release);
}

static void receive_one(struct ring *ring, uint64_t position, char *line)
{
    wait_for(ring, position + 1);
    memcpy(line, slot_at(ring, position)->payload, line_size);
    atomic_store_explicit(&ring->head, position + 1, memory_order_release);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void roundtrip(uint64_t trips)
{
    struct ring *ping = map_ring(), *pong = map_ring();
    char line[line_size];
    memset(line, 'x', line_size);
    pid_t echo = fork();
    if (echo == 0) {
        for (uint64_t i = 0; i < trips; i++) {
            receive_one(ping, i, line);
            send_one(pong, i, line);
        }
        _exit(0);
    }
    double *times = malloc(trips * sizeof(double));
    for (uint64_t i = 0; i < trips; i++) {
        double begin = now();
        send_one(ping, i, line);
        receive_one(pong, i, line);
        times[i] = (now() - begin) * 1e9;
    }
    waitpid(echo, NULL, 0);
    qsort(times, trips, sizeof(double), ascending);
    printf("%.0f\n", times[trips / 2]);
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: %s throughput|mutex|roundtrip COUNT BATCH CAPACITY LINE_SIZE\n", argv[0]);
        return 2;
    }
    uint64_t count = strtoull(argv[2], NULL, 10), batch = strtoull(argv[3], NULL, 10);
    capacity = strtoull(argv[4], NULL, 10);
    line_size = strtoull(argv[5], NULL, 10);
    stride = (sizeof(struct slot) + line_size + 7) & ~7ull;
    under_mutex = strcmp(argv[1], "mutex") == 0;
    if (under_mutex || strcmp(argv[1], "throughput") == 0)
        throughput(count, batch);
    else
        roundtrip(count);
    return 0;
}
