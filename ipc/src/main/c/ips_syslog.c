/*
 * libips_syslog.so: loaded into an unmodified program with LD_PRELOAD, it writes what the program gives to syslog() into a
 * ring, as the line that a syslog daemon would have put into a file:
 *
 *     Nov 25 10:00:00 host sshd[4711]: Failed password for root from 192.0.2.1 port 4242 ssh2
 *
 * Environment:
 *     IPS_RING          the ring's path; without it the library does nothing
 *     IPS_RING_SEGMENT  any (the default), a number, or a range such as 0-3: each process claims one that is free
 *     IPS_RING_FULL     what to do when a reader is a whole segment behind: drop (the default; counted in the ring),
 *                       syslog (give the line to the syslog daemon), or wait (100 ms at most, then as syslog)
 *     IPS_RING_FORMAT   file (the default, as above), or message: the message alone
 *
 * Lines go to the C library's syslog() while there is no ring, or no segment to be had; both are tried again once a second.
 * A line longer than the ring's line size is cut off, as the daemon does it. Control characters are written as #ooo, and a
 * newline at the end is taken off, so that no message can forge a second line.
 */
#define _GNU_SOURCE
#include "ips_ring.h"

#include <dlfcn.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#define EXPORTED __attribute__((visibility("default")))

enum { LONGEST_LINE = 8192, RETRY_SECONDS = 1 };

#define LONGEST_WAIT_NANOS UINT64_C(100000000)

/* What the environment says, as it is when the library is loaded: daemons clear theirs. */
static const char *ring_path;
static bool any_segment = true;
static uint32_t first_segment, last_segment;
static enum ips_when_full when_full = IPS_WHEN_FULL_DROP;
static bool message_alone;

/* What openlog() was told. */
static const char *ident;
static int options;

/* Of the process; under the lock. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static ips_ring *ring;
static ips_writer *writer;
static time_t last_attempt;
static int process;
static char host[256];
static time_t stamped;
static char stamp[32];

/* The C library's own. */
static pthread_once_t prepared = PTHREAD_ONCE_INIT;
static void (*real_openlog)(const char *, int, int);
static void (*real_closelog)(void);
static void (*real_vsyslog)(int, const char *, va_list);

static void leave(void)
{
    ips_writer_close(writer);
    ips_ring_close(ring);
    writer = NULL;
    ring = NULL;
}

static void before_fork(void) { pthread_mutex_lock(&lock); }
static void after_fork_in_parent(void) { pthread_mutex_unlock(&lock); }

static void after_fork_in_child(void)
{
    process = 0;
    last_attempt = 0;
    pthread_mutex_unlock(&lock);
}

static const char *setting(const char *name)
{
    /* A program that runs with its caller's privileges raised does not follow the caller's environment. */
    const char *value = secure_getenv(name);
    return value == NULL || *value == '\0' ? NULL : strdup(value);
}

static void complain(const char *name, const char *value, const char *mend)
{
    fprintf(stderr, "libips_syslog: %s=%s: %s\n", name, value, mend);
}

static void choose_segments(void)
{
    const char *value = setting("IPS_RING_SEGMENT");
    int end = 0;
    if (value == NULL || strcmp(value, "any") == 0)
        return;
    any_segment = false;
    if (sscanf(value, "%" SCNu32 "-%" SCNu32 "%n", &first_segment, &last_segment, &end) == 2 && value[end] == '\0'
        && first_segment <= last_segment)
        return;
    last_segment = 0;
    if (sscanf(value, "%" SCNu32 "%n", &first_segment, &end) == 1 && value[end] == '\0') {
        last_segment = first_segment;
        return;
    }
    any_segment = true;
    complain("IPS_RING_SEGMENT", value, "give any, a number, or a range such as 0-3; any is taken");
}

static void choose_policy(void)
{
    const char *value = setting("IPS_RING_FULL");
    if (value == NULL || strcmp(value, "drop") == 0)
        return;
    if (strcmp(value, "syslog") == 0)
        when_full = IPS_WHEN_FULL_RETURN;
    else if (strcmp(value, "wait") == 0)
        when_full = IPS_WHEN_FULL_WAIT;
    else
        complain("IPS_RING_FULL", value, "give drop, syslog or wait; drop is taken");
}

static void choose_format(void)
{
    const char *value = setting("IPS_RING_FORMAT");
    message_alone = value != NULL && strcmp(value, "message") == 0;
    if (value != NULL && !message_alone && strcmp(value, "file") != 0)
        complain("IPS_RING_FORMAT", value, "give file or message; file is taken");
}

static void prepare_once(void)
{
    *(void **)&real_openlog = dlsym(RTLD_NEXT, "openlog");
    *(void **)&real_closelog = dlsym(RTLD_NEXT, "closelog");
    *(void **)&real_vsyslog = dlsym(RTLD_NEXT, "vsyslog");
    ring_path = setting("IPS_RING");
    choose_segments();
    choose_policy();
    choose_format();
    pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}

static void prepare(void) { pthread_once(&prepared, prepare_once); }

/* After the ring's constructor: this lock is taken before the ring's, at a fork too. */
__attribute__((constructor(202))) static void begin(void) { prepare(); }

/* The last one to leave removes a ring that is not to be kept. A thread that is killed in the middle keeps the lock. */
__attribute__((destructor)) static void end(void)
{
    if (pthread_mutex_trylock(&lock) == 0) {
        leave();
        pthread_mutex_unlock(&lock);
    }
}

