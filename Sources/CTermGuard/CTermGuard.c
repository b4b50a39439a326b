#include "CTermGuard.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int crashes[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
static const int terminations[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
enum { crash_count = sizeof crashes / sizeof *crashes, termination_count = sizeof terminations / sizeof *terminations };

static int tty = -1;
static struct termios saved;
static char restore[256];
static volatile size_t restore_count;
static volatile sig_atomic_t armed;
static volatile sig_atomic_t keep_backtrace;
static struct sigaction before_crash[crash_count];
static struct sigaction before_termination[termination_count];
static struct sigaction before_resize;
static volatile sig_atomic_t wake = -1;
static int watching;

int term_guard_save(int descriptor) {
  if (tcgetattr(descriptor, &saved) != 0) return -1;
  tty = descriptor;
  return 0;
}

void term_guard_set_restore(const char *octets, size_t count) {
  restore_count = 0;
  if (count > sizeof restore) count = sizeof restore;
  memcpy(restore, octets, count);
  restore_count = count;
}

void term_guard_set_armed(int now) { armed = now; }

static void give_back(void) {
  if (!armed || tty < 0) return;
  armed = 0;
  size_t done = 0;
  while (done < restore_count) {
    ssize_t count = write(tty, restore + done, restore_count - done);
    if (count <= 0) break;
    done += (size_t)count;
  }
  tcsetattr(tty, TCSANOW, &saved);
}

static void on_crash(int number, siginfo_t *info, void *context) {
  (void)context;
  give_back();
  struct sigaction next;
  memset(&next, 0, sizeof next);
  next.sa_handler = SIG_DFL;
  for (int i = 0; keep_backtrace && i < crash_count; i++)
    if (crashes[i] == number) next = before_crash[i];
  sigaction(number, &next, NULL);
  /* A fault happens again when the handler returns; a signal that was sent must be sent again. */
  if (info == NULL || info->si_code <= 0) raise(number);
}

static void on_termination(int number) {
  give_back();
  signal(number, SIG_DFL);
  raise(number);
}

static void on_resize(int number, siginfo_t *info, void *context) {
  int kept = errno;
  if (before_resize.sa_flags & SA_SIGINFO) {
    if (before_resize.sa_sigaction != NULL) before_resize.sa_sigaction(number, info, context);
  } else if (before_resize.sa_handler != SIG_DFL && before_resize.sa_handler != SIG_IGN) {
    before_resize.sa_handler(number);
  }
  if (wake >= 0) {
    ssize_t ignored = write(wake, "w", 1);
    (void)ignored;
  }
  errno = kept;
}

void term_guard_watch(void) {
  if (watching) return;
  watching = 1;
  keep_backtrace = getenv("SWIFT_BACKTRACE") != NULL;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  action.sa_sigaction = on_crash;
  for (int i = 0; i < crash_count; i++) sigaction(crashes[i], &action, &before_crash[i]);
  action.sa_flags = SA_ONSTACK;
  action.sa_handler = on_termination;
  for (int i = 0; i < termination_count; i++) {
    sigaction(terminations[i], NULL, &before_termination[i]);
    /* nohup and the like have asked that the signal be ignored. */
    if (before_termination[i].sa_handler != SIG_IGN) sigaction(terminations[i], &action, NULL);
  }
}

void term_guard_chain_resize(int descriptor) {
  wake = descriptor;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  action.sa_sigaction = on_resize;
  sigaction(SIGWINCH, &action, &before_resize);
}

void term_guard_release(void) {
  if (!watching) return;
  watching = 0;
  armed = 0;
  for (int i = 0; i < crash_count; i++) sigaction(crashes[i], &before_crash[i], NULL);
  for (int i = 0; i < termination_count; i++) sigaction(terminations[i], &before_termination[i], NULL);
  if (wake >= 0) sigaction(SIGWINCH, &before_resize, NULL);
  wake = -1;
}
