#define _GNU_SOURCE
#include "ips_ring.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the ring is little-endian, and so must the machine be");
_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2 && ATOMIC_INT_LOCK_FREE == 2, "indices are shared without locks");

/* ---------------------------------------------------------------- the layout: see ABI.md */

#define HEADER_MAGIC UINT64_C(0x31474E4952535049)
#define CURSORS_MAGIC UINT64_C(0x3153525543535049)
#define LINK_MAGIC UINT64_C(0x4B4E494C52535049)

enum header {
    H_MAGIC = 0, H_VERSION = 8, H_CHECKSUM = 12, H_DATA_SIZE = 16, H_CURSORS_SIZE = 24, H_RING_ID = 32,
    H_CREATOR_PID = 40, H_CREATOR_START = 48, H_SEGMENTS = 56, H_READERS = 60, H_KIND = 64, H_FLAGS = 68,
    H_LINE_SIZE = 72, H_STRIDE = 76, H_PAGE_SIZE = 80, H_BACKING = 84, H_STUCK_POLICY = 88, H_STUCK_TIMEOUT = 96,
    H_CREATED = 104, H_TABLE = 256, TABLE_ENTRY = 32, E_OFFSET = 0, E_SIZE = 8, E_CAPACITY = 16,
    FLAG_OVERWRITE = 1, FLAG_KEEP = 2
};

enum segment_control {
    S_TAIL = 0, S_JOURNAL = 16, JOURNAL_ENTRY = 16, S_INTENT = 128, S_PLEDGE = 136, S_EPOCH = 256, S_WRITER_PID = 264,
    S_WRITER_START = 272, S_ABILITIES = 280, S_TOO_LONG = 384, S_DROPPED = 392, S_UNREAD = 400, S_EVICTED = 408,
    S_OVERRUN = 416, S_RECORDS = 512, ABILITY_WAKES = 1
};

enum record { R_NUMBER = 8, FIXED_HEADER = 8, VARIABLE_HEADER = 16 };
#define PADDING UINT32_MAX

enum cursors {
    C_MAGIC = 0, C_VERSION = 8, C_RING_ID = 16, C_SEGMENTS = 24, C_READERS = 28, C_JOINS = 128, C_SLOTS = 256,
    C_LINE = 128, SLOT_STATE = 0, SLOT_PID = 8, SLOT_START = 16, SLOT_WAKE_UPS = 24,
    CURSOR_POSITION = 0, CURSOR_LOST = 8, CURSOR_DAMAGED = 16, CURSOR_READ = 24
};

enum slot_code { SLOT_FREE, SLOT_ACTIVE, SLOT_EVICTED };

enum link { L_VERSION = 8, L_CHECKSUM = 12, L_BACKING = 16, L_PAGE_SIZE = 20, L_DATA_KEY = 24, L_CURSORS_KEY = 28,
            L_PATH_LENGTH = 32, L_PATH = 36, LINK_SIZE = 4096 };

enum backing { BACKING_FILE, BACKING_HUGETLBFS, BACKING_SYSTEM_V };

enum lock_byte { LOCK_MEMBERSHIP = 0, LOCK_ATTACHED = 1, LOCK_READER = 256, LOCK_SEGMENT = 4096, LOCK_BYTES = 5120 };

enum limits { MAX_SEGMENTS = 1024, MAX_READERS = 64, MAX_LINE_SIZE = 1 << 20, MIN_SLOTS = 2, MIN_RECORDS = 4,
              SMALL_PAGE = 4096 };

/* ---------------------------------------------------------------- words, time, errors */

typedef unsigned char byte;

static uint64_t load64(const byte *base, size_t offset, memory_order order)
{
    return atomic_load_explicit((_Atomic uint64_t *)(uintptr_t)(base + offset), order);
}

static void store64(byte *base, size_t offset, uint64_t value, memory_order order)
{
    atomic_store_explicit((_Atomic uint64_t *)(uintptr_t)(base + offset), value, order);
}

static uint32_t load32(const byte *base, size_t offset, memory_order order)
{
    return atomic_load_explicit((_Atomic uint32_t *)(uintptr_t)(base + offset), order);
}

static void store32(byte *base, size_t offset, uint32_t value, memory_order order)
{
    atomic_store_explicit((_Atomic uint32_t *)(uintptr_t)(base + offset), value, order);
}

static bool change64(byte *base, size_t offset, uint64_t from, uint64_t to)
{
    return atomic_compare_exchange_strong((_Atomic uint64_t *)(uintptr_t)(base + offset), &from, to);
}

static uint64_t get64(const byte *base, size_t offset) { return load64(base, offset, memory_order_relaxed); }
static uint32_t get32(const byte *base, size_t offset) { return load32(base, offset, memory_order_relaxed); }
static void put64(byte *base, size_t offset, uint64_t value) { store64(base, offset, value, memory_order_relaxed); }
static void put32(byte *base, size_t offset, uint32_t value) { store32(base, offset, value, memory_order_relaxed); }

/* Positions are compared by their difference: what comes out of shared memory may be anything. */
static int64_t ahead(uint64_t a, uint64_t b) { return (int64_t)(a - b); }
static uint64_t later(uint64_t a, uint64_t b) { return ahead(a, b) > 0 ? a : b; }
static uint64_t earlier(uint64_t a, uint64_t b) { return ahead(a, b) < 0 ? a : b; }
static uint64_t align(uint64_t value, uint64_t to) { return (value + to - 1) & -to; }
static bool is_power_of_two(uint64_t value) { return value != 0 && (value & (value - 1)) == 0; }

static uint64_t now_nanos(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void sleep_nanos(long nanos)
{
    const struct timespec pause = {nanos / 1000000000, nanos % 1000000000};
    nanosleep(&pause, NULL);
}

static void spin_pause(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

uint32_t ips_stamp_now(void)
{
    const uint32_t stamp = (uint32_t)(now_nanos() / 1000);
    return stamp == 0 ? 1 : stamp;
}

static uint32_t crc32c(const byte *bytes, size_t size)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (0x82F63B78u & -(crc & 1));
    }
    return ~crc;
}

static _Thread_local char error_message[PATH_MAX + 256];

const char *ips_error(void) { return error_message; }

__attribute__((format(printf, 2, 3))) static int fail(int status, const char *format, ...)
{
    const int error = errno;
    va_list arguments;
    va_start(arguments, format);
    errno = error;
    vsnprintf(error_message, sizeof error_message, format, arguments);
    va_end(arguments);
    return status;
}

static uint64_t start_time(void)
{
    char text[1024];
    const int file = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    const ssize_t size = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (file >= 0)
        close(file);
    if (size <= 0)
        return 0;
    text[size] = '\0';
    /* The command stands in parentheses and may hold any character, so what follows starts at the last one. */
    const char *field = strrchr(text, ')');
    for (int i = 0; field != NULL && i < 20; i++)
        field = strchr(field + 1, ' ');
    return field == NULL ? 0 : strtoull(field, NULL, 10);
}

/* ---------------------------------------------------------------- the lock files of this process */

/* One a ring, whatever number of times the process attaches: closing any descriptor of a file drops all locks on it. */
struct lock_file {
    struct lock_file *next;
    dev_t device;
    ino_t inode;
    int descriptor; /* -1 in the child of fork() */
    bool writable;
    unsigned users, attachments;
    byte held[LOCK_BYTES / 8]; /* by this process: to the kernel it would never be in its own way */
};

static pthread_mutex_t registry = PTHREAD_MUTEX_INITIALIZER;
static struct lock_file *lock_files;
/* Raised in the child of fork(): what was made before belongs to the parent. */
static _Atomic uint32_t generation;

static uint32_t this_generation(void) { return atomic_load_explicit(&generation, memory_order_relaxed); }

static void before_fork(void) { pthread_mutex_lock(&registry); }
static void after_fork_in_parent(void) { pthread_mutex_unlock(&registry); }

static void after_fork_in_child(void)
{
    /* The parent's descriptors: left open, closing one of them later would drop the locks that the child takes. */
    for (struct lock_file *file = lock_files; file != NULL; file = file->next) {
        close(file->descriptor);
        file->descriptor = -1;
    }
    lock_files = NULL;
    atomic_fetch_add(&generation, 1);
    pthread_mutex_unlock(&registry);
}

__attribute__((constructor(201))) static void watch_forks(void)
{
    pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}

static bool set_lock(const struct lock_file *file, short type, off_t at)
{
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = at, .l_len = 1};
    return fcntl(file->descriptor, F_SETLK, &lock) == 0;
}

static bool is_held_here(const struct lock_file *file, off_t at) { return file->held[at / 8] >> (at % 8) & 1; }

static bool try_hold(struct lock_file *file, off_t at)
{
    if (is_held_here(file, at) || !set_lock(file, F_WRLCK, at))
        return false;
    file->held[at / 8] |= (byte)(1 << (at % 8));
    return true;
}

static void let_go(struct lock_file *file, off_t at)
{
    file->held[at / 8] &= (byte)~(1 << (at % 8));
    set_lock(file, F_UNLCK, at);
}

/* Whether a descriptor still is what it was opened for: the program may have closed it behind our back. */
static bool is_open(const struct lock_file *file)
{
    struct stat status;
    return file->descriptor >= 0 && fstat(file->descriptor, &status) == 0 && status.st_dev == file->device
           && status.st_ino == file->inode;
}

static struct lock_file *find_lock_file(const struct stat *status)
{
    for (struct lock_file *file = lock_files; file != NULL; file = file->next)
        if (file->device == status->st_dev && file->inode == status->st_ino)
            return file;
    return NULL;
}

static void forget(struct lock_file *file)
{
    for (struct lock_file **link = &lock_files; *link != NULL; link = &(*link)->next)
        if (*link == file) {
            *link = file->next;
            return;
        }
}

static void release_lock_file(struct lock_file *file)
{
    if (--file->users > 0)
        return;
    forget(file);
    if (is_open(file))
        close(file->descriptor);
    free(file);
}

static int open_descriptor(const char *path, int flags, mode_t mode)
{
    int descriptor = open(path, flags | O_NOFOLLOW | O_CLOEXEC, mode);
    if (descriptor >= 0 && descriptor <= STDERR_FILENO) {
        /* A program that runs without its standard streams may open others in their place. */
        const int higher = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        close(descriptor);
        descriptor = higher;
    }
    return descriptor;
}

static bool is_current(const struct lock_file *file, const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && status.st_dev == file->device && status.st_ino == file->inode;
}

