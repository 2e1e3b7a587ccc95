/*
 * The contenders of `bench ipc` that are C: one writing process, and reading processes that each see every line where the
 * mechanism can do that. A line is a number, the moment it was sent, and bytes up to 128.
 *
 *   ipc_peer MECHANISM READERS LINES PACED DIRECTORY [DAEMON_PID]
 *
 * writes LINES lines as fast as it can and then PACED lines at one each 100 us, and prints
 *   lines a second, of all lines that the slowest reader got
 *   processor time of all processes in microseconds a line, of the first part
 *   lines lost by the reader that lost most, of both parts
 *   latency from send to receive in microseconds, median and 99th percentile of the slowest reader, of the second part
 * Exits with 3 and names what is missing where the machine lacks the mechanism.
 */
#define _GNU_SOURCE
#include "ips_ring.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

enum { LINE_SIZE = 128, MOST_READERS = 4, PACE_NANOS = 100000, SLOTS = 8192, QUIET_MILLIS = 200, TEXT = 64 };

#define PACED_FLAG (UINT64_C(1) << 62)

struct line {
    uint64_t number; /* with the flag, in the second part */
    uint64_t sent;
    char rest[LINE_SIZE - 16];
};

/* What the processes tell each other. */
struct control {
    _Atomic int ready, done;
    struct {
        _Atomic uint64_t fast, paced, last;
        _Alignas(128) _Atomic uint64_t cpu;
    } reader[MOST_READERS];
    double latency[MOST_READERS][2];
};

static struct control *control;
static const char *directory;
static int readers, reader;
static uint32_t *latencies;
static uint64_t paced_lines;

static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static uint64_t cpu_nanos(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return ((uint64_t)usage.ru_utime.tv_sec + (uint64_t)usage.ru_stime.tv_sec) * 1000000000u
           + ((uint64_t)usage.ru_utime.tv_usec + (uint64_t)usage.ru_stime.tv_usec) * 1000u;
}

static void check(bool right, const char *what)
{
    if (!right) {
        fprintf(stderr, "ipc_peer: %s: %s\n", what, strerror(errno));
        _exit(1);
    }
}

static void lacks(const char *what)
{
    printf("%s\n", what);
    exit(3);
}

static const char *file_in(const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return path;
}

static void take(const struct line *line)
{
    const uint64_t at = now();
    if (line->number & PACED_FLAG) {
        const uint64_t index = atomic_fetch_add(&control->reader[reader].paced, 1);
        if (index < paced_lines)
            latencies[index] = (uint32_t)((at - line->sent) / 10);
    } else {
        control->reader[reader].fast++;
        control->reader[reader].last = at;
    }
}

/* ---------------------------------------------------------------- mechanisms */

struct mechanism {
    const char *name;
    bool all_read;               /* every reader sees every line */
    void (*prepare)(void);       /* before the processes part */
    void (*open_reader)(void);
    void (*open_writer)(void);   /* when the readers are ready */
    void (*send)(const struct line *line);
    bool (*receive)(void);       /* takes what there is; false after some quiet */
};

static void nothing(void) {}

/* descriptors: pipes and sockets */

static int writing = -1, reading = -1;

static void send_descriptor(const struct line *line)
{
    ssize_t sent;
    do
        sent = write(writing, line, sizeof *line);
    while (sent < 0 && (errno == EINTR || errno == ENOBUFS));
    check(sent == sizeof *line, "write");
}

/* Streams keep no borders: what is read ends anywhere. */
static bool receive_stream(void)
{
    static struct line lines[64];
    static size_t held;
    struct pollfd ready = {.fd = reading, .events = POLLIN};
    ssize_t size = 0;
    if (held == 0 && poll(&ready, 1, QUIET_MILLIS) == 0)
        return false;
    size = read(reading, (char *)lines + held, sizeof lines - held);
    if (size <= 0)
        return false;
    held += (size_t)size;
    const size_t whole = held / LINE_SIZE;
    for (size_t i = 0; i < whole; i++)
        take(&lines[i]);
    held %= LINE_SIZE;
    memmove(lines, &lines[whole], held);
    return true;
}

