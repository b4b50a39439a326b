import SMTPWire

/// One packet of a capture.
struct CapturedPacket {
  /// Since 1970.
  let time: Duration
  /// The link type, as tcpdump.org numbers them.
  let link: Int
  /// What was captured of it, which may be less than was sent.
  let octets: ArraySlice<UInt8>
}

/// Reads the packets of a pcap or pcapng file, in either byte order; a file that was cut is read up to the cut.
struct PacketFileReader: Sequence, IteratorProtocol {
  private enum Container {
    case pcap(link: Int, isNanoseconds: Bool, headerCount: Int)
    case pcapng
    case none
  }

  /// An interface of a pcapng file.
  private struct Interface {
    var link: Int
    var resolution: UInt8 = 6
    var offset: Int = 0
  }

  private let octets: [UInt8]
  private var container = Container.none
  private var index = 0
  private var isBigEndian = false
  private var interfaces: [Interface] = []
  /// Whether the file ends within a packet.
  private(set) var isCut = false

  /// Whether octets begin as such a file does.
  static func isPacketFile(_ octets: [UInt8]) -> Bool {
    if case .none = PacketFileReader(octets).container { return false }
    return true
  }

  init(_ octets: [UInt8]) {
    self.octets = octets
    guard octets.count >= 24 else { return }
    switch Array(octets[..<4]) {
    case [0xA1, 0xB2, 0xC3, 0xD4]: begin(isBigEndian: true)
    case [0xD4, 0xC3, 0xB2, 0xA1]: begin(isBigEndian: false)
    case [0xA1, 0xB2, 0x3C, 0x4D]: begin(isBigEndian: true, isNanoseconds: true)
    case [0x4D, 0x3C, 0xB2, 0xA1]: begin(isBigEndian: false, isNanoseconds: true)
    case [0xA1, 0xB2, 0xCD, 0x34]: begin(isBigEndian: true, headerCount: 24)
    case [0x34, 0xCD, 0xB2, 0xA1]: begin(isBigEndian: false, headerCount: 24)
    case [0x0A, 0x0D, 0x0D, 0x0A]: container = .pcapng
    default: break
    }
  }

  private mutating func begin(isBigEndian: Bool, isNanoseconds: Bool = false, headerCount: Int = 16) {
    self.isBigEndian = isBigEndian
    index = 24
    container = .pcap(link: number(at: 20, 4) & 0xFFFF, isNanoseconds: isNanoseconds, headerCount: headerCount)
  }

  mutating func next() -> CapturedPacket? {
    switch container {
    case .pcap(let link, let isNanoseconds, let headerCount): nextRecord(link, isNanoseconds, headerCount)
    case .pcapng: nextBlockPacket()
    case .none: nil
    }
  }

  private mutating func nextRecord(_ link: Int, _ isNanoseconds: Bool, _ headerCount: Int) -> CapturedPacket? {
    guard index + headerCount <= octets.count else {
      isCut = isCut || index < octets.count
      return nil
    }
    let fraction = number(at: index + 4, 4)
    let time =
      Duration.seconds(number(at: index, 4)) + (isNanoseconds ? .nanoseconds(fraction) : .microseconds(fraction))
    let count = number(at: index + 8, 4)
    index += headerCount
    return CapturedPacket(time: time, link: link, octets: take(count))
  }

  /// The next octets of the file, fewer where it ends.
  private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
    isCut = isCut || count > octets.count - index
    let slice = octets[index...].prefix(count)
    index = slice.endIndex
    return slice
  }

  /// A number of 2 or 4 octets in the file's byte order; 0 behind the end of the file.
  private func number(at offset: Int, _ count: Int) -> Int {
    guard offset >= 0, offset + count <= octets.count else { return 0 }
    let slice = octets[offset..<offset + count]
    return isBigEndian
      ? slice.reduce(0) { $0 << 8 | Int($1) } : slice.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}

// Blocks of pcapng.
extension PacketFileReader {
  private mutating func nextBlockPacket() -> CapturedPacket? {
    while index + 12 <= octets.count {
      if octets[index...].starts(with: [0x0A, 0x0D, 0x0D, 0x0A]) {
        isBigEndian = octets[(index + 8)...].starts(with: [0x1A, 0x2B, 0x3C, 0x4D])
        interfaces = []
      }
      let type = number(at: index, 4)
      let count = number(at: index + 4, 4)
      guard count >= 12 else { break }
      let body = index + 8
      let end = Swift.min(octets.count, index + count)
      isCut = isCut || index + count > octets.count
      // Blocks end at a multiple of four octets.
      index += (count + 3) & ~3
      if let packet = packet(type, body, Swift.max(body, end - 4)) { return packet }
    }
    isCut = isCut || index < octets.count
    return nil
  }

  private mutating func packet(_ type: Int, _ body: Int, _ end: Int) -> CapturedPacket? {
    switch type {
    case 1:
      if interfaces.count < 1000 { interfaces.append(interface(body, end)) }
      return nil
    case 6, 2:
      let number = type == 6 ? number(at: body, 4) : self.number(at: body, 2)
      return packet(interface: number, high: body + 4, count: self.number(at: body + 12, 4), data: body + 20, end)
    case 3: return packet(interface: 0, high: nil, count: end - body - 4, data: body + 4, end)
    default: return nil
    }
  }

  private func packet(interface: Int, high: Int?, count: Int, data: Int, _ end: Int) -> CapturedPacket? {
    guard interfaces.indices.contains(interface), data <= end, end <= octets.count, count >= 0 else { return nil }
    var time = Duration.zero
    if let high {
      let units = UInt64(number(at: high, 4)) << 32 | UInt64(number(at: high + 4, 4))
      time = Self.time(units, interfaces[interface].resolution) + .seconds(interfaces[interface].offset)
    }
    return CapturedPacket(time: time, link: interfaces[interface].link, octets: octets[data..<end].prefix(count))
  }

  private func interface(_ body: Int, _ end: Int) -> Interface {
    var interface = Interface(link: number(at: body, 2))
    var option = body + 8
    while option + 4 <= end {
      let (code, count) = (number(at: option, 2), number(at: option + 2, 2))
      guard code != 0 else { break }
      if code == 9, count >= 1, option + 4 < end { interface.resolution = octets[option + 4] }
      if code == 14, count == 8 {
        let (first, second) = (number(at: option + 4, 4), number(at: option + 8, 4))
        // Seconds of more than 32 bits would be beyond the year 2106.
        interface.offset = isBigEndian ? second : first
      }
      option += 4 + (count + 3) & ~3
    }
    return interface
  }

  /// Units of a second divided by a power of ten, or of two where the highest bit is set.
  private static func time(_ units: UInt64, _ resolution: UInt8) -> Duration {
    let exponent = Int(resolution & 0x7F)
    if resolution & 0x80 != 0 {
      guard exponent < 63 else { return .zero }
      let rest = Double(units & (1 << UInt64(exponent) - 1)) / Double(UInt64(1) << UInt64(exponent))
      return .seconds(Int64(clamping: units >> UInt64(exponent)) & 0xFF_FFFF_FFFF) + .nanoseconds(Int64(rest * 1e9))
    }
    guard exponent <= 18 else { return .zero }
    let unit = (0..<exponent).reduce(UInt64(1)) { value, _ in value * 10 }
    let rest = Double(units % unit) / Double(unit)
    return .seconds(Int64(clamping: units / unit) & 0xFF_FFFF_FFFF) + .nanoseconds(Int64(rest * 1e9))
  }
}