/* Opens the lock file, or finds the one that is open; with a mode it is created where there is none. NULL and errno. */
static struct lock_file *open_lock_file(const char *path, mode_t mode)
{
    struct stat status;
    if (mode != 0) {
        const int made = open_descriptor(path, O_RDWR | O_CREAT | O_EXCL, mode);
        if (made >= 0) {
            fchmod(made, mode);
            close(made);
        } else if (errno != EEXIST) {
            return NULL;
        }
    }
    if (lstat(path, &status) != 0)
        return NULL;
    struct lock_file *file = find_lock_file(&status);
    if (file != NULL && is_open(file)) {
        file->users++;
        return file;
    }
    if (file != NULL) {
        /* The program closed it: its locks are gone, and who uses it still is told so. */
        file->descriptor = -1;
        forget(file);
    }
    bool writable = true;
    int descriptor = open_descriptor(path, O_RDWR, 0);
    if (descriptor < 0 && (errno == EACCES || errno == EROFS)) {
        writable = false;
        descriptor = open_descriptor(path, O_RDONLY, 0);
    }
    if (descriptor < 0)
        return NULL;
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode) || find_lock_file(&status) != NULL) {
        /* Exchanged between the two calls. One that is open already must not be closed. */
        if (find_lock_file(&status) == NULL)
            close(descriptor);
        errno = EAGAIN;
        return NULL;
    }
    file = calloc(1, sizeof *file);
    if (file == NULL) {
        close(descriptor);
        errno = ENOMEM;
        return NULL;
    }
    *file = (struct lock_file){.next = lock_files, .device = status.st_dev, .inode = status.st_ino,
                               .descriptor = descriptor, .writable = writable, .users = 1};
    lock_files = file;
    return file;
}

static bool lock_membership(const struct lock_file *file)
{
    const uint64_t deadline = now_nanos() + UINT64_C(5000000000);
    while (!set_lock(file, file->writable ? F_WRLCK : F_RDLCK, LOCK_MEMBERSHIP)) {
        if ((errno != EAGAIN && errno != EACCES) || ahead(now_nanos(), deadline) >= 0)
            return false;
        sleep_nanos(1000000);
    }
    return true;
}

static void unlock_membership(const struct lock_file *file) { set_lock(file, F_UNLCK, LOCK_MEMBERSHIP); }

/* Whether no process is attached, this one included. */
static bool is_alone(const struct lock_file *file)
{
    if (file->attachments > 0 || !file->writable || !set_lock(file, F_WRLCK, LOCK_ATTACHED))
        return false;
    set_lock(file, F_UNLCK, LOCK_ATTACHED);
    return true;
}

/* ---------------------------------------------------------------- rings */

struct segment {
    uint64_t offset, size, capacity;
};

struct ips_ring {
    char *path, *cursors_path, *locks_path, *data_path; /* the data may be elsewhere than the path */
    int data_id, cursors_id;                            /* of System V shared memory */
    struct lock_file *locks;
    uint32_t generation;
    uint32_t segments, readers, line_size, stride, page_size, backing, stuck_policy;
    uint64_t stuck_timeout, id, data_size, cursors_size;
    bool variable, overwrite, keep, may_join;
    struct segment *segment;
    byte *data; /* mapped read-only */
    size_t mapped_size;
    byte *cursors;
};

static byte *slot_at(const ips_ring *ring, uint32_t reader)
{
    return ring->cursors + C_SLOTS + (size_t)C_LINE * reader;
}

static byte *sleepers_of(const ips_ring *ring, uint32_t segment)
{
    return ring->cursors + C_SLOTS + (size_t)C_LINE * (ring->readers + segment);
}

static byte *cursor_of(const ips_ring *ring, uint32_t segment, uint32_t reader)
{
    return ring->cursors + C_SLOTS
           + (size_t)C_LINE * (ring->readers + ring->segments + (size_t)segment * ring->readers + reader);
}

static uint64_t slot_state(const ips_ring *ring, uint32_t reader)
{
    return load64(slot_at(ring, reader), SLOT_STATE, memory_order_acquire);
}

static bool change_slot(const ips_ring *ring, uint32_t reader, uint64_t from, uint64_t to)
{
    return change64(slot_at(ring, reader), SLOT_STATE, from, to);
}

static enum slot_code code_of(uint64_t state) { return (enum slot_code)(state & 0xFF); }
static uint64_t state_of(uint64_t number, enum slot_code code) { return number << 8 | code; }

static uint64_t record_size(uint32_t length) { return VARIABLE_HEADER + align(length, 8); }

/* Places the segments by what stands in the ring already, and computes its sizes. */
static int lay_out(ips_ring *ring)
{
    if (ring->segments < 1 || ring->segments > MAX_SEGMENTS || ring->readers < 1 || ring->readers > MAX_READERS
        || ring->line_size < 1 || ring->line_size > MAX_LINE_SIZE || ring->page_size < SMALL_PAGE
        || !is_power_of_two(ring->page_size))
        return fail(IPS_INVALID_ARGUMENT, "%u segments (1 to %d), %u readers (1 to %d), lines of %u bytes (1 to %d), "
                    "pages of %u bytes", ring->segments, MAX_SEGMENTS, ring->readers, MAX_READERS, ring->line_size,
                    MAX_LINE_SIZE, ring->page_size);
    ring->stride = ring->variable ? 0 : (uint32_t)(FIXED_HEADER + align(ring->line_size, 8));
    const uint64_t least = ring->variable ? MIN_RECORDS * record_size(ring->line_size) : MIN_SLOTS;
    uint64_t offset = align(H_TABLE + (uint64_t)TABLE_ENTRY * ring->segments, ring->page_size);
    for (uint32_t i = 0; i < ring->segments; i++) {
        struct segment *segment = &ring->segment[i];
        if (!is_power_of_two(segment->capacity) || segment->capacity < least || segment->capacity > INT32_MAX)
            return fail(IPS_INVALID_ARGUMENT, "capacity %llu of segment %u is no power of two between %llu and %d",
                        (unsigned long long)segment->capacity, i, (unsigned long long)least, INT32_MAX);
        segment->offset = offset;
        segment->size = align(S_RECORDS + segment->capacity * (ring->variable ? 1 : ring->stride), ring->page_size);
        if (segment->size > INT32_MAX)
            return fail(IPS_INVALID_ARGUMENT, "segment %u would have %llu bytes, more than %d", i,
                        (unsigned long long)segment->size, INT32_MAX);
        offset += segment->size;
    }
    ring->data_size = offset;
    ring->cursors_size = align(
        C_SLOTS + (uint64_t)C_LINE * (ring->readers + ring->segments + (uint64_t)ring->segments * ring->readers),
        ring->page_size);
    return IPS_OK;
}

static void free_ring(ips_ring *ring)
{
    if (ring == NULL)
        return;
    if (ring->backing == BACKING_SYSTEM_V) {
        if (ring->data != NULL)
            shmdt(ring->data);
        if (ring->cursors != NULL)
            shmdt(ring->cursors);
    } else {
        if (ring->data != NULL)
            munmap(ring->data, ring->mapped_size);
        if (ring->cursors != NULL)
            munmap(ring->cursors, ring->cursors_size);
    }
    free(ring->path);
    free(ring->cursors_path);
    free(ring->locks_path);
    free(ring->data_path);
    free(ring->segment);
    free(ring);
}

static char *absolute(const char *path, const char *suffix)
{
    char *text = NULL;
    if (path[0] == '/')
        return asprintf(&text, "%s%s", path, suffix) < 0 ? NULL : text;
    char *directory = getcwd(NULL, 0);
    if (directory == NULL || asprintf(&text, "%s/%s%s", directory, path, suffix) < 0)
        text = NULL;
    free(directory);
    return text;
}

static ips_ring *new_ring(const char *path)
{
    ips_ring *ring = calloc(1, sizeof *ring);
    if (ring == NULL)
        return NULL;
    ring->data_id = ring->cursors_id = -1;
    ring->page_size = SMALL_PAGE;
    ring->path = absolute(path, "");
    ring->data_path = absolute(path, "");
    ring->cursors_path = absolute(path, ".cursors");
    ring->locks_path = absolute(path, ".locks");
    if (ring->path == NULL || ring->data_path == NULL || ring->cursors_path == NULL || ring->locks_path == NULL) {
        free_ring(ring);
        return NULL;
    }
    return ring;
}

static byte *map_file(const char *path, uint64_t offset, uint64_t size, bool writable, uint64_t *file_size)
{
    const int file = open_descriptor(path, writable ? O_RDWR : O_RDONLY, 0);
    if (file < 0)
        return NULL;
    struct stat status;
    byte *mapped = NULL;
    int error = 0;
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        error = EINVAL;
    } else {
        if (file_size != NULL)
            *file_size = size = (uint64_t)status.st_size;
        /* Beyond the end of the file there would be a mapping, and a fault at the first touch. */
        if (size == 0 || (uint64_t)status.st_size < offset + size)
            error = ENODATA;
        else if ((mapped = mmap(NULL, size, writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED, file,
                                (off_t)offset)) == MAP_FAILED) {
            error = errno;
            mapped = NULL;
        }
    }
    close(file);
    errno = error;
    return mapped;
}

static byte *attach_system_v(int id, uint64_t least, bool writable, uint64_t *size)
{
    struct shmid_ds status;
    if (shmctl(id, IPC_STAT, &status) != 0)
        return NULL;
    if (size != NULL)
        *size = status.shm_segsz;
    if (status.shm_segsz < least) {
        errno = ENODATA;
        return NULL;
    }
    byte *mapped = shmat(id, NULL, writable ? 0 : SHM_RDONLY);
    return mapped == (byte *)-1 ? NULL : mapped;
}

/* Follows the file at the ring's path where it only tells of the data. */
static int follow_link(ips_ring *ring)
{
    byte content[LINK_SIZE + 1];
    const int file = open_descriptor(ring->path, O_RDONLY, 0);
    if (file < 0)
        return fail(errno == ENOENT ? IPS_NOT_FOUND : IPS_MEMORY, "the ring %s cannot be attached to: %m", ring->path);
    const ssize_t size = pread(file, content, sizeof content, 0);
    struct stat status;
    const bool is_link = size >= 8 && memcmp(content, &(uint64_t){LINK_MAGIC}, 8) == 0 && fstat(file, &status) == 0
                         && status.st_size == LINK_SIZE;
    close(file);
    if (!is_link)
        return IPS_OK;
    uint32_t field[L_PATH / 4];
    memcpy(field, content, sizeof field);
    const uint32_t length = field[L_PATH_LENGTH / 4];
    if (size != LINK_SIZE || field[L_VERSION / 4] != 1 || length > LINK_SIZE - L_PATH
        || field[L_CHECKSUM / 4] != crc32c(content + L_BACKING, LINK_SIZE - L_BACKING))
        return fail(IPS_DAMAGED, "%s is a damaged link to a ring, or one of another version", ring->path);
    ring->backing = field[L_BACKING / 4];
    ring->page_size = field[L_PAGE_SIZE / 4];
    if (ring->backing == BACKING_HUGETLBFS) {
        free(ring->data_path);
        ring->data_path = strndup((const char *)content + L_PATH, length);
        return ring->data_path == NULL ? fail(IPS_MEMORY, "no memory") : IPS_OK;
    }
    if (ring->backing != BACKING_SYSTEM_V)
        return fail(IPS_INCOMPATIBLE, "%s tells of memory of unknown kind %u", ring->path, ring->backing);
    ring->data_id = shmget((key_t)field[L_DATA_KEY / 4], 0, 0);
    ring->cursors_id = shmget((key_t)field[L_CURSORS_KEY / 4], 0, 0);
    if (ring->data_id < 0 || ring->cursors_id < 0)
        return fail(IPS_MEMORY, "the shared memory of %s cannot be had: %m", ring->path);
    return IPS_OK;
}

