/// Makes captures of TCP for tests.
struct CaptureBuilder {
  enum Link: Int, CaseIterable { case null = 0, ethernet = 1, raw = 101, cooked = 113, loop = 108, cooked2 = 276 }

  var isBigEndian = false
  var isNanoseconds = false
  var link = Link.ethernet
  var isIPv6 = false
  private(set) var packets: [[UInt8]] = []

  static let syn: UInt8 = 2
  static let ack: UInt8 = 16
  static let fin: UInt8 = 1
  static let reset: UInt8 = 4

  /// Adds a segment between port 40000 of the client and port 25 of the server.
  mutating func add(
    _ text: String, sequence: UInt32, fromClient: Bool, flags: UInt8 = ack, acknowledging: UInt32 = 0, port: Int = 25,
    cut: Int = 0
  ) {
    let ports = fromClient ? Self.big(40_000, 2) + Self.big(port, 2) : Self.big(port, 2) + Self.big(40_000, 2)
    let head =
      ports + Self.big(Int(sequence), 4) + Self.big(Int(acknowledging), 4) + [0x50, flags, 0xFF, 0xFF, 0, 0, 0, 0]
    let segment = head + Array(text.utf8)
    packets.append(Array((linkHeader + ipHeader(segment.count, fromClient) + segment).dropLast(cut)))
  }

  private var linkHeader: [UInt8] {
    let type: [UInt8] = isIPv6 ? [0x86, 0xDD] : [0x08, 0x00]
    return switch link {
    case .null: [2, 0, 0, 0]
    case .loop: [0, 0, 0, 2]
    case .ethernet: Array(repeating: 1, count: 12) + [0x81, 0, 0, 5] + type
    case .raw: []
    case .cooked: Array(repeating: 0, count: 14) + type
    case .cooked2: type + Array(repeating: 0, count: 18)
    }
  }

  private func ipHeader(_ count: Int, _ fromClient: Bool) -> [UInt8] {
    let (client, server): ([UInt8], [UInt8]) = ([192, 0, 2, 9], [192, 0, 2, 1])
    guard isIPv6 else {
      let hosts = fromClient ? client + server : server + client
      return [0x45, 0] + Self.big(20 + count, 2) + [0, 0, 0x40, 0, 64, 6, 0, 0] + hosts
    }
    let prefix: [UInt8] = [0x20, 0x01, 0x0D, 0xB8] + Array(repeating: 0, count: 8)
    let hosts = fromClient ? prefix + client + prefix + server : prefix + server + prefix + client
    // A hop-by-hop header stands between IP and TCP.
    return [0x60, 0, 0, 0] + Self.big(8 + count, 2) + [0, 64] + hosts + [6, 0, 1, 4, 0, 0, 0, 0]
  }

  /// The file, one millisecond between the packets.
  var pcap: [UInt8] {
    let magic: [UInt8] = isNanoseconds ? [0xA1, 0xB2, 0x3C, 0x4D] : [0xA1, 0xB2, 0xC3, 0xD4]
    var file = (isBigEndian ? magic : magic.reversed()) + number(2, 2) + number(4, 2) + number(0, 4) + number(0, 4)
    file += number(65_535, 4) + number(link.rawValue, 4)
    for (index, packet) in packets.enumerated() {
      file += number(1_763_840_000, 4) + number(index * (isNanoseconds ? 1_000_000 : 1000), 4)
      file += number(packet.count, 4) + number(packet.count, 4) + packet
    }
    return file
  }

  /// The same as pcapng, with times in 1/1024 s or in nanoseconds.
  func pcapng(resolution: UInt8) -> [UInt8] {
    let unit: UInt64 = resolution == 9 ? 1_000_000_000 : 1024
    var file = block(
      0x0A0D_0D0A, number(0x1A2B_3C4D, 4) + number(1, 2) + number(0, 2) + Array(repeating: 0xFF, count: 8))
    file += block(
      1, number(link.rawValue, 2) + number(0, 2) + number(0, 4) + number(9, 2) + number(1, 2) + [resolution, 0, 0, 0])
    for (index, packet) in packets.enumerated() {
      let time = 1_763_840_000 * unit + UInt64(index) * (unit / 1000)
      let head = number(0, 4) + number(Int(time >> 32), 4) + number(Int(time & 0xFFFF_FFFF), 4)
      let padding = [UInt8](repeating: 0, count: (4 - packet.count % 4) % 4)
      file += block(6, head + number(packet.count, 4) + number(packet.count, 4) + packet + padding)
    }
    return file
  }

  private func block(_ type: Int, _ body: [UInt8]) -> [UInt8] {
    number(type, 4) + number(body.count + 12, 4) + body + number(body.count + 12, 4)
  }

  private func number(_ value: Int, _ count: Int) -> [UInt8] {
    isBigEndian ? Self.big(value, count) : Self.big(value, count).reversed()
  }

  private static func big(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}
