/* Valgrind before 3.20 writes into the mask that a program waits with, and the mask of Swift's dispatch library lies in
   memory that can't be written. Loaded before the program, this gives Valgrind a copy. */
#define _GNU_SOURCE
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int sigsuspend(const sigset_t *mask) {
  /* The kernel's mask is shorter than the C library's. */
  unsigned char copy[(_NSIG - 1) / 8];
  memcpy(copy, mask, sizeof copy);
  return (int)syscall(SYS_rt_sigsuspend, copy, sizeof copy);
}