/* Reads the header from a private copy, every field checked, every offset computed anew. */
static int read_header(ips_ring *ring, const byte *mapped, uint64_t size)
{
    if (size < H_TABLE || get64(mapped, H_MAGIC) != HEADER_MAGIC)
        return fail(IPS_INCOMPATIBLE, "%s is no ring: %s", ring->path,
                    size < H_TABLE ? "it is shorter than a header" : "its magic number is wrong");
    const uint32_t version = load32(mapped, H_VERSION, memory_order_acquire);
    if (version == 0)
        return fail(IPS_DAMAGED, "the ring %s was never completed: its creator died; remove it", ring->path);
    if (version != IPS_RING_ABI_VERSION)
        return fail(IPS_INCOMPATIBLE, "%s has ABI version %u, this program knows %d", ring->path, version,
                    IPS_RING_ABI_VERSION);
    const uint32_t segments = get32(mapped, H_SEGMENTS);
    const size_t header_size = H_TABLE + (size_t)TABLE_ENTRY * segments;
    if (segments < 1 || segments > MAX_SEGMENTS || size < header_size)
        return fail(IPS_DAMAGED, "the ring %s is damaged: it tells of %u segments", ring->path, segments);
    byte *header = malloc(header_size);
    ring->segment = calloc(segments, sizeof *ring->segment);
    if (header == NULL || ring->segment == NULL) {
        free(header);
        return fail(IPS_MEMORY, "no memory");
    }
    memcpy(header, mapped, header_size);
    int status = IPS_OK;
    if (get32(header, H_SEGMENTS) != segments
        || get32(header, H_CHECKSUM) != crc32c(header + H_DATA_SIZE, header_size - H_DATA_SIZE))
        status = fail(IPS_DAMAGED, "the ring %s is damaged: the checksum of its header is wrong", ring->path);
    ring->segments = segments;
    ring->readers = get32(header, H_READERS);
    ring->line_size = get32(header, H_LINE_SIZE);
    ring->page_size = get32(header, H_PAGE_SIZE);
    ring->stuck_policy = get32(header, H_STUCK_POLICY);
    ring->stuck_timeout = get64(header, H_STUCK_TIMEOUT);
    ring->id = get64(header, H_RING_ID);
    ring->variable = get32(header, H_KIND) == 1;
    ring->overwrite = get32(header, H_FLAGS) & FLAG_OVERWRITE;
    ring->keep = get32(header, H_FLAGS) & FLAG_KEEP;
    for (uint32_t i = 0; i < segments; i++)
        ring->segment[i].capacity = get64(header, H_TABLE + (size_t)TABLE_ENTRY * i + E_CAPACITY);
    if (status == IPS_OK
        && (get32(header, H_KIND) > 1 || (get32(header, H_FLAGS) & ~(uint32_t)(FLAG_OVERWRITE | FLAG_KEEP)) != 0
            || ring->stuck_policy > IPS_STUCK_OVERWRITE || (int64_t)ring->stuck_timeout <= 0
            || lay_out(ring) != IPS_OK))
        status = fail(IPS_DAMAGED, "the ring %s is damaged: its header has impossible values", ring->path);
    for (uint32_t i = 0; status == IPS_OK && i < segments; i++) {
        const byte *entry = header + H_TABLE + (size_t)TABLE_ENTRY * i;
        if (get64(entry, E_OFFSET) != ring->segment[i].offset || get64(entry, E_SIZE) != ring->segment[i].size)
            status = fail(IPS_DAMAGED, "the ring %s is damaged: segment %u is not where its size says", ring->path, i);
    }
    if (status == IPS_OK
        && (get64(header, H_DATA_SIZE) != ring->data_size || get64(header, H_CURSORS_SIZE) != ring->cursors_size
            || get32(header, H_STRIDE) != ring->stride || size < ring->data_size))
        status = fail(IPS_DAMAGED, "the ring %s is damaged: its sizes do not follow from its geometry", ring->path);
    free(header);
    return status;
}

static int map_ring(ips_ring *ring)
{
    int status = follow_link(ring);
    if (status != IPS_OK)
        return status;
    uint64_t size = 0;
    if (ring->backing == BACKING_SYSTEM_V)
        ring->data = attach_system_v(ring->data_id, H_TABLE, false, &size);
    else
        ring->data = map_file(ring->data_path, 0, 0, false, &size);
    ring->mapped_size = size;
    if (ring->data == NULL)
        return fail(errno == ENODATA ? IPS_INCOMPATIBLE : IPS_MEMORY, "the ring %s cannot be mapped: %m", ring->path);
    status = read_header(ring, ring->data, size);
    if (status != IPS_OK)
        return status;
    ring->may_join = ring->locks->writable;
    for (int writable = ring->may_join; writable >= 0 && ring->cursors == NULL; writable--) {
        ring->may_join = writable;
        ring->cursors = ring->backing == BACKING_SYSTEM_V
                            ? attach_system_v(ring->cursors_id, ring->cursors_size, writable, NULL)
                            : map_file(ring->cursors_path, 0, ring->cursors_size, writable, NULL);
        if (ring->cursors == NULL && errno != EACCES)
            break;
    }
    if (ring->cursors == NULL)
        return fail(IPS_MEMORY, "the cursors of %s cannot be mapped: %m", ring->path);
    if (get64(ring->cursors, C_MAGIC) != CURSORS_MAGIC || get32(ring->cursors, C_VERSION) != IPS_RING_ABI_VERSION
        || get64(ring->cursors, C_RING_ID) != ring->id)
        return fail(IPS_DAMAGED, "the ring %s is damaged: its cursors belong to another ring", ring->path);
    return IPS_OK;
}

/* Opens the lock file and locks membership; again, if the ring was removed between the two. */
static int lock_ring(ips_ring *ring, mode_t mode)
{
    for (;;) {
        ring->locks = open_lock_file(ring->locks_path, mode);
        if (ring->locks == NULL) {
            if (errno == EAGAIN || (mode != 0 && errno == ENOENT && access(ring->locks_path, F_OK) == 0))
                continue;
            if (errno == ENOENT && mode == 0)
                return fail(IPS_NOT_FOUND, "there is no ring at %s", ring->path);
            return fail(IPS_MEMORY, "the locks of %s cannot be opened: %m", ring->path);
        }
        if (!lock_membership(ring->locks)) {
            release_lock_file(ring->locks);
            ring->locks = NULL;
            return fail(IPS_BUSY, "another process has held %s for more than 5 s: is it stopped?", ring->locks_path);
        }
        if (is_current(ring->locks, ring->locks_path))
            return IPS_OK;
        unlock_membership(ring->locks);
        release_lock_file(ring->locks);
        ring->locks = NULL;
    }
}

/* Under the membership lock. */
static int attach_locked(ips_ring *ring)
{
    const int status = map_ring(ring);
    if (status != IPS_OK)
        return status;
    if (ring->locks->attachments == 0 && !set_lock(ring->locks, F_RDLCK, LOCK_ATTACHED))
        return fail(IPS_MEMORY, "%s cannot be locked: %m", ring->locks_path);
    ring->locks->attachments++;
    ring->generation = this_generation();
    return IPS_OK;
}

static int finish(ips_ring *ring, int status, ips_ring **result)
{
    if (ring->locks != NULL) {
        unlock_membership(ring->locks);
        if (status != IPS_OK)
            release_lock_file(ring->locks);
    }
    pthread_mutex_unlock(&registry);
    if (status == IPS_OK)
        *result = ring;
    else
        free_ring(ring);
    return status;
}

int ips_ring_attach(const char *path, ips_ring **result)
{
    *result = NULL;
    ips_ring *ring = new_ring(path);
    if (ring == NULL)
        return fail(IPS_MEMORY, "no memory for a ring at %s", path);
    pthread_mutex_lock(&registry);
    int status = lock_ring(ring, 0);
    if (status == IPS_OK)
        status = attach_locked(ring);
    return finish(ring, status, result);
}

static uint64_t round_up(uint64_t capacity, uint64_t least)
{
    uint64_t rounded = 1;
    while (rounded < capacity || rounded < least)
        rounded <<= 1;
    return rounded;
}

static int take_options(ips_ring *ring, const struct ips_ring_options *options)
{
    const uint64_t standard = options->variable ? 16 << 20 : 100000;
    ring->segments = options->segments == 0 ? 1 : options->segments;
    ring->readers = options->readers == 0 ? 2 : options->readers;
    ring->line_size = options->line_size == 0 ? 128 : options->line_size;
    ring->variable = options->variable;
    ring->overwrite = options->overwrite;
    ring->keep = options->keep;
    ring->stuck_policy = options->stuck_reader;
    ring->stuck_timeout = options->stuck_timeout_nanos == 0 ? UINT64_C(10000000000) : options->stuck_timeout_nanos;
    const uint64_t least = ring->variable ? MIN_RECORDS * record_size(ring->line_size) : MIN_SLOTS;
    if (ring->segments > MAX_SEGMENTS || ring->line_size > MAX_LINE_SIZE || ring->stuck_policy > IPS_STUCK_OVERWRITE
        || (int64_t)ring->stuck_timeout < 0)
        return fail(IPS_INVALID_ARGUMENT, "%u segments (1 to %d), lines of %u bytes (1 to %d), stuck-reader policy %u",
                    ring->segments, MAX_SEGMENTS, ring->line_size, MAX_LINE_SIZE, ring->stuck_policy);
    ring->segment = calloc(ring->segments, sizeof *ring->segment);
    if (ring->segment == NULL)
        return fail(IPS_MEMORY, "no memory");
    for (uint32_t i = 0; i < ring->segments; i++) {
        const uint64_t capacity = options->capacities != NULL ? options->capacities[i]
                                  : options->capacity == 0    ? standard
                                                              : options->capacity;
        if (capacity > INT32_MAX)
            return fail(IPS_INVALID_ARGUMENT, "a segment of %llu: at most %d", (unsigned long long)capacity, INT32_MAX);
        ring->segment[i].capacity = round_up(capacity, least);
    }
    return lay_out(ring);
}