static bool receive_datagram(void)
{
    struct line line;
    if (recv(reading, &line, sizeof line, 0) != sizeof line)
        return false;
    take(&line);
    return true;
}

static int both[2];

static void prepare_pipe(void) { check(pipe(both) == 0, "pipe"); }
static void prepare_unix_stream(void) { check(socketpair(AF_UNIX, SOCK_STREAM, 0, both) == 0, "socketpair"); }
static void prepare_unix_datagram(void) { check(socketpair(AF_UNIX, SOCK_DGRAM, 0, both) == 0, "socketpair"); }

static void read_first(void)
{
    const struct timeval quiet = {0, QUIET_MILLIS * 1000};
    reading = both[0];
    close(both[1]);
    setsockopt(reading, SOL_SOCKET, SO_RCVTIMEO, &quiet, sizeof quiet);
}

static void write_second(void)
{
    writing = both[1];
    close(both[0]);
}

static void prepare_fifo(void) { check(mkfifo(file_in("fifo"), 0600) == 0, "mkfifo"); }
static void read_fifo(void) { check((reading = open(file_in("fifo"), O_RDWR)) >= 0, "open"); }
static void write_fifo(void) { check((writing = open(file_in("fifo"), O_WRONLY)) >= 0, "open"); }

static struct sockaddr_in address = {.sin_family = AF_INET};

static void prepare_internet(int kind)
{
    socklen_t size = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    both[0] = socket(AF_INET, kind, 0);
    check(both[0] >= 0 && bind(both[0], (struct sockaddr *)&address, sizeof address) == 0
              && getsockname(both[0], (struct sockaddr *)&address, &size) == 0,
          "bind");
}

static void prepare_tcp(void)
{
    prepare_internet(SOCK_STREAM);
    check(listen(both[0], 1) == 0, "listen");
}

static void prepare_udp(void) { prepare_internet(SOCK_DGRAM); }

static void read_udp(void)
{
    both[1] = -1;
    read_first();
}

static bool receive_tcp(void)
{
    if (reading < 0)
        check((reading = accept(both[0], NULL, NULL)) >= 0, "accept");
    return receive_stream();
}

static void write_internet(int kind)
{
    writing = socket(AF_INET, kind, 0);
    check(connect(writing, (struct sockaddr *)&address, sizeof address) == 0, "connect");
}

static void write_tcp(void) { write_internet(SOCK_STREAM); }
static void write_udp(void) { write_internet(SOCK_DGRAM); }

/* A server that logs cannot wait for who does not listen. */
static void send_udp(const struct line *line) { (void)!send(writing, line, sizeof *line, MSG_DONTWAIT); }

/* message queues */

static mqd_t queue;
static int system_v_queue;

static void prepare_posix_queue(void)
{
    struct mq_attr attributes = {.mq_maxmsg = 10, .mq_msgsize = LINE_SIZE};
    char name[64];
    snprintf(name, sizeof name, "/ips-bench-%d", (int)getpid());
    queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
    if (queue == (mqd_t)-1 && errno == ENOSYS)
        lacks("POSIX message queues in the kernel");
    check(queue != (mqd_t)-1, "mq_open");
    mq_unlink(name);
}

static void send_posix_queue(const struct line *line)
{
    check(mq_send(queue, (const char *)line, sizeof *line, 0) == 0, "mq_send");
}

static bool receive_posix_queue(void)
{
    struct line line;
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec++;
    if (mq_timedreceive(queue, (char *)&line, sizeof line, NULL, &until) != sizeof line)
        return false;
    take(&line);
    return true;
}

struct message {
    long type;
    struct line line;
};

static void prepare_system_v_queue(void)
{
    check((system_v_queue = msgget(IPC_PRIVATE, 0600 | IPC_CREAT)) >= 0, "msgget");
}

