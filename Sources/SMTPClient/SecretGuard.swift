import CSecretGuard

/// Keeps secrets within this process.
package enum SecretGuard {
  /// From now on no core is dumped, no other process of the same user can look into this one, and memory is overwritten
  /// before it is given back to the heap.
  package static func arm() { secret_guard_arm() }

  /// Blanks an argument of our own command line from an octet on, where every process of this machine can read it.
  package static func blank(argument index: Int, from offset: Int) {
    secret_guard_blank_argument(Int32(index), offset)
  }
}