/* A file with all its pages there: a full file system shows now, and not when a line is written. */
static byte *create_file(const char *path, uint64_t size, mode_t mode)
{
    const int file = open_descriptor(path, O_RDWR | O_CREAT | O_EXCL, mode);
    if (file < 0)
        return NULL;
    int error = fchmod(file, mode) == 0 ? posix_fallocate(file, 0, (off_t)size) : errno;
    byte *mapped = NULL;
    if (error == 0) {
        mapped = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, file, 0);
        if (mapped == MAP_FAILED) {
            error = errno;
            mapped = NULL;
        }
    }
    close(file);
    if (mapped == NULL)
        unlink(path);
    errno = error;
    return mapped;
}

static void write_header(const ips_ring *ring, byte *header)
{
    struct timespec created;
    clock_gettime(CLOCK_REALTIME, &created);
    put64(header, H_MAGIC, HEADER_MAGIC);
    put64(header, H_DATA_SIZE, ring->data_size);
    put64(header, H_CURSORS_SIZE, ring->cursors_size);
    put64(header, H_RING_ID, ring->id);
    put64(header, H_CREATOR_PID, (uint64_t)getpid());
    put64(header, H_CREATOR_START, start_time());
    put32(header, H_SEGMENTS, ring->segments);
    put32(header, H_READERS, ring->readers);
    put32(header, H_KIND, ring->variable);
    put32(header, H_FLAGS, (ring->overwrite ? FLAG_OVERWRITE : 0u) | (ring->keep ? FLAG_KEEP : 0u));
    put32(header, H_LINE_SIZE, ring->line_size);
    put32(header, H_STRIDE, ring->stride);
    put32(header, H_PAGE_SIZE, ring->page_size);
    put32(header, H_BACKING, ring->backing);
    put32(header, H_STUCK_POLICY, ring->stuck_policy);
    put64(header, H_STUCK_TIMEOUT, ring->stuck_timeout);
    put64(header, H_CREATED, (uint64_t)created.tv_sec * 1000 + (uint64_t)created.tv_nsec / 1000000);
    for (uint32_t i = 0; i < ring->segments; i++) {
        byte *entry = header + H_TABLE + (size_t)TABLE_ENTRY * i;
        put64(entry, E_OFFSET, ring->segment[i].offset);
        put64(entry, E_SIZE, ring->segment[i].size);
        put64(entry, E_CAPACITY, ring->segment[i].capacity);
        put64(header + ring->segment[i].offset, S_INTENT, ring->segment[i].capacity);
    }
    put32(header, H_CHECKSUM,
          crc32c(header + H_DATA_SIZE, H_TABLE - H_DATA_SIZE + (size_t)TABLE_ENTRY * ring->segments));
}

/* Under the membership lock, with nothing at the ring's path. */
static int build(ips_ring *ring, mode_t mode)
{
    unlink(ring->cursors_path); /* without data, a creator left them that died before it came to the data */
    if (getrandom(&ring->id, sizeof ring->id, 0) != sizeof ring->id)
        return fail(IPS_MEMORY, "no random number for the ring %s: %m", ring->path);
    byte *cursors = create_file(ring->cursors_path, ring->cursors_size, mode == 0600 ? 0600 : 0660);
    if (cursors == NULL)
        return fail(IPS_MEMORY, "the cursors of %s cannot be created: %m", ring->path);
    byte *data = create_file(ring->path, ring->data_size, mode);
    if (data == NULL) {
        const int status = fail(IPS_MEMORY, "the ring %s cannot be created: %m", ring->path);
        munmap(cursors, ring->cursors_size);
        unlink(ring->cursors_path);
        return status;
    }
    put64(cursors, C_MAGIC, CURSORS_MAGIC);
    put32(cursors, C_VERSION, IPS_RING_ABI_VERSION);
    put64(cursors, C_RING_ID, ring->id);
    put32(cursors, C_SEGMENTS, ring->segments);
    put32(cursors, C_READERS, ring->readers);
    write_header(ring, data);
    store32(data, H_VERSION, IPS_RING_ABI_VERSION, memory_order_release);
    munmap(data, ring->data_size);
    munmap(cursors, ring->cursors_size);
    return IPS_OK;
}

enum presence { ABSENT, STRANGER, INCOMPLETE, COMPLETE };

/* What is at the ring's path. */
static enum presence look(const ips_ring *ring)
{
    struct stat status;
    if (lstat(ring->path, &status) != 0)
        return ABSENT;
    if (!S_ISREG(status.st_mode))
        return STRANGER;
    if (status.st_size == 0)
        return INCOMPLETE;
    uint64_t size = 0;
    byte *data = map_file(ring->path, 0, 0, false, &size);
    if (data == NULL)
        return STRANGER;
    enum presence found = STRANGER;
    if (size >= LINK_SIZE && get64(data, 0) == LINK_MAGIC)
        found = COMPLETE;
    else if (size >= H_TABLE && get64(data, H_MAGIC) == HEADER_MAGIC)
        found = load32(data, H_VERSION, memory_order_acquire) != 0 ? COMPLETE : INCOMPLETE;
    else if (size >= H_TABLE && get64(data, H_MAGIC) == 0 && access(ring->cursors_path, F_OK) == 0)
        found = INCOMPLETE;
    munmap(data, size);
    return found;
}

static int create_locked(ips_ring *ring, const struct ips_ring_options *options, mode_t mode)
{
    const enum presence found = look(ring);
    if (found == STRANGER)
        return fail(IPS_ALREADY_EXISTS, "%s exists and is no ring", ring->path);
    if (found == COMPLETE && !options->reattach)
        return fail(IPS_ALREADY_EXISTS, "there is a ring at %s: attach to it", ring->path);
    if (found == COMPLETE) {
        free(ring->segment);
        ring->segment = NULL;
        ring->backing = BACKING_FILE;
        return attach_locked(ring);
    }
    if (found == INCOMPLETE && !is_alone(ring->locks))
        return fail(IPS_ALREADY_EXISTS, "the ring %s is in use and cannot be replaced", ring->path);
    if (found == INCOMPLETE)
        unlink(ring->path);
    const int status = build(ring, mode);
    free(ring->segment);
    ring->segment = NULL;
    return status == IPS_OK ? attach_locked(ring) : status;
}

int ips_ring_create(const char *path, const struct ips_ring_options *options, ips_ring **result)
{
    *result = NULL;
    const mode_t mode = options->mode == 0 ? 0600 : options->mode;
    if (mode != 0600 && mode != 0640 && mode != 0660)
        return fail(IPS_INVALID_ARGUMENT, "mode %o: give 0600, 0640 or 0660", (unsigned)mode);
    ips_ring *ring = new_ring(path);
    if (ring == NULL)
        return fail(IPS_MEMORY, "no memory for a ring at %s", path);
    char *directory = strndup(ring->path, (size_t)(strrchr(ring->path, '/') + 1 - ring->path));
    struct statfs store;
    if (directory != NULL && statfs(directory, &store) == 0 && (uint32_t)store.f_type == 0x958458F6u) {
        ring->backing = BACKING_HUGETLBFS;
        ring->page_size = (uint32_t)store.f_bsize;
    }
    free(directory);
    pthread_mutex_lock(&registry);
    int status = take_options(ring, options);
    if (status == IPS_OK)
        status = lock_ring(ring, mode == 0600 ? 0600 : 0660);
    if (status == IPS_OK) {
        status = create_locked(ring, options, mode);
        if (status != IPS_OK && look(ring) == ABSENT && is_alone(ring->locks))
            unlink(ring->locks_path);
    }
    return finish(ring, status, result);
}

static void remove_memory(const ips_ring *ring)
{
    unlink(ring->path);
    if (ring->backing == BACKING_SYSTEM_V) {
        shmctl(ring->data_id, IPC_RMID, NULL);
        shmctl(ring->cursors_id, IPC_RMID, NULL);
    } else {
        unlink(ring->data_path);
        unlink(ring->cursors_path);
    }
    unlink(ring->locks_path);
}

void ips_ring_close(ips_ring *ring)
{
    if (ring == NULL)
        return;
    pthread_mutex_lock(&registry);
    /* After fork(), or with its descriptor closed by the program, this process is not attached any more. */
    if (ring->generation == this_generation() && is_open(ring->locks) && lock_membership(ring->locks)) {
        if (--ring->locks->attachments == 0)
            set_lock(ring->locks, F_UNLCK, LOCK_ATTACHED);
        if (!ring->keep && is_alone(ring->locks) && is_current(ring->locks, ring->locks_path))
            remove_memory(ring);
        unlock_membership(ring->locks);
    }
    release_lock_file(ring->locks);
    pthread_mutex_unlock(&registry);
    free_ring(ring);
}

uint32_t ips_ring_segments(const ips_ring *ring) { return ring->segments; }
uint32_t ips_ring_line_size(const ips_ring *ring) { return ring->line_size; }
uint32_t ips_ring_readers(const ips_ring *ring) { return ring->readers; }
bool ips_ring_is_variable(const ips_ring *ring) { return ring->variable; }
bool ips_ring_is_overwrite(const ips_ring *ring) { return ring->overwrite; }

bool ips_ring_is_held(const ips_ring *ring)
{
    return ring->generation == this_generation() && is_open(ring->locks);
}

static int check_open(uint32_t made_in, const ips_ring *ring)
{
    return made_in == this_generation()
               ? IPS_OK
               : fail(IPS_CLOSED, "the ring %s belongs to the parent process: attach again", ring->path);
}

static int reap_locked(ips_ring *ring)
{
    int reaped = 0;
    for (uint32_t reader = 0; reader < ring->readers; reader++) {
        const uint64_t state = slot_state(ring, reader);
        if (code_of(state) != SLOT_FREE && try_hold(ring->locks, LOCK_READER + reader)) {
            /* A reader that took the slot since has raised the generation, so it stays. */
            reaped += change_slot(ring, reader, state, state_of(state >> 8, SLOT_FREE));
            let_go(ring->locks, LOCK_READER + reader);
        }
    }
    return reaped;
}

int ips_ring_reap(ips_ring *ring)
{
    const int status = check_open(ring->generation, ring);
    if (status != IPS_OK || !ring->may_join)
        return status;
    pthread_mutex_lock(&registry);
    const int reaped = reap_locked(ring);
    pthread_mutex_unlock(&registry);
    return reaped;
}

/* ---------------------------------------------------------------- segments */

/* A mapped segment, with what is needed of the ring. */
struct view {
    byte *base;
    uint64_t capacity, mask;
    uint32_t index, line_size, stride; /* stride 0: variable records */
};

static struct view view_of(const ips_ring *ring, uint32_t index, byte *base)
{
    const uint64_t capacity = ring->segment[index].capacity;
    return (struct view){base, capacity, capacity - 1, index, ring->line_size, ring->stride};
}

