/* What must happen within a signal handler, where Swift may not run: the terminal given back when the process dies of a
   signal, and the loop woken when the terminal's size changes. One terminal for each process. */
#ifndef CTERMGUARD_H
#define CTERMGUARD_H

#include <stddef.h>

/* Keeps the terminal's state. Call before curses changes it. Returns 0, or -1 when `tty` is no terminal. */
int term_guard_save(int tty);

/* The octets that give the screen back, at most 256: modes off, cursor on, main screen. */
void term_guard_set_restore(const char *octets, size_t count);

/* Watches the fatal signals. Call after curses has started, which installs its own handlers.
   A crash goes on to the handler that was there before only if SWIFT_BACKTRACE is set: without it the Swift runtime
   would wait at the terminal for a key. */
void term_guard_watch(void);

/* Whether the screen is ours, so that a fatal signal must give it back. */
void term_guard_set_armed(int armed);

/* After the present handler of SIGWINCH, which stays, writes the octet 'w' to a descriptor that does not block. */
void term_guard_chain_resize(int descriptor);

/* Gives the signals back to the handlers that were there before. */
void term_guard_release(void);

#endif
