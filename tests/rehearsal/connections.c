/* Writes down whom the processes of a test call: every connection, every datagram, every name that is looked up.
 *
 * Preloaded, so that libraries in C and Rust are seen as well as Python. One line each below $WATCHED_CALLS:
 * `to 127.0.0.1 4200`, `name api.example`. What is not the internet (pipes, Unix sockets) is not written down.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void note(const char *line) {
    const char *path = getenv("WATCHED_CALLS");
    int out = path ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (out < 0) return;
    if (write(out, line, strlen(line)) < 0) abort(); /* a call that is not seen would pass for none */
    close(out);
}

static void called(const struct sockaddr *to) {
    char line[INET6_ADDRSTRLEN + 32], address[INET6_ADDRSTRLEN] = "?";
    int port = 0;
    if (!to) return;
    if (to->sa_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)to;
        inet_ntop(AF_INET, &four->sin_addr, address, sizeof address);
        port = ntohs(four->sin_port);
    } else if (to->sa_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)to;
        inet_ntop(AF_INET6, &six->sin6_addr, address, sizeof address);
        port = ntohs(six->sin6_port);
    } else {
        return;
    }
    snprintf(line, sizeof line, "to %s %d\n", address, port);
    note(line);
}

int connect(int fd, const struct sockaddr *to, socklen_t length) {
    static int (*real)(int, const struct sockaddr *, socklen_t);
    if (!real) real = dlsym(RTLD_NEXT, "connect");
    called(to);
    return real(fd, to, length);
}

ssize_t sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
    static ssize_t (*real)(int, const void *, size_t, int, const struct sockaddr *, socklen_t);
    if (!real) real = dlsym(RTLD_NEXT, "sendto");
    called(to);
    return real(fd, data, size, flags, to, length);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    static ssize_t (*real)(int, const struct msghdr *, int);
    if (!real) real = dlsym(RTLD_NEXT, "sendmsg");
    called(message->msg_name);
    return real(fd, message, flags);
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
    static int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    char line[300];
    if (!real) real = dlsym(RTLD_NEXT, "getaddrinfo");
    if (name) {
        snprintf(line, sizeof line, "name %s\n", name);
        note(line);
    }
    return real(name, service, hints, found);
}
