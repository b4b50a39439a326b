#include "CSecretGuard.h"

#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

// glibc's own functions, which the two below stand in front of.
void __libc_free(void *memory);
void *__libc_malloc(size_t size);
void *__libc_realloc(void *memory, size_t size);

static volatile sig_atomic_t armed;
static int argument_count;
static char **arguments;

// glibc calls constructors with the arguments of main; Swift has only a copy of them.
__attribute__((constructor)) static void remember_arguments(int count, char **words) {
  argument_count = count;
  arguments = words;
}

void secret_guard_blank_argument(int index, size_t offset) {
  if (index <= 0 || index >= argument_count || offset >= strlen(arguments[index])) return;
  char *secret = arguments[index] + offset;
  explicit_bzero(secret, strlen(secret));
  *secret = '*';
}

void secret_guard_arm(void) {
  if (armed) return;
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  armed = 1;
}

// A password is copied on its way to the wire by Swift's arrays, by NIO and by OpenSSL. All of them give the copies
// back here.
void free(void *memory) {
  if (armed && memory) explicit_bzero(memory, malloc_usable_size(memory));
  __libc_free(memory);
}

void *realloc(void *memory, size_t size) {
  if (!armed || !memory || size == 0) return __libc_realloc(memory, size);
  size_t old = malloc_usable_size(memory);
  void *moved = __libc_malloc(size);
  if (!moved) return NULL;
  memcpy(moved, memory, old < size ? old : size);
  free(memory);
  return moved;
}
