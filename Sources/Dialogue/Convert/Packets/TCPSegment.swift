import SMTPWire

/// One end of a connection.
struct SocketAddress: Hashable {
  /// 4 or 16 octets.
  let host: [UInt8]
  let port: Int

  /// `192.0.2.1:25` or `[2001:db8::1]:25`.
  var text: String {
    if host.count == 4 { return host.map(String.init).joined(separator: ".") + ":\(port)" }
    let groups = stride(from: 0, to: 16, by: 2).map { Int(host[$0]) << 8 | Int(host[$0 + 1]) }
    return "[\(Self.compressed(groups))]:\(port)"
  }

  /// RFC 5952: the longest run of zero groups, of two or more, becomes `::`.
  private static func compressed(_ groups: [Int]) -> String {
    var best = 0..<0
    var start = 0
    for (index, group) in groups.enumerated() {
      if group != 0 { start = index + 1 } else if index + 1 - start > best.count { best = start..<index + 1 }
    }
    let words = groups.map { String($0, radix: 16) }
    guard best.count > 1 else { return words.joined(separator: ":") }
    return words[..<best.lowerBound].joined(separator: ":") + "::" + words[best.upperBound...].joined(separator: ":")
  }
}

/// A TCP segment within a captured packet.
struct TCPSegment {
  let source: SocketAddress
  let destination: SocketAddress
  let sequence: UInt32
  let acknowledgement: UInt32
  let flags: UInt8
  let payload: ArraySlice<UInt8>
  /// Whether octets of the payload were sent and not captured.
  let isCut: Bool

  var isFIN: Bool { flags & 0x01 != 0 }
  var isSYN: Bool { flags & 0x02 != 0 }
  var isRST: Bool { flags & 0x04 != 0 }
  var isACK: Bool { flags & 0x10 != 0 }

  /// Takes a packet apart; nil when it holds no whole TCP header. Fragments of IP are not put together.
  init?(_ packet: CapturedPacket) {
    guard let datagram = Self.datagram(packet), let version = datagram.first.map({ $0 >> 4 }) else { return nil }
    let found = version == 4 ? Self.ipv4(datagram) : version == 6 ? Self.ipv6(datagram) : nil
    guard let (hosts, segment, isCut) = found, segment.count >= 20 else { return nil }
    let octets = Octets(segment)
    let header = Int(octets[12] >> 4) * 4
    guard header >= 20, header <= segment.count else { return nil }
    source = SocketAddress(host: hosts.source, port: octets.number(0))
    destination = SocketAddress(host: hosts.destination, port: octets.number(2))
    sequence = UInt32(octets.number(4)) << 16 | UInt32(octets.number(6))
    acknowledgement = UInt32(octets.number(8)) << 16 | UInt32(octets.number(10))
    flags = octets[13]
    payload = segment.dropFirst(header)
    self.isCut = isCut
  }

  /// Octets by their offset, which the caller knows to exist.
  private struct Octets {
    let slice: ArraySlice<UInt8>
    init(_ slice: ArraySlice<UInt8>) { self.slice = slice }
    subscript(offset: Int) -> UInt8 { slice[slice.startIndex + offset] }
    func number(_ offset: Int) -> Int { Int(self[offset]) << 8 | Int(self[offset + 1]) }
  }

  /// The link types whose packets can be read.
  static let links: Set<Int> = [0, 1, 12, 14, 101, 108, 113, 228, 229, 276]

  /// The IP datagram behind the header of the link.
  private static func datagram(_ packet: CapturedPacket) -> ArraySlice<UInt8>? {
    let octets = packet.octets
    switch packet.link {
    case 0, 108: return octets.dropFirst(4)
    case 12, 14, 101, 228, 229: return octets
    case 113: return octets.dropFirst(16)
    case 276: return octets.dropFirst(20)
    case 1: return ethernet(octets)
    default: return nil
    }
  }

  private static func ethernet(_ frame: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = frame.dropFirst(12)
    for _ in 0..<4 {
      guard rest.count >= 2 else { return nil }
      let type = Octets(rest).number(0)
      switch type {
      case 0x0800, 0x86DD: return rest.dropFirst(2)
      case 0x8100, 0x88A8, 0x9100: rest = rest.dropFirst(4)
      case 0x8864: return rest.dropFirst(10)
      default: return nil
      }
    }
    return nil
  }

  private typealias Hosts = (source: [UInt8], destination: [UInt8])

  private static func ipv4(_ datagram: ArraySlice<UInt8>) -> (Hosts, ArraySlice<UInt8>, Bool)? {
    guard datagram.count >= 20 else { return nil }
    let octets = Octets(datagram)
    let header = Int(octets[0] & 15) * 4
    let isFragment = octets.number(6) & 0x3FFF != 0
    guard header >= 20, octets[9] == 6, !isFragment else { return nil }
    let total = octets.number(2)
    // With segmentation by the network card the length is 0: what was captured counts.
    let count = total == 0 ? datagram.count : total
    let hosts = (Array(datagram.dropFirst(12).prefix(4)), Array(datagram.dropFirst(16).prefix(4)))
    return (hosts, datagram.prefix(count).dropFirst(header), count > datagram.count)
  }

  private static func ipv6(_ datagram: ArraySlice<UInt8>) -> (Hosts, ArraySlice<UInt8>, Bool)? {
    guard datagram.count >= 40 else { return nil }
    let octets = Octets(datagram)
    let length = octets.number(4)
    let hosts = (Array(datagram.dropFirst(8).prefix(16)), Array(datagram.dropFirst(24).prefix(16)))
    var rest = length == 0 ? datagram.dropFirst(40) : datagram.dropFirst(40).prefix(length)
    let isCut = length > datagram.count - 40
    var next = octets[6]
    for _ in 0..<8 {
      if next == 6 { return (hosts, rest, isCut) }
      guard [0, 43, 60].contains(next), rest.count >= 8 else { return nil }
      next = Octets(rest)[0]
      rest = rest.dropFirst(8 + Int(Octets(rest)[1]) * 8)
    }
    return nil
  }
}
