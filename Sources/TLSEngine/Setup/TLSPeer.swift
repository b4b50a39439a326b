/// Whom a client means to talk to: the name its certificate is compared with, and the name it says in the ClientHello.
package struct TLSPeer: Sendable, Hashable {
  /// A DNS name (A-labels) or an IP address literal without brackets; without a trailing dot.
  package let name: String
  /// The name for Server Name Indication (RFC 6066 §3); nil when `name` is an address, which that extension forbids.
  package let serverName: String?

  /// The peer called `name`; `serverName` only when it differs from `name`.
  package init(name: String, serverName: String? = nil) {
    self.name = Self.withoutTrailingDot(name)
    let indicated = Self.withoutTrailingDot(serverName ?? name)
    self.serverName = indicated.isEmpty || Self.isAddress(indicated) ? nil : indicated
  }

  /// Whether `name` is an IP address.
  package var isAddress: Bool { Self.isAddress(name) }

  private static func withoutTrailingDot(_ name: String) -> String {
    name.utf8.count > 1 && name.hasSuffix(".") ? String(name.dropLast()) : name
  }

  private static func isAddress(_ name: String) -> Bool { IPAddressBytes(name) != nil }
}
