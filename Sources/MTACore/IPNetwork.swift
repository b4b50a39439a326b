/// A block of IP addresses, such as `127.0.0.0/8` or `[::1]/128`.
package struct IPNetwork: Hashable, Sendable {
  /// 4 or 16 octets.
  let octets: [UInt8]
  /// The number of leading bits that count.
  let length: Int

  /// What a host reaches itself by.
  package static let loopback = [
    IPNetwork(octets: [127, 0, 0, 0], length: 8),
    IPNetwork(octets: [UInt8](repeating: 0, count: 15) + [1], length: 128),
  ]

  private init(octets: [UInt8], length: Int) {
    self.octets = octets
    self.length = length
  }

  /// Reads an address with or without a length; nil when it is none.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let octets = IPAddressText.octets(parts[0].filter { $0 != "[" && $0 != "]" }) else {
      return nil
    }
    let bits = octets.count * 8
    guard let length = parts.count == 2 ? Int(parts[1]) : bits, (0...bits).contains(length) else { return nil }
    self.init(octets: octets, length: length)
  }

  /// Whether an address, as text, is within the block.
  package func contains(_ address: String) -> Bool {
    guard let other = IPAddressText.octets(address), other.count == octets.count else { return false }
    let whole = length / 8
    guard other.prefix(whole) == octets.prefix(whole) else { return false }
    let rest = length % 8
    guard rest > 0 else { return true }
    let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - rest))
    return other[whole] & mask == octets[whole] & mask
  }
}

/// IP addresses as text.
enum IPAddressText {
  /// The 4 or 16 octets of an address; nil when it is none.
  static func octets(_ text: String) -> [UInt8]? {
    text.utf8.contains(UInt8(ascii: ":")) ? octetsOfVersion6(text) : octetsOfVersion4(text[...])
  }

  private static func octetsOfVersion4(_ text: Substring) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let octets = parts.compactMap { part in
      (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? UInt8(part) : nil
    }
    return octets.count == 4 ? octets : nil
  }

  private static func octetsOfVersion6(_ text: String) -> [UInt8]? {
    guard text.utf8.count <= 45 else { return nil }
    let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
    guard let head = groups(halves[0]) else { return nil }
    guard halves.count == 2 else { return head.count == 16 ? head : nil }
    guard let tail = groups(halves[1]), head.count + tail.count <= 14 else { return nil }
    return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  private static func groups(_ text: Substring) -> [UInt8]? {
    guard !text.isEmpty else { return [] }
    var octets: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, part.contains("."), let four = octetsOfVersion4(part) {
        octets += four
      } else {
        guard (1...4).contains(part.utf8.count), part.utf8.first != UInt8(ascii: "+"),
          let value = UInt16(part, radix: 16)
        else { return nil }
        octets += [UInt8(value >> 8), UInt8(value & 0xFF)]
      }
    }
    return octets
  }
}
