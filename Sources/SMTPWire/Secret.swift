/// Octets that must never be shown or written, known to everybody else by a variable's name.
///
/// Secrecy is marked here, where the secret is born, so nobody has to search for it afterwards. The octets are kept once,
/// however often the value is copied, and are overwritten when the last copy goes.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  /// The variable that stands for the octets, such as `auth.plain`.
  package let name: String
  private let storage: SecretStorage

  /// Marks octets as secret.
  package init(name: String, octets: some Collection<UInt8>) {
    self.name = name
    storage = SecretStorage(octets)
  }

  /// A copy of the octets themselves, for the wire alone.
  package var octets: [UInt8] { storage.withOctets { Array($0) } }
  /// The number of octets.
  package var count: Int { storage.withOctets(\.count) }
  /// Whether there are none: a recording knows the name alone.
  package var isEmpty: Bool { count == 0 }

  /// The same name and as many octets, which are asterisks.
  package var forgotten: Secret { Secret(name: name, octets: Array(repeating: UInt8(ascii: "*"), count: count)) }

  /// The variable; never the octets.
  package var description: String { "${\(name)}" }
  /// Nothing to look into.
  package var customMirror: Mirror { Mirror(self, children: []) }

  /// Compares names and octets.
  package static func == (left: Secret, right: Secret) -> Bool {
    left.name == right.name
      && left.storage.withOctets { own in right.storage.withOctets { own.elementsEqual($0) } }
  }

  /// Feeds the name alone: a hash of the octets would tell something of them.
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// A buffer that is written once, before anybody else sees it, and overwritten at its end.
final class SecretStorage: @unchecked Sendable {
  private let buffer: UnsafeMutableRawBufferPointer

  init(_ octets: some Collection<UInt8>) {
    buffer = .allocate(byteCount: octets.count, alignment: 1)
    buffer.copyBytes(from: octets)
  }

  deinit {
    Self.wipe(buffer)
    buffer.deallocate()
  }

  func withOctets<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(buffer))
  }

  /// Overwrites memory. The optimizer may not look into it, or it would find the zeros unread and leave them out.
  @inline(never) @_optimize(none)
  static func wipe(_ buffer: UnsafeMutableRawBufferPointer) {
    for index in buffer.indices { buffer[index] = 0 }
  }
}