static uint64_t tail_of(const struct view *view) { return load64(view->base, S_TAIL, memory_order_acquire); }
static uint64_t intent_of(const struct view *view) { return load64(view->base, S_INTENT, memory_order_acquire); }

static byte *record_at(const struct view *view, uint64_t position)
{
    return view->base + S_RECORDS + (position & view->mask) * (view->stride == 0 ? 1 : view->stride);
}

/* Where the variable record or padding at a position ends; the position itself if its length is impossible. */
static uint64_t next_position(const struct view *view, uint64_t position, uint32_t length, uint64_t tail)
{
    const uint64_t to_end = view->capacity - (position & view->mask);
    if (length != PADDING && length > view->line_size)
        return position;
    const uint64_t size = length == PADDING ? to_end : record_size(length);
    return size <= to_end && (int64_t)size <= ahead(tail, position) ? position + size : position;
}

/* Where a record would end that is written at a position. */
static uint64_t record_end(const struct view *view, uint64_t position, uint32_t length)
{
    if (view->stride != 0)
        return position + 1;
    const uint64_t size = record_size(length);
    const uint64_t to_end = view->capacity - (position & view->mask);
    return size <= to_end ? position + size : position + to_end + size;
}

/* The first record start at or after a target, or the tail. */
static uint64_t advance(const struct view *view, uint64_t from, uint64_t target, uint64_t tail)
{
    if (view->stride != 0)
        return earlier(later(from, target), tail);
    uint64_t position = from;
    while (ahead(position, target) < 0 && ahead(position, tail) < 0) {
        const uint64_t end = next_position(view, position, get32(record_at(view, position), 0), tail);
        if (end == position)
            return tail;
        position = end;
    }
    return position;
}

#define UNKNOWN INT64_C(-1)

/* The number of the line that comes at the tail. */
static int64_t next_number(const struct view *view, uint64_t tail)
{
    for (int entry = 0; entry < 2; entry++) {
        const byte *journal = view->base + S_JOURNAL + (size_t)entry * JOURNAL_ENTRY;
        const int64_t number = (int64_t)get64(journal, 8);
        if (load64(journal, 0, memory_order_acquire) == tail && number >= 0)
            return number;
    }
    return UNKNOWN;
}

/* How many lines came before the record at a position. */
static int64_t number_at(const struct view *view, uint64_t position, uint64_t tail)
{
    if (view->stride != 0)
        return (int64_t)position;
    const uint32_t length = get32(record_at(view, position), 0);
    const uint64_t start = length == PADDING ? next_position(view, position, length, tail) : position;
    return ahead(start, tail) < 0 ? (int64_t)get64(record_at(view, start), R_NUMBER) : next_number(view, tail);
}

/* What is announced at a time when old lines are given up: few enough to lose no more than a sixteenth of the ring. */
static uint64_t quantum_of(const struct view *view)
{
    const uint64_t share = view->capacity / 16;
    const uint64_t most = view->stride != 0 ? 64 : 8192;
    return share < 1 ? 1 : share < most ? share : most;
}

/* Whether the writer's indices are what an honest writer leaves, wherever it dies. */
static bool has_sound_indices(const struct view *view)
{
    const uint64_t tail = tail_of(view);
    const int64_t room = ahead(intent_of(view), tail);
    return (int64_t)tail >= 0 && room >= 0 && (uint64_t)room <= view->capacity
           && (view->stride != 0 || (tail % 8 == 0 && room % 8 == 0));
}

/* ---------------------------------------------------------------- writing */

#define NOBODY UINT32_MAX
#define PROBE_INTERVAL_NANOS UINT64_C(5000000)
#define MAX_JOINS 1000

struct ips_writer {
    struct view view;
    uint64_t position; /* everything before it is staged */
    uint64_t tail;     /* everything before it is published */
    uint64_t limit;    /* up to where admission was granted */
    uint64_t number;   /* of the next line */
    byte *sleepers;
    uint32_t generation;
    enum ips_when_full when_full;
    uint64_t wait_nanos;
    byte *claimed; /* the payload of an open claim */
    uint32_t claimed_length;
    uint64_t claimed_end;
    /* admission */
    uint64_t granted, floor, oldest;
    uint64_t last_probe;
    uint32_t slowest, stuck;
    uint64_t stuck_position, stuck_since;
    ips_ring *ring;
    byte *mapping;
};

static void count(const struct view *view, size_t counter, uint64_t more)
{
    put64(view->base, counter, get64(view->base, counter) + more);
}

static byte *map_segment(const ips_ring *ring, uint32_t index, byte **mapping)
{
    const struct segment *segment = &ring->segment[index];
    if (ring->backing == BACKING_SYSTEM_V) {
        *mapping = attach_system_v(ring->data_id, ring->data_size, true, NULL);
        return *mapping == NULL ? NULL : *mapping + segment->offset;
    }
    return *mapping = map_file(ring->data_path, segment->offset, segment->size, true, NULL);
}

static void unmap_segment(const ips_ring *ring, uint32_t index, byte *mapping)
{
    if (ring->backing == BACKING_SYSTEM_V)
        shmdt(mapping);
    else
        munmap(mapping, ring->segment[index].size);
}

static int open_writer(ips_ring *ring, uint32_t index, ips_writer *writer)
{
    byte *base = map_segment(ring, index, &writer->mapping);
    if (base == NULL)
        return fail(IPS_MEMORY, "the ring %s cannot be written to: %m", ring->path);
    writer->ring = ring;
    writer->view = view_of(ring, index, base);
    const struct view *view = &writer->view;
    if (!has_sound_indices(view)) {
        unmap_segment(ring, index, writer->mapping);
        return fail(IPS_DAMAGED, "segment %u of %s has impossible indices: replace the ring", index, ring->path);
    }
    writer->sleepers = sleepers_of(ring, index);
    writer->generation = ring->generation;
    writer->tail = writer->position = writer->limit = tail_of(view);
    const int64_t number = number_at(view, writer->tail, writer->tail);
    writer->number = number < 0 ? 0 : (uint64_t)number;
    writer->granted = writer->floor = intent_of(view);
    writer->oldest = writer->floor - view->capacity;
    writer->last_probe = now_nanos() - PROBE_INTERVAL_NANOS;
    writer->slowest = writer->stuck = NOBODY;
    count(view, S_EPOCH, 1);
    put64(base, S_WRITER_START, start_time());
    put32(base, S_ABILITIES, ring->may_join ? ABILITY_WAKES : 0);
    store64(base, S_WRITER_PID, (uint64_t)getpid(), memory_order_release);
    return IPS_OK;
}

int ips_ring_claim(ips_ring *ring, uint32_t lower, uint32_t upper, enum ips_when_full when_full, uint64_t wait_nanos,
                   ips_writer **result)
{
    *result = NULL;
    int status = check_open(ring->generation, ring);
    if (status != IPS_OK)
        return status;
    if (lower >= upper || upper > ring->segments)
        return fail(IPS_INVALID_ARGUMENT, "segments %u to %u (exclusive) of %u", lower, upper, ring->segments);
    ips_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL)
        return fail(IPS_MEMORY, "no memory for a writer");
    writer->when_full = when_full;
    writer->wait_nanos = wait_nanos;
    status = fail(IPS_SEGMENT_CLAIMED, "segments %u to %u (exclusive) of %s are claimed", lower, upper, ring->path);
    pthread_mutex_lock(&registry);
    for (uint32_t index = lower; index < upper && status == IPS_SEGMENT_CLAIMED; index++) {
        if (try_hold(ring->locks, LOCK_SEGMENT + (off_t)index)) {
            status = open_writer(ring, index, writer);
            if (status != IPS_OK)
                let_go(ring->locks, LOCK_SEGMENT + (off_t)index);
        }
    }
    pthread_mutex_unlock(&registry);
    if (status == IPS_OK)
        *result = writer;
    else
        free(writer);
    return status;
}

uint32_t ips_writer_segment(const ips_writer *writer) { return writer->view.index; }

static void wake(const ips_writer *writer)
{
    const ips_ring *ring = writer->ring;
    uint64_t sleeping = atomic_exchange((_Atomic uint64_t *)(uintptr_t)writer->sleepers, 0);
    for (uint32_t reader = 0; sleeping != 0 && reader < ring->readers; reader++, sleeping >>= 1) {
        if (sleeping & 1) {
            uint32_t *word = (uint32_t *)(uintptr_t)(slot_at(ring, reader) + SLOT_WAKE_UPS);
            atomic_fetch_add((_Atomic uint32_t *)word, 1);
            syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
        }
    }
}

/* The entry of the tail that is still published stays, so one of the two is valid at every instant. */
static void note_number(const ips_writer *writer)
{
    byte *journal = writer->view.base + S_JOURNAL;
    byte *entry = get64(journal, 0) == get64(writer->view.base, S_TAIL) ? journal + JOURNAL_ENTRY : journal;
    put64(entry, 8, writer->number);
    store64(entry, 0, writer->position, memory_order_release);
}

static void publish(ips_writer *writer)
{
    if (writer->position == writer->tail)
        return;
    if (writer->view.stride == 0)
        note_number(writer);
    store64(writer->view.base, S_TAIL, writer->position, memory_order_release);
    writer->tail = writer->position;
    /* Not ordered after the store of the tail: readers look again for some microseconds before they sleep. */
    if (get64(writer->sleepers, 0) != 0 && writer->ring->may_join)
        wake(writer);
}

static uint64_t give_up_oldest(const ips_writer *writer, uint64_t end)
{
    const struct view *view = &writer->view;
    if (ahead(end, writer->granted) <= 0)
        return writer->granted;
    return advance(view, writer->granted - view->capacity, end - view->capacity + quantum_of(view), writer->tail)
           + view->capacity;
}

/* How far readers let the writer go, one of them ignored. */
static uint64_t limit_of_readers(ips_writer *writer, uint64_t end, uint32_t ignored)
{
    const ips_ring *ring = writer->ring;
    const struct view *view = &writer->view;
    int64_t furthest = -1;
    writer->slowest = NOBODY;
    for (uint32_t reader = 0; reader < ring->readers; reader++) {
        if (reader == ignored || code_of(slot_state(ring, reader)) != SLOT_ACTIVE)
            continue;
        const int64_t behind = ahead(writer->tail, load64(cursor_of(ring, view->index, reader), CURSOR_POSITION,
                                                          memory_order_acquire));
        /* A cursor outside of the ring belongs to a reader that was overrun, or is broken: it holds nobody up. */
        if (behind > furthest && behind <= (int64_t)view->capacity) {
            furthest = behind;
            writer->slowest = reader;
        }
    }
    return writer->slowest == NOBODY ? give_up_oldest(writer, end)
                                     : writer->tail - (uint64_t)furthest + view->capacity;
}

