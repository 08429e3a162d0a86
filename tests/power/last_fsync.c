/* Keeps beside a home what a power cut would leave of it: every file as it was when it was last flushed to the disk.
 *
 * Preloaded into the processes of a test: after each fsync and fdatasync of a file below $POWER_HOME, the file as it is
 * then is put below $POWER_KEPT, whole or not at all. What was only written never gets there.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Read by the descriptor it came with: opening the file anew and closing it would drop SQLite's locks on it. */
static int copy(int from, off_t size, const char *to) {
    static char block[1 << 16];
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    off_t done = 0;
    while (out >= 0 && done < size) {
        ssize_t got = pread(from, block, sizeof block, done);
        if (got <= 0 || write(out, block, got) != got) break;
        done += got;
    }
    return out >= 0 && close(out) == 0 && done == size;
}

/* Where that file of the home is kept; 0 for any other file. */
static int place(const char *path, char *to) {
    const char *home = getenv("POWER_HOME"), *kept = getenv("POWER_KEPT");
    if (!home || !kept || strncmp(path, home, strlen(home)) || path[strlen(home)] != '/') return 0;
    snprintf(to, PATH_MAX, "%s%s", kept, path + strlen(home));
    return 1;
}

static void keep(int fd) {
    char link[64], path[PATH_MAX], to[PATH_MAX], beside[PATH_MAX + 8], lock[PATH_MAX + 8];
    struct stat is;
    if (fstat(fd, &is) || !S_ISREG(is.st_mode)) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return;
    path[length] = 0;
    if (!place(path, to)) return;
    snprintf(beside, sizeof beside, "%s.new", to);
    snprintf(lock, sizeof lock, "%s.lock", getenv("POWER_KEPT"));
    /* Two processes flush one file: the later copy must be the one that stays. */
    int turn = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    flock(turn, LOCK_EX);
    if (!fstat(fd, &is) && copy(fd, is.st_size, beside)) rename(beside, to);
    close(turn);
}

static int flush(const char *name, int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    int answer = real(fd);
    if (answer == 0) keep(fd);
    return answer;
}

int fsync(int fd) { return flush("fsync", fd); }
int fdatasync(int fd) { return flush("fdatasync", fd); }

/* A journal that is gone must not come back; SQLite removes one only when what it protects is flushed. */
int unlink(const char *path) {
    int (*real)(const char *) = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
    char to[PATH_MAX];
    int answer = real(path);
    if (answer == 0 && place(path, to)) real(to);
    return answer;
}
