/* Counts the lines of a file as fast as C does: memchr over a mapping. count_lines FILE; prints lines and seconds. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    struct stat status;
    int file = argc == 2 ? open(argv[1], O_RDONLY) : -1;
    if (file < 0 || fstat(file, &status) != 0) {
        fprintf(stderr, "usage: count_lines FILE\n");
        return 2;
    }
    double begin = now();
    const char *at = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (at == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    const char *end = at + status.st_size;
    long lines = 0;
    for (const char *newline; at < end && (newline = memchr(at, '\n', end - at)) != NULL; at = newline + 1) {
        lines++;
    }
    printf("%ld %f\n", lines, now() - begin);
    return 0;
}