static void intend(ips_writer *writer, uint64_t granted, bool nobody_reads)
{
    const struct view *view = &writer->view;
    if (nobody_reads) {
        const int64_t from = number_at(view, writer->granted - view->capacity, writer->tail);
        const int64_t to = number_at(view, granted - view->capacity, writer->tail);
        if (to > from)
            count(view, S_UNREAD, (uint64_t)(to - from));
    }
    writer->granted = granted;
    store64(view->base, S_INTENT, granted, memory_order_release);
    /* A reader that sees any byte written from here on must see this intent after its acquire fence. */
    atomic_thread_fence(memory_order_release);
}

/*
 * Finds out how far readers let the writer go. A reader that joins raises the number of joins between setting its cursor
 * and reading the pledge: so either it sees this pledge and starts where that allows, or this sees that it joined and looks
 * at the cursors again. Only then is the pledge the intent that readers verify their copies with.
 */
static void announce(ips_writer *writer, uint64_t end, uint32_t ignored)
{
    const byte *cursors = writer->ring->cursors;
    for (int i = 0; i < MAX_JOINS; i++) {
        const uint64_t joins = load64(cursors, C_JOINS, memory_order_seq_cst);
        const uint64_t granted = later(writer->floor, limit_of_readers(writer, end, ignored));
        if (granted == writer->granted && i == 0)
            return;
        store64(writer->view.base, S_PLEDGE, granted, memory_order_release);
        atomic_thread_fence(memory_order_seq_cst);
        if (load64(cursors, C_JOINS, memory_order_seq_cst) == joins) {
            intend(writer, granted, writer->slowest == NOBODY && ignored == NOBODY);
            return;
        }
    }
}

static bool is_stuck(ips_writer *writer, uint64_t now)
{
    const ips_ring *ring = writer->ring;
    if (ring->stuck_policy == IPS_STUCK_BLOCK || writer->slowest == NOBODY)
        return false;
    const uint64_t position = get64(cursor_of(ring, writer->view.index, writer->slowest), CURSOR_POSITION);
    if (writer->slowest != writer->stuck || position != writer->stuck_position) {
        writer->stuck = writer->slowest;
        writer->stuck_position = position;
        writer->stuck_since = now;
        return false;
    }
    return now - writer->stuck_since >= ring->stuck_timeout;
}

static void unblock(ips_writer *writer, uint64_t end)
{
    const ips_ring *ring = writer->ring;
    const uint32_t reader = writer->stuck;
    if (ring->stuck_policy == IPS_STUCK_EVICT) {
        const uint64_t state = slot_state(ring, reader);
        if (code_of(state) == SLOT_ACTIVE && change_slot(ring, reader, state, state_of(state >> 8, SLOT_EVICTED)))
            count(&writer->view, S_EVICTED, 1);
        announce(writer, end, NOBODY);
    } else {
        count(&writer->view, S_OVERRUN, 1);
        announce(writer, end, reader);
    }
    writer->stuck = NOBODY;
}

/* Everything staged is published. The limit is the end or beyond it if there is room. */
static uint64_t grant(ips_writer *writer, uint64_t end)
{
    const struct view *view = &writer->view;
    if (writer->ring->overwrite) {
        writer->oldest = advance(view, writer->oldest, end - view->capacity + quantum_of(view), writer->tail);
        writer->granted = writer->oldest + view->capacity;
        store64(view->base, S_INTENT, writer->granted, memory_order_release);
        /* A reader that sees any byte written from here on must see this intent after its acquire fence. */
        atomic_thread_fence(memory_order_release);
        return writer->granted;
    }
    announce(writer, end, NOBODY);
    if (ahead(end, writer->granted) <= 0) {
        writer->stuck = NOBODY;
        return writer->granted;
    }
    const uint64_t now = now_nanos();
    /* Locks may be in use by a thread that waits for another process: then this writer probes the next time. */
    if (now - writer->last_probe >= PROBE_INTERVAL_NANOS && writer->ring->may_join
        && pthread_mutex_trylock(&registry) == 0) {
        writer->last_probe = now;
        const int reaped = reap_locked(writer->ring);
        pthread_mutex_unlock(&registry);
        if (reaped > 0)
            announce(writer, end, NOBODY);
    }
    if (ahead(end, writer->granted) > 0 && is_stuck(writer, now))
        unblock(writer, end);
    return writer->granted;
}

static int await_room(ips_writer *writer, uint64_t end)
{
    const uint64_t begin = now_nanos();
    for (int i = 0;; i++) {
        if (i < 200)
            spin_pause();
        else if (i < 300)
            sched_yield();
        else
            sleep_nanos(50000);
        writer->limit = grant(writer, end);
        if (ahead(end, writer->limit) <= 0)
            return IPS_OK;
        if (now_nanos() - begin >= writer->wait_nanos)
            return IPS_FULL;
    }
}

static int make_room(ips_writer *writer, uint64_t end)
{
    /* Readers must see what is staged, or a full segment would wait for them while they wait for it. */
    publish(writer);
    writer->limit = grant(writer, end);
    if (ahead(end, writer->limit) <= 0)
        return IPS_OK;
    switch (writer->when_full) {
    case IPS_WHEN_FULL_WAIT:
        return await_room(writer, end);
    case IPS_WHEN_FULL_DROP:
        count(&writer->view, S_DROPPED, 1);
        return IPS_DROPPED;
    default:
        return IPS_FULL;
    }
}

static uint64_t header_of(uint32_t length, uint32_t stamp) { return (uint64_t)stamp << 32 | length; }

/* Writes a record's header where there is room for it; its end is then the claimed one. */
static int reserve(ips_writer *writer, size_t length, uint32_t stamp, byte **payload)
{
    const struct view *view = &writer->view;
    if (writer->generation != this_generation())
        return check_open(writer->generation, writer->ring);
    if (length > view->line_size) {
        count(view, S_TOO_LONG, 1);
        return IPS_TOO_LONG;
    }
    const uint64_t end = record_end(view, writer->position, (uint32_t)length);
    if (ahead(end, writer->limit) > 0) {
        const int status = make_room(writer, end);
        if (status != IPS_OK)
            return status;
    }
    writer->claimed_end = end;
    byte *record = record_at(view, writer->position);
    if (view->stride != 0) {
        put64(record, 0, header_of((uint32_t)length, stamp));
        *payload = record + FIXED_HEADER;
        return IPS_OK;
    }
    const uint64_t start = end - record_size((uint32_t)length);
    if (start != writer->position) {
        put64(record, 0, header_of(PADDING, 0));
        record = record_at(view, start);
    }
    put64(record, 0, header_of((uint32_t)length, stamp));
    put64(record, R_NUMBER, writer->number);
    *payload = record + VARIABLE_HEADER;
    return IPS_OK;
}

int ips_stage(ips_writer *writer, const void *line, size_t length, uint32_t stamp)
{
    byte *payload;
    const int status = reserve(writer, length, stamp, &payload);
    if (status == IPS_OK) {
        memcpy(payload, line, length);
        writer->position = writer->claimed_end;
        writer->number++;
    }
    return status;
}

void ips_publish(ips_writer *writer)
{
    if (writer->generation == this_generation())
        publish(writer);
}

int ips_write(ips_writer *writer, const void *line, size_t length, uint32_t stamp)
{
    const int status = ips_stage(writer, line, length, stamp);
    ips_publish(writer);
    return status;
}

int ips_writev(ips_writer *writer, const struct iovec *lines, int lines_count, uint32_t stamp)
{
    int done = 0;
    while (done < lines_count) {
        const int status = ips_stage(writer, lines[done].iov_base, lines[done].iov_len, stamp);
        if (status == IPS_CLOSED)
            return status;
        if (status == IPS_FULL)
            break;
        done++;
    }
    ips_publish(writer);
    return done;
}

int ips_claim(ips_writer *writer, size_t length, void **line)
{
    *line = NULL;
    if (writer->claimed != NULL)
        return fail(IPS_INVALID_ARGUMENT, "the last claim was not committed or aborted");
    byte *payload;
    const int status = reserve(writer, length, 0, &payload);
    if (status == IPS_OK) {
        writer->claimed = payload;
        writer->claimed_length = (uint32_t)length;
        *line = payload;
    }
    return status;
}

int ips_commit(ips_writer *writer, size_t length, uint32_t stamp)
{
    if (writer->generation != this_generation())
        return check_open(writer->generation, writer->ring);
    if (writer->claimed == NULL || length > writer->claimed_length)
        return fail(IPS_INVALID_ARGUMENT, "a commit of %zu bytes, %u are claimed", length,
                    writer->claimed == NULL ? 0 : writer->claimed_length);
    const bool fixed = writer->view.stride != 0;
    put64(writer->claimed - (fixed ? FIXED_HEADER : VARIABLE_HEADER), 0, header_of((uint32_t)length, stamp));
    writer->position = fixed ? writer->claimed_end
                             : writer->claimed_end - record_size(writer->claimed_length) + record_size((uint32_t)length);
    writer->number++;
    writer->claimed = NULL;
    publish(writer);
    return IPS_OK;
}

void ips_abort(ips_writer *writer) { writer->claimed = NULL; }

void ips_writer_close(ips_writer *writer)
{
    if (writer == NULL)
        return;
    ips_ring *ring = writer->ring;
    pthread_mutex_lock(&registry);
    /* Whose claim is lost may not write any more: another may have the segment. */
    if (writer->generation == this_generation() && is_open(ring->locks)) {
        publish(writer);
        put64(writer->view.base, S_WRITER_PID, 0);
        let_go(ring->locks, LOCK_SEGMENT + (off_t)writer->view.index);
    }
    pthread_mutex_unlock(&registry);
    unmap_segment(ring, writer->view.index, writer->mapping);
    free(writer);
}

/* ---------------------------------------------------------------- batches of lines */

bool ips_lines_init(struct ips_lines *lines, size_t line_capacity, size_t byte_capacity)
{
    *lines = (struct ips_lines){.line_capacity = line_capacity, .byte_capacity = byte_capacity};
    lines->line = calloc(line_capacity, sizeof *lines->line);
    lines->bytes = malloc(byte_capacity);
    if (lines->line != NULL && lines->bytes != NULL)
        return true;
    ips_lines_free(lines);
    return false;
}

void ips_lines_clear(struct ips_lines *lines)
{
    lines->count = lines->size = 0;
    lines->lost = 0;
}

void ips_lines_free(struct ips_lines *lines)
{
    free(lines->line);
    free(lines->bytes);
    *lines = (struct ips_lines){.count = 0};
}

static bool append(struct ips_lines *lines, const byte *payload, uint64_t header)
{
    const uint32_t length = (uint32_t)header;
    if (lines->count == lines->line_capacity || length >= lines->byte_capacity - lines->size)
        return false;
    char *to = lines->bytes + lines->size;
    memcpy(to, payload, length);
    to[length] = '\n';
    lines->line[lines->count++] = (struct ips_line){to, length, (uint32_t)(header >> 32)};
    lines->size += length + (size_t)1;
    return true;
}