static void send_system_v_queue(const struct line *line)
{
    struct message message = {1, *line};
    check(msgsnd(system_v_queue, &message, sizeof message.line, 0) == 0, "msgsnd");
}

static void on_alarm(int signal) { (void)signal; }

static void read_system_v_queue(void)
{
    /* msgrcv(2) has no timeout: a signal ends it. */
    const struct sigaction action = {.sa_handler = on_alarm};
    const struct itimerval often = {{0, QUIET_MILLIS * 1000}, {0, QUIET_MILLIS * 1000}};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
}

static bool receive_system_v_queue(void)
{
    struct message message;
    if (msgrcv(system_v_queue, &message, sizeof message.line, 0, 0) != sizeof message.line)
        return false;
    take(&message.line);
    return true;
}

/* shared memory under a mutex: a ring whose indices and lines everybody locks, as one writes it at first */

struct locked_ring {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    uint64_t tail, position[MOST_READERS];
    struct line lines[SLOTS];
};

static struct locked_ring *locked;

static void prepare_locked(void)
{
    pthread_mutexattr_t shared;
    pthread_condattr_t shared_too;
    pthread_mutexattr_init(&shared);
    pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&locked->mutex, &shared);
    pthread_condattr_init(&shared_too);
    pthread_condattr_setpshared(&shared_too, PTHREAD_PROCESS_SHARED);
    pthread_condattr_setclock(&shared_too, CLOCK_MONOTONIC);
    pthread_cond_init(&locked->changed, &shared_too);
}

