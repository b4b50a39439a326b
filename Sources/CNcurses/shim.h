/* ncursesw for Swift: what its macros hide. The wide-character API must be asked for before the header. */
#define NCURSES_WIDECHAR 1
#include <wchar.h>
#include <curses.h>
extern int wcwidth(wchar_t);
static const attr_t SH_A_BOLD = A_BOLD, SH_A_DIM = A_DIM, SH_A_REVERSE = A_REVERSE, SH_A_UNDERLINE = A_UNDERLINE,
                    SH_A_ITALIC = A_ITALIC;
static const mmask_t SH_WHEEL_UP = BUTTON4_PRESSED, SH_WHEEL_DOWN = BUTTON5_PRESSED;
static inline int sh_key_f(int n) { return KEY_F(n); }