/* Takes lines out again and moves those after them down. */
static void take_out(struct ips_lines *lines, size_t from, size_t dropped)
{
    if (dropped == 0)
        return;
    const size_t rest = from + dropped;
    const size_t start = (size_t)(lines->line[from].bytes - lines->bytes);
    const size_t rest_start = rest < lines->count ? (size_t)(lines->line[rest].bytes - lines->bytes) : lines->size;
    memmove(lines->bytes + start, lines->bytes + rest_start, lines->size - rest_start);
    for (size_t i = rest; i < lines->count; i++) {
        lines->line[i - dropped] = lines->line[i];
        lines->line[i - dropped].bytes -= rest_start - start;
    }
    lines->count -= dropped;
    lines->size -= rest_start - start;
}

/* ---------------------------------------------------------------- reading */

/* A reader's place in one segment. */
struct place {
    struct view view;
    byte *cursor;
    uint64_t position; /* everything before it is read */
    uint64_t tail;     /* as it was last seen */
    int64_t expected;  /* the number of the next line, in variable records */
    uint64_t read, lost, damaged;
};

struct ips_reader {
    ips_ring *ring;
    uint32_t slot, generation, next;
    uint64_t active; /* the slot's state while it is this reader's */
    bool in_place, visiting;
    struct ips_lines copies; /* for ips_poll() where lines may be overwritten */
    struct place *places;
};

static void publish_place(const struct place *place)
{
    put64(place->cursor, CURSOR_READ, place->read);
    put64(place->cursor, CURSOR_LOST, place->lost);
    put64(place->cursor, CURSOR_DAMAGED, place->damaged);
    /* The release keeps writers from overwriting what is still being copied. */
    store64(place->cursor, CURSOR_POSITION, place->position, memory_order_release);
}

/* The start of the oldest record that a reader who joins may count on, after its join was announced. */
static uint64_t oldest_for_join(const struct view *view)
{
    return later(intent_of(view), load64(view->base, S_PLEDGE, memory_order_acquire)) - view->capacity;
}

static void put_at(struct place *place, enum ips_start start)
{
    const uint64_t newest = tail_of(&place->view);
    place->position = start == IPS_OLDEST ? earlier(oldest_for_join(&place->view), newest) : newest;
    place->tail = place->position;
    place->expected = number_at(&place->view, place->position, newest);
    publish_place(place);
}

/* Whether the writer leaves alone what comes from the cursor on. */
static bool is_settled(const struct place *place)
{
    atomic_thread_fence(memory_order_acquire);
    return ahead(oldest_for_join(&place->view), place->position) <= 0 && place->expected != UNKNOWN;
}

/* Announces cursors that were set, and sets those anew that their writers overtook meanwhile, until none is. */
static void settle(ips_reader *reader, uint32_t lower, uint32_t upper, enum ips_start start)
{
    bool settled = false;
    /* Only indices that no honest writer makes are not settled by then; reading finds them. */
    for (int i = 0; i < 1000 && !settled; i++) {
        atomic_fetch_add((_Atomic uint64_t *)(uintptr_t)(reader->ring->cursors + C_JOINS), 1);
        settled = true;
        for (uint32_t segment = lower; segment < upper; segment++) {
            struct place *place = &reader->places[segment];
            if (!is_settled(place)) {
                settled = false;
                put_at(place, i < 100 ? start : IPS_NEWEST);
            }
        }
    }
}

static int take_slot(ips_ring *ring, ips_reader *reader)
{
    for (int attempt = 0; attempt < 50; attempt++) {
        for (uint32_t slot = 0; slot < ring->readers; slot++) {
            if (try_hold(ring->locks, LOCK_READER + (off_t)slot)) {
                reader->slot = slot;
                return IPS_OK;
            }
        }
        /* A writer that probes for dead readers holds a free slot's lock for some microseconds. */
        sleep_nanos(1000000);
    }
    return fail(IPS_NO_FREE_SLOT, "all %u reader slots of %s are taken", ring->readers, ring->path);
}

static void free_reader(ips_reader *reader)
{
    ips_lines_free(&reader->copies);
    free(reader->places);
    free(reader);
}

int ips_ring_join(ips_ring *ring, enum ips_start start, ips_reader **result)
{
    *result = NULL;
    int status = check_open(ring->generation, ring);
    if (status != IPS_OK)
        return status;
    if (!ring->may_join)
        return fail(IPS_MEMORY, "%s: no permission to write cursors or locks, which readers need", ring->path);
    ips_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL || (reader->places = calloc(ring->segments, sizeof *reader->places)) == NULL) {
        free(reader);
        return fail(IPS_MEMORY, "no memory for a reader");
    }
    reader->ring = ring;
    reader->generation = ring->generation;
    reader->in_place = !ring->overwrite && ring->stuck_policy == IPS_STUCK_BLOCK;
    if (!reader->in_place && !ips_lines_init(&reader->copies, 64, 64 * ((size_t)ring->line_size + 1))) {
        free_reader(reader);
        return fail(IPS_MEMORY, "no memory for a reader");
    }
    pthread_mutex_lock(&registry);
    status = take_slot(ring, reader);
    pthread_mutex_unlock(&registry);
    if (status != IPS_OK) {
        free_reader(reader);
        return status;
    }
    const uint64_t before = slot_state(ring, reader->slot);
    const uint64_t free_state = state_of(before >> 8, SLOT_FREE);
    if (before != free_state) /* a dead reader's that no writer had to reap; whoever reaps it now leaves the same */
        change_slot(ring, reader->slot, before, free_state);
    put64(slot_at(ring, reader->slot), SLOT_PID, (uint64_t)getpid());
    put64(slot_at(ring, reader->slot), SLOT_START, start_time());
    for (uint32_t i = 0; i < ring->segments; i++) {
        struct place *place = &reader->places[i];
        place->view = view_of(ring, i, ring->data + ring->segment[i].offset);
        place->cursor = cursor_of(ring, i, reader->slot);
        put_at(place, start);
    }
    reader->active = state_of((before >> 8) + 1, SLOT_ACTIVE);
    change_slot(ring, reader->slot, free_state, reader->active);
    settle(reader, 0, ring->segments, start);
    *result = reader;
    return IPS_OK;
}

uint32_t ips_reader_id(const ips_reader *reader) { return reader->slot; }

static int check_active(const ips_reader *reader)
{
    if (slot_state(reader->ring, reader->slot) == reader->active)
        return IPS_OK;
    return fail(IPS_EVICTED, "reader %u of %s held a full segment back for too long and was evicted", reader->slot,
                reader->ring->path);
}

static int damaged_indices(const ips_reader *reader, struct place *place, uint64_t intent)
{
    const int status = fail(IPS_DAMAGED,
                            "segment %u of %s has impossible indices: read up to %lld, written up to %lld, intended up "
                            "to %lld; ips_seek() goes on where the writer is",
                            place->view.index, reader->ring->path, (long long)place->position, (long long)place->tail,
                            (long long)intent);
    place->tail = place->position; /* what was seen is not kept: the next read looks again */
    return status;
}

static void count_lost(struct place *place, struct ips_lines *into, uint64_t lines)
{
    place->lost += lines;
    if (into != NULL)
        into->lost += lines;
}

/* Accounts for what was overwritten before it was read. Of variable records, the gap in the numbers will tell. */
static int overrun(const ips_reader *reader, struct place *place, struct ips_lines *into, uint64_t oldest)
{
    if (ahead(oldest, tail_of(&place->view)) > 0)
        return damaged_indices(reader, place, oldest + place->view.capacity);
    const int status = check_active(reader);
    if (status == IPS_OK && place->view.stride != 0)
        count_lost(place, into, oldest - place->position);
    return status;
}

/* Looks for lines: at the tail as it is known if that is enough, else in shared memory. 1, 0 or an error. */
static int look_for_lines(const ips_reader *reader, struct place *place, struct ips_lines *into, size_t wanted)
{
    const struct view *view = &place->view;
    if (ahead(place->tail, place->position) < (int64_t)wanted) {
        int status = check_active(reader);
        if (status != IPS_OK)
            return status;
        place->tail = tail_of(view);
        if (ahead(place->tail, place->position) < 0)
            return damaged_indices(reader, place, intent_of(view));
        if (place->tail - place->position > view->capacity) {
            /* Lapped: go to the oldest whole line at once instead of copying what is gone. */
            const uint64_t oldest = intent_of(view) - view->capacity;
            if (ahead(oldest, place->position) > 0) {
                status = overrun(reader, place, into, oldest);
                if (status != IPS_OK)
                    return status;
                place->position = oldest;
                place->tail = tail_of(view);
                publish_place(place);
            }
        }
    }
    return place->tail != place->position;
}

/* A variable record that was found, after the padding before it. */
struct found {
    uint64_t start, end, header; /* end == start: its length is impossible */
};

static struct found find(const struct view *view, uint64_t position, uint64_t tail)
{
    struct found found = {position, position, get64(record_at(view, position), 0)};
    found.end = next_position(view, position, (uint32_t)found.header, tail);
    if ((uint32_t)found.header == PADDING && found.end != position && found.end != tail) {
        found.start = found.end;
        found.header = get64(record_at(view, found.start), 0);
        found.end = next_position(view, found.start, (uint32_t)found.header, tail);
    }
    if ((uint32_t)found.header == PADDING) /* two in a row, or one with nothing after it, are nothing that a writer makes */
        found.end = found.start;
    return found;
}

/* What a copy took. */
struct taken {
    size_t count;
    uint64_t next;
    int64_t first_number;
};

/* Takes lines from a position on, into a batch or to a handler in place. */
static struct taken take(const struct place *place, struct ips_lines *into, ips_handler *handler, void *context,
                         size_t limit)
{
    const struct view *view = &place->view;
    struct taken taken = {0, place->position, 0};
    while (taken.count < limit && ahead(taken.next, place->tail) < 0) {
        uint64_t end = taken.next + 1, header;
        const byte *payload;
        if (view->stride != 0) {
            const byte *record = record_at(view, taken.next);
            header = get64(record, 0);
            payload = record + FIXED_HEADER;
            if ((uint32_t)header > view->line_size)
                break;
        } else {
            const struct found found = find(view, taken.next, place->tail);
            const byte *record = record_at(view, found.start);
            const int64_t number = (int64_t)get64(record, R_NUMBER);
            if (taken.count == 0)
                taken.first_number = number;
            if (found.end == found.start || (uint64_t)number != (uint64_t)taken.first_number + taken.count)
                break;
            end = found.end;
            header = found.header;
            payload = record + VARIABLE_HEADER;
        }
        if (into != NULL) {
            if (!append(into, payload, header))
                break;
        } else {
            handler(context, (const char *)payload, (uint32_t)header, (uint32_t)(header >> 32));
        }
        taken.next = end;
        taken.count++;
    }
    return taken;
}

