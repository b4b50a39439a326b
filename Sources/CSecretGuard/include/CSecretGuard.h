// What keeps secrets within this process, and what cannot be written in Swift.
#ifndef CSECRETGUARD_H
#define CSECRETGUARD_H

#include <stddef.h>

// From now on no core is dumped, no other process of the same user can look into this one, and every piece of memory
// that is given back to the heap is overwritten with zeros first.
void secret_guard_arm(void);

// Overwrites an argument of the command line, from an offset on, where other processes can read it.
void secret_guard_blank_argument(int index, size_t offset);

#endif