/* Whether there is a segment to write to, in this process and not in the one that it was forked from. */
static bool has_writer(time_t now)
{
    if (ring != NULL && !ips_ring_is_held(ring)) {
        leave();
        last_attempt = 0;
    }
    if (writer == NULL && (last_attempt == 0 || now - last_attempt >= RETRY_SECONDS || now < last_attempt)) {
        last_attempt = now;
        if (ips_ring_attach(ring_path, &ring) == IPS_OK
            && ips_ring_claim(ring, first_segment, any_segment ? ips_ring_segments(ring) : last_segment + 1, when_full,
                              LONGEST_WAIT_NANOS, &writer) != IPS_OK)
            leave();
    }
    return writer != NULL;
}

/* A message as one line: control characters as #ooo. Its length, at most the room. */
static size_t append_escaped(char *to, size_t room, const char *message)
{
    size_t size = strlen(message), length = 0;
    if (size > 0 && message[size - 1] == '\n')
        size--;
    for (size_t i = 0; i < size && length < room; i++) {
        const unsigned char c = (unsigned char)message[i];
        if (c >= ' ' && c != 127) {
            to[length++] = (char)c;
        } else if (room - length >= 4) {
            to[length++] = '#';
            to[length++] = (char)('0' + (c >> 6));
            to[length++] = (char)('0' + (c >> 3 & 7));
            to[length++] = (char)('0' + (c & 7));
        } else {
            break;
        }
    }
    return length;
}

static size_t prefix(char *line, size_t room, time_t now)
{
    if (stamped != now) {
        struct tm local;
        stamped = now;
        if (localtime_r(&now, &local) == NULL || strftime(stamp, sizeof stamp, "%b %e %H:%M:%S", &local) == 0)
            stamp[0] = '\0';
    }
    if (process == 0) {
        process = (int)getpid();
        if (gethostname(host, sizeof host - 1) != 0)
            strcpy(host, "localhost");
        host[strcspn(host, ".")] = '\0';
    }
    const char *name = ident != NULL ? ident : program_invocation_short_name;
    const int length = options & LOG_PID
                           ? snprintf(line, room, "%s %s %s[%d]: ", stamp, host, name, process)
                           : snprintf(line, room, "%s %s %s: ", stamp, host, name);
    return length < 0 ? 0 : (size_t)length < room ? (size_t)length : room - 1;
}

/* Whether the ring has taken the message: written, or dropped and counted there. */
static bool write_to_ring(const char *message)
{
    char line[LONGEST_LINE];
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    int state;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    pthread_mutex_lock(&lock);
    bool taken = false;
    if (has_writer(now.tv_sec)) {
        const size_t room = ips_ring_line_size(ring) < sizeof line ? ips_ring_line_size(ring) : sizeof line;
        size_t length = message_alone ? 0 : prefix(line, room, now.tv_sec);
        length += append_escaped(line + length, room - length, message);
        const int status = ips_write(writer, line, length, ips_stamp_now());
        taken = status == IPS_OK || status == IPS_DROPPED;
    }
    pthread_mutex_unlock(&lock);
    pthread_setcancelstate(state, NULL);
    return taken;
}

__attribute__((format(printf, 2, 0))) static void log_line(int priority, const char *format, va_list arguments)
{
    const int error = errno;
    prepare();
    if (ring_path == NULL) {
        real_vsyslog(priority, format, arguments);
        return;
    }
    if (!(LOG_MASK(LOG_PRI(priority)) & setlogmask(0)))
        return;
    char message[LONGEST_LINE];
    va_list copy;
    va_copy(copy, arguments);
    errno = error; /* for %m */
    vsnprintf(message, sizeof message, format, copy);
    va_end(copy);
    if (write_to_ring(message)) {
        if (options & LOG_PERROR)
            dprintf(STDERR_FILENO, "%s: %s%s", ident != NULL ? ident : program_invocation_short_name, message,
                    message[0] != '\0' && message[strlen(message) - 1] == '\n' ? "" : "\n");
    } else {
        errno = error;
        real_vsyslog(priority, format, arguments);
    }
    errno = error;
}

EXPORTED void openlog(const char *name, int flags, int where)
{
    ident = name;
    options = flags;
    /* LOG_NDELAY would open the daemon's socket now, which may never be needed. */
    prepare();
    real_openlog(name, ring_path == NULL ? flags : flags & ~LOG_NDELAY, where);
}

/* The segment stays claimed: some programs open and close the log for each line. */
EXPORTED void closelog(void)
{
    ident = NULL;
    options = 0;
    prepare();
    real_closelog();
}

EXPORTED void vsyslog(int priority, const char *format, va_list arguments) { log_line(priority, format, arguments); }

EXPORTED __attribute__((format(printf, 2, 3))) void syslog(int priority, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    log_line(priority, format, arguments);
    va_end(arguments);
}

/* What programs call that were compiled with _FORTIFY_SOURCE. */
EXPORTED void __vsyslog_chk(int priority, int flag, const char *format, va_list arguments);
EXPORTED void __syslog_chk(int priority, int flag, const char *format, ...);

EXPORTED __attribute__((format(printf, 3, 0))) void __vsyslog_chk(int priority, int flag, const char *format,
                                                                   va_list arguments)
{
    (void)flag;
    log_line(priority, format, arguments);
}

EXPORTED __attribute__((format(printf, 3, 4))) void __syslog_chk(int priority, int flag, const char *format, ...)
{
    (void)flag;
    va_list arguments;
    va_start(arguments, format);
    log_line(priority, format, arguments);
    va_end(arguments);
}