/* How many of the lines that were taken had been overwritten before they were copied. */
static size_t stale(const struct place *place, const struct ips_lines *into, size_t base, const struct taken *taken,
                    uint64_t oldest)
{
    if (place->view.stride != 0) {
        const uint64_t gone = oldest - place->position;
        return gone < taken->count ? (size_t)gone : taken->count;
    }
    uint64_t position = place->position;
    for (size_t i = 0; i < taken->count; i++) {
        const uint32_t length = into->line[base + i].length;
        const uint64_t end = record_end(&place->view, position, length);
        /* Met exactly, the record here was whole when it was copied, and so were all after it. */
        if (position == oldest || end - record_size(length) == oldest)
            return i;
        position = end;
    }
    return taken->count;
}

static void deliver(struct place *place, struct ips_lines *into, const struct taken *taken, size_t dropped)
{
    const size_t kept = taken->count - dropped;
    if (place->view.stride == 0 && kept > 0) {
        const uint64_t first = (uint64_t)taken->first_number + dropped;
        if (place->expected != UNKNOWN && ahead(first, (uint64_t)place->expected) > 0)
            count_lost(place, into, first - (uint64_t)place->expected);
        place->expected = (int64_t)(first + kept);
    }
    place->position = taken->next;
    place->read += kept;
    publish_place(place);
}

/* A record with an impossible length: a fixed slot is skipped; of variable records everything up to the tail is. */
static bool skip_damaged(struct place *place)
{
    const struct view *view = &place->view;
    uint64_t next = place->position;
    if (view->stride != 0) {
        if (get32(record_at(view, place->position), 0) > view->line_size)
            next++;
    } else {
        const struct found found = find(view, place->position, place->tail);
        if (found.end == found.start)
            next = place->tail;
    }
    if (next == place->position)
        return false;
    place->damaged++;
    place->position = next;
    publish_place(place);
    return true;
}

static int check_room(const struct place *place, const struct ips_lines *into)
{
    const struct view *view = &place->view;
    const uint32_t length = view->stride != 0 ? get32(record_at(view, place->position), 0)
                                              : (uint32_t)find(view, place->position, place->tail).header;
    return into->count == 0 && length >= into->byte_capacity
               ? fail(IPS_BUFFER_TOO_SMALL, "a line of %u bytes does not fit into a batch of %zu", length,
                      into->byte_capacity)
               : 0;
}

static int copy(const ips_reader *reader, struct place *place, struct ips_lines *into, size_t limit)
{
    /* A copy that was overrun is tried again with a quarter of the lines, until one line is too many. */
    for (size_t lines = limit; lines > 0; lines /= 4) {
        int status = look_for_lines(reader, place, into, lines);
        if (status <= 0)
            return status;
        const size_t base = into->count;
        const size_t base_size = into->size;
        const struct taken taken = take(place, into, NULL, NULL, lines);
        /* What was copied is read before the intent that tells whether it was still whole. */
        atomic_thread_fence(memory_order_acquire);
        const uint64_t intent = intent_of(&place->view);
        const uint64_t oldest = intent - place->view.capacity;
        if (ahead(oldest, place->position) > 0) {
            const size_t dropped = stale(place, into, base, &taken, oldest);
            take_out(into, base, dropped);
            status = overrun(reader, place, into, oldest);
            if (status != IPS_OK) {
                into->count = base;
                into->size = base_size;
                return status;
            }
            if (taken.count > dropped) {
                deliver(place, into, &taken, dropped);
                return (int)(taken.count - dropped);
            }
            place->position = oldest;
            publish_place(place);
        } else if (ahead(intent, place->tail) < 0) {
            into->count = base;
            into->size = base_size;
            return damaged_indices(reader, place, intent);
        } else if (taken.count > 0) {
            deliver(place, into, &taken, 0);
            return (int)taken.count;
        } else if (!skip_damaged(place)) {
            return check_room(place, into);
        }
    }
    return 0;
}

static int check_call(const ips_reader *reader, uint32_t lower, uint32_t upper)
{
    const int status = check_open(reader->generation, reader->ring);
    if (status != IPS_OK)
        return status;
    if (lower >= upper || upper > reader->ring->segments)
        return fail(IPS_INVALID_ARGUMENT, "segments %u to %u (exclusive) of %u", lower, upper, reader->ring->segments);
    if (reader->visiting)
        return fail(IPS_INVALID_ARGUMENT, "a handler must not use the reader that calls it");
    return IPS_OK;
}

int ips_read(ips_reader *reader, uint32_t segment, struct ips_lines *into, size_t limit)
{
    const int status = check_call(reader, segment, segment + 1);
    return status != IPS_OK ? status : copy(reader, &reader->places[segment], into, limit < INT_MAX ? limit : INT_MAX);
}

int ips_read_range(ips_reader *reader, uint32_t lower, uint32_t upper, struct ips_lines *into, size_t limit)
{
    const int status = check_call(reader, lower, upper);
    if (status != IPS_OK)
        return status;
    const uint32_t size = upper - lower;
    for (uint32_t i = 0; i < size; i++) {
        const uint32_t segment = lower + reader->next++ % size;
        const int lines = copy(reader, &reader->places[segment], into, limit < INT_MAX ? limit : INT_MAX);
        if (lines != 0)
            return lines;
    }
    return 0;
}

static int visit_in_place(ips_reader *reader, struct place *place, ips_handler *handler, void *context, size_t limit)
{
    const int status = limit == 0 ? 0 : look_for_lines(reader, place, NULL, limit);
    if (status <= 0)
        return status;
    const uint64_t intent = intent_of(&place->view);
    if (ahead(intent - place->view.capacity, place->position) > 0 || ahead(intent, place->tail) < 0)
        return damaged_indices(reader, place, intent);
    reader->visiting = true;
    const struct taken taken = take(place, NULL, handler, context, limit);
    reader->visiting = false;
    if (taken.count > 0)
        deliver(place, NULL, &taken, 0);
    else
        skip_damaged(place);
    return (int)taken.count;
}

int ips_poll(ips_reader *reader, uint32_t segment, ips_handler *handler, void *context, size_t limit)
{
    int status = check_call(reader, segment, segment + 1);
    if (status != IPS_OK)
        return status;
    struct place *place = &reader->places[segment];
    if (limit > INT_MAX)
        limit = INT_MAX;
    if (reader->in_place)
        return visit_in_place(reader, place, handler, context, limit);
    struct ips_lines *lines = &reader->copies;
    size_t total = 0;
    while (total < limit) {
        ips_lines_clear(lines);
        status = copy(reader, place, lines, limit - total < 64 ? limit - total : 64);
        if (status <= 0)
            return total > 0 ? (int)total : status;
        total += (size_t)status;
        reader->visiting = true;
        for (size_t i = 0; i < lines->count; i++)
            handler(context, lines->line[i].bytes, lines->line[i].length, lines->line[i].stamp);
        reader->visiting = false;
    }
    return (int)total;
}

static bool has_lines(const ips_reader *reader, uint32_t lower, uint32_t upper)
{
    for (uint32_t i = lower; i < upper; i++)
        if (tail_of(&reader->places[i].view) != reader->places[i].position)
            return true;
    return false;
}

/* A segment without a writer is taken for one whose writers wake, as its next writer is expected to. */
static bool all_writers_wake(const ips_reader *reader, uint32_t lower, uint32_t upper)
{
    for (uint32_t i = lower; i < upper; i++) {
        const byte *base = reader->places[i].view.base;
        if (get64(base, S_WRITER_PID) != 0 && !(load32(base, S_ABILITIES, memory_order_acquire) & ABILITY_WAKES))
            return false;
    }
    return true;
}

static void sleep_until_woken(const ips_reader *reader, uint32_t lower, uint32_t upper, uint64_t nanos)
{
    uint32_t *word = (uint32_t *)(uintptr_t)(slot_at(reader->ring, reader->slot) + SLOT_WAKE_UPS);
    const uint32_t wake_ups = atomic_load((_Atomic uint32_t *)word);
    for (uint32_t i = lower; i < upper; i++)
        atomic_fetch_or((_Atomic uint64_t *)(uintptr_t)sleepers_of(reader->ring, i), UINT64_C(1) << reader->slot);
    /*
     * A writer publishes and then looks for sleepers without a fence between: its line is in its store buffer for far
     * less than this when it sees no sleeper yet.
     */
    for (const uint64_t begin = now_nanos(); now_nanos() - begin < 10000;)
        if (has_lines(reader, lower, upper))
            return;
    const struct timespec timeout = {0, (long)(nanos < 100000000 ? nanos : 100000000)};
    syscall(SYS_futex, word, FUTEX_WAIT, wake_ups, &timeout, NULL, 0);
}

int ips_wait(ips_reader *reader, uint32_t lower, uint32_t upper, uint64_t timeout_nanos)
{
    const int status = check_call(reader, lower, upper);
    if (status != IPS_OK)
        return status;
    const uint64_t begin = now_nanos();
    while (!has_lines(reader, lower, upper)) {
        const uint64_t waited = now_nanos() - begin;
        if (waited >= timeout_nanos)
            return 0;
        const uint64_t left = timeout_nanos - waited;
        if (all_writers_wake(reader, lower, upper))
            sleep_until_woken(reader, lower, upper, left);
        else
            sleep_nanos(left < 500000 ? (long)left : 500000);
    }
    return 1;
}

int ips_seek(ips_reader *reader, uint32_t segment, enum ips_start start)
{
    const int status = check_call(reader, segment, segment + 1);
    if (status != IPS_OK)
        return status;
    put_at(&reader->places[segment], start);
    settle(reader, segment, segment + 1, start);
    return IPS_OK;
}

uint64_t ips_reader_lost(const ips_reader *reader)
{
    uint64_t lost = 0;
    for (uint32_t i = 0; i < reader->ring->segments; i++)
        lost += reader->places[i].lost;
    return lost;
}

uint64_t ips_reader_damaged(const ips_reader *reader)
{
    uint64_t damaged = 0;
    for (uint32_t i = 0; i < reader->ring->segments; i++)
        damaged += reader->places[i].damaged;
    return damaged;
}

void ips_reader_close(ips_reader *reader)
{
    if (reader == NULL)
        return;
    ips_ring *ring = reader->ring;
    pthread_mutex_lock(&registry);
    if (reader->generation == this_generation() && is_open(ring->locks)) {
        const uint64_t state = slot_state(ring, reader->slot);
        if (state >> 8 == reader->active >> 8)
            change_slot(ring, reader->slot, state, state_of(state >> 8, SLOT_FREE));
        let_go(ring->locks, LOCK_READER + (off_t)reader->slot);
    }
    pthread_mutex_unlock(&registry);
    free_reader(reader);
}