static void prepare_posix_memory(void)
{
    const int file = open(file_in("memory"), O_RDWR | O_CREAT, 0600);
    check(file >= 0 && ftruncate(file, sizeof *locked) == 0, "open");
    locked = mmap(NULL, sizeof *locked, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    check(locked != MAP_FAILED, "mmap");
    close(file);
    prepare_locked();
}

static void prepare_system_v_memory(void)
{
    const int id = shmget(IPC_PRIVATE, sizeof *locked, 0600 | IPC_CREAT);
    check(id >= 0, "shmget");
    locked = shmat(id, NULL, 0);
    shmctl(id, IPC_RMID, NULL);
    check(locked != (void *)-1, "shmat");
    prepare_locked();
}

static uint64_t slowest(void)
{
    uint64_t least = UINT64_MAX;
    for (int i = 0; i < readers; i++)
        least = locked->position[i] < least ? locked->position[i] : least;
    return least;
}

static void send_locked(const struct line *line)
{
    pthread_mutex_lock(&locked->mutex);
    while (locked->tail - slowest() == SLOTS)
        pthread_cond_wait(&locked->changed, &locked->mutex);
    locked->lines[locked->tail++ % SLOTS] = *line;
    pthread_cond_broadcast(&locked->changed);
    pthread_mutex_unlock(&locked->mutex);
}

static bool receive_locked(void)
{
    const uint64_t until = now() + QUIET_MILLIS * UINT64_C(1000000);
    const struct timespec deadline = {(time_t)(until / 1000000000), (long)(until % 1000000000)};
    struct line line;
    pthread_mutex_lock(&locked->mutex);
    while (locked->position[reader] == locked->tail)
        if (pthread_cond_timedwait(&locked->changed, &locked->mutex, &deadline) == ETIMEDOUT) {
            pthread_mutex_unlock(&locked->mutex);
            return false;
        }
    line = locked->lines[locked->position[reader]++ % SLOTS];
    pthread_cond_broadcast(&locked->changed);
    pthread_mutex_unlock(&locked->mutex);
    take(&line);
    return true;
}

/* ours */

static ips_ring *ring;
static ips_writer *ring_writer;
static ips_reader *ring_reader;

static void prepare_ring(void)
{
    const struct ips_ring_options options = {.capacity = SLOTS, .readers = MOST_READERS, .line_size = LINE_SIZE,
                                             .keep = true};
    check(ips_ring_create(file_in("ring"), &options, &ring) == IPS_OK, ips_error());
    ips_ring_close(ring);
}

static void read_ring(void)
{
    check(ips_ring_attach(file_in("ring"), &ring) == IPS_OK, ips_error());
    check(ips_ring_join(ring, IPS_OLDEST, &ring_reader) == IPS_OK, ips_error());
}

static void write_ring(void)
{
    check(ips_ring_attach(file_in("ring"), &ring) == IPS_OK, ips_error());
    check(ips_ring_claim(ring, 0, 1, IPS_WHEN_FULL_WAIT, UINT64_MAX, &ring_writer) == IPS_OK, ips_error());
}

static void send_ring(const struct line *line)
{
    check(ips_write(ring_writer, line, sizeof *line, 1) == IPS_OK, "ips_write");
}

static void take_ring(void *context, const char *bytes, uint32_t length, uint32_t stamp)
{
    struct line line;
    (void)context, (void)stamp;
    check(length == sizeof line, "a line of another length");
    memcpy(&line, bytes, sizeof line);
    take(&line);
}

static bool receive_ring(void)
{
    return ips_wait(ring_reader, 0, 1, QUIET_MILLIS * UINT64_C(1000000)) > 0
           && ips_poll(ring_reader, 0, take_ring, NULL, 256) > 0;
}

/* Looks again and again, and lets others run where there are fewer processors than processes. */
static bool receive_ring_spinning(void)
{
    const uint64_t begin = now();
    for (unsigned i = 1; ips_poll(ring_reader, 0, take_ring, NULL, 256) == 0; i++) {
        if (i % 64 == 0) {
            sched_yield();
            if (now() - begin > QUIET_MILLIS * UINT64_C(1000000))
                return false;
        }
    }
    return true;
}

/* syslog(3) to a daemon that writes a file; the daemon and its /dev/log are set up by who starts this */

static int log_file = -1;

static void read_log(void)
{
    check((log_file = open(file_in("log"), O_RDONLY | O_CREAT, 0600)) >= 0, "open");
    check((reading = inotify_init1(IN_NONBLOCK)) >= 0, "inotify_init1");
    check(inotify_add_watch(reading, file_in("log"), IN_MODIFY) >= 0, "inotify_add_watch");
}

static void write_log(void) { openlog("bench", 0, LOG_USER); }

static void send_log(const struct line *line)
{
    syslog(LOG_NOTICE, "#%016llx %016llx %.*s", (unsigned long long)line->number, (unsigned long long)line->sent, TEXT,
           line->rest);
}

static void take_text(char *text)
{
    struct line line;
    char *end;
    const char *number = strchr(text, '#');
    if (number == NULL)
        return;
    line.number = strtoull(number + 1, &end, 16);
    line.sent = strtoull(end, NULL, 16);
    take(&line);
}

static bool receive_text(int from)
{
    static char text[1 << 16];
    static size_t held;
    const ssize_t size = read(from, text + held, sizeof text - 1 - held);
    if (size <= 0)
        return false;
    held += (size_t)size;
    char *start = text;
    for (char *newline; (newline = memchr(start, '\n', held - (size_t)(start - text))) != NULL; start = newline + 1) {
        *newline = '\0';
        take_text(start);
    }
    held -= (size_t)(start - text);
    memmove(text, start, held);
    return true;
}

static bool receive_log(void)
{
    char events[4096];
    struct pollfd ready = {.fd = reading, .events = POLLIN};
    if (receive_text(log_file))
        return true;
    if (poll(&ready, 1, QUIET_MILLIS) == 0)
        return false;
    (void)!read(reading, events, sizeof events);
    return receive_text(log_file);
}

/* the same to systemd's journal, which journalctl reads as it comes */

static void read_journal(void)
{
    check(pipe(both) == 0, "pipe");
    if (fork() == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(both[1], STDOUT_FILENO);
        execlp("journalctl", "journalctl", "--quiet", "--follow", "--lines=0", "--output=cat",
               "--directory=/run/log/journal", (char *)NULL);
        _exit(127);
    }
    close(both[1]);
    reading = both[0];
    sleep(1); /* it says nowhere when it has found the end of the journal */
}

static bool receive_journal(void)
{
    struct pollfd ready = {.fd = reading, .events = POLLIN};
    return poll(&ready, 1, QUIET_MILLIS) > 0 && receive_text(reading);
}

static const struct mechanism MECHANISMS[] = {
    {"ring", true, prepare_ring, read_ring, write_ring, send_ring, receive_ring},
    {"ring-spinning", true, prepare_ring, read_ring, write_ring, send_ring, receive_ring_spinning},
    {"unix-datagram", false, prepare_unix_datagram, read_first, write_second, send_descriptor, receive_datagram},
    {"unix-stream", false, prepare_unix_stream, read_first, write_second, send_descriptor, receive_stream},
    {"pipe", false, prepare_pipe, read_first, write_second, send_descriptor, receive_stream},
    {"fifo", false, prepare_fifo, read_fifo, write_fifo, send_descriptor, receive_stream},
    {"posix-queue", false, prepare_posix_queue, nothing, nothing, send_posix_queue, receive_posix_queue},
    {"system-v-queue", false, prepare_system_v_queue, read_system_v_queue, nothing, send_system_v_queue,
     receive_system_v_queue},
    {"posix-memory", true, prepare_posix_memory, nothing, nothing, send_locked, receive_locked},
    {"system-v-memory", true, prepare_system_v_memory, nothing, nothing, send_locked, receive_locked},
    {"tcp", false, prepare_tcp, nothing, write_tcp, send_descriptor, receive_tcp},
    {"udp", false, prepare_udp, read_udp, write_udp, send_udp, receive_datagram},
    {"syslog", false, nothing, read_log, write_log, send_log, receive_log},
    {"journal", false, nothing, read_journal, write_log, send_log, receive_journal},
};

/* ---------------------------------------------------------------- the measurement */

static int ascending(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void read_lines(const struct mechanism *mechanism, uint64_t fast_lines)
{
    latencies = calloc(paced_lines + 1, sizeof *latencies);
    mechanism->open_reader();
    const uint64_t cpu = cpu_nanos();
    control->ready++;
    bool fast = true;
    for (;;) {
        const bool some = mechanism->receive();
        const uint64_t got = control->reader[reader].fast;
        if (fast && (got >= fast_lines || control->done > 0)) {
            fast = false;
            control->reader[reader].cpu = cpu_nanos() - cpu;
        }
        if (!some && control->done > 1)
            break;
    }
    const uint64_t count = control->reader[reader].paced < paced_lines ? control->reader[reader].paced : paced_lines;
    qsort(latencies, count, sizeof *latencies, ascending);
    if (count > 0) {
        control->latency[reader][0] = latencies[count / 2] / 100.0;
        control->latency[reader][1] = latencies[count * 99 / 100] / 100.0;
    }
    _exit(0);
}

static uint64_t daemon_cpu(int pid)
{
    char path[64], text[1024];
    unsigned long user = 0, kernel = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = pid == 0 ? NULL : fopen(path, "r");
    if (file != NULL && fgets(text, sizeof text, file) != NULL)
        sscanf(strrchr(text, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel);
    if (file != NULL)
        fclose(file);
    return (user + kernel) * (1000000000u / (unsigned long)sysconf(_SC_CLK_TCK));
}

static void settle(uint64_t lines, bool paced)
{
    /* Until all readers have all, or nothing has come for a while. */
    uint64_t seen = UINT64_MAX, missing;
    do {
        uint64_t got = 0;
        missing = 0;
        for (int i = 0; i < readers; i++) {
            const uint64_t count = paced ? control->reader[i].paced : control->reader[i].fast;
            got += count;
            missing += lines > count ? lines - count : 0;
        }
        if (missing > 0 && got == seen)
            break;
        seen = got;
        if (missing > 0)
            usleep(500000);
    } while (missing > 0);
}

static void wait_for_fast(uint64_t lines)
{
    for (int i = 0; i < 2000; i++) {
        bool all = true;
        for (int r = 0; r < readers; r++)
            all &= control->reader[r].fast >= lines;
        if (all)
            return;
        usleep(100);
    }
    settle(lines, false);
}

static void write_lines(const struct mechanism *mechanism, uint64_t fast_lines, int daemon)
{
    struct line line = {.number = 0};
    memset(line.rest, 'x', sizeof line.rest);
    while (control->ready < readers)
        usleep(1000);
    mechanism->open_writer();
    const uint64_t cpu = cpu_nanos(), others = daemon_cpu(daemon), begin = now();
    for (uint64_t i = 0; i < fast_lines; i++) {
        line.number = i;
        mechanism->send(&line);
    }
    uint64_t used = cpu_nanos() - cpu;
    wait_for_fast(fast_lines);
    used += daemon_cpu(daemon) - others;
    control->done = 1;
    usleep(2 * QUIET_MILLIS * 1000);
    for (uint64_t i = 0, at = now(); i < paced_lines; i++, at += PACE_NANOS) {
        const struct timespec until = {(time_t)(at / 1000000000), (long)(at % 1000000000)};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
        line.number = i | PACED_FLAG;
        line.sent = now();
        mechanism->send(&line);
    }
    settle(paced_lines, true);
    control->done = 2;
    while (wait(NULL) > 0)
        ;
    uint64_t last = begin + 1, fewest = fast_lines, lost = 0;
    double median = 0, high = 0;
    for (int i = 0; i < readers; i++) {
        const uint64_t fast = control->reader[i].fast, paced = control->reader[i].paced;
        const uint64_t missing = fast_lines + paced_lines - fast - paced;
        used += control->reader[i].cpu;
        last = control->reader[i].last > last ? control->reader[i].last : last;
        fewest = fast < fewest ? fast : fewest;
        lost = missing > lost ? missing : lost;
        median = control->latency[i][0] > median ? control->latency[i][0] : median;
        high = control->latency[i][1] > high ? control->latency[i][1] : high;
    }
    printf("%.0f %.4f %llu %.2f %.2f\n", (double)fewest / ((double)(last - begin) * 1e-9),
           fast_lines == 0 ? 0 : (double)used * 1e-3 / (double)fast_lines, (unsigned long long)lost, median, high);
}

int main(int argc, char **argv)
{
    const struct mechanism *mechanism = NULL;
    for (size_t i = 0; argc >= 6 && i < sizeof MECHANISMS / sizeof *MECHANISMS; i++)
        if (strcmp(argv[1], MECHANISMS[i].name) == 0)
            mechanism = &MECHANISMS[i];
    readers = argc >= 6 ? atoi(argv[2]) : 0;
    if (mechanism == NULL || readers < 1 || readers > (mechanism->all_read ? MOST_READERS : 1)) {
        fprintf(stderr, "usage: %s MECHANISM READERS LINES PACED DIRECTORY [DAEMON_PID]\n", argv[0]);
        return 2;
    }
    const uint64_t fast_lines = strtoull(argv[3], NULL, 10);
    paced_lines = strtoull(argv[4], NULL, 10);
    directory = argv[5];
    prctl(PR_SET_TIMERSLACK, 1);
    control = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    mechanism->prepare();
    for (reader = 0; reader < readers; reader++) {
        if (fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            read_lines(mechanism, fast_lines);
        }
    }
    write_lines(mechanism, fast_lines, argc > 6 ? atoi(argv[6]) : 0);
    if (mechanism->prepare == prepare_system_v_queue)
        msgctl(system_v_queue, IPC_RMID, NULL);
    return 0;
}
