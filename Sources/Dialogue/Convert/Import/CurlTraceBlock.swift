import SMTPWire

/// One block of `curl --trace` or `--trace-ascii`: a title with its size, and rows of octets.
struct CurlTraceBlock {
  /// Who sent the octets; TLS records are of no interest.
  enum Direction { case client, server, other }

  let direction: Direction
  private let count: Int
  private var octets: [UInt8] = []
  /// The offset behind the last octet of an ASCII row.
  private var end = 0
  /// Whether rows show text instead of hexadecimal numbers, so that line ends must be told from the offsets.
  private(set) var isASCII = false

  /// Begins with a title such as `=> Send header, 21 bytes (0x15)`; nil for any other line.
  init?(_ title: ArraySlice<UInt8>) {
    guard title.begins(with: "=> ") || title.begins(with: "<= "), let comma = title.range(of: ", ") else { return nil }
    let kind = title[..<comma.lowerBound].dropFirst(3)
    let isClient = title.begins(with: "=> ")
    let isPlain =
      kind.elementsEqual((isClient ? "Send header" : "Recv header").utf8)
      || kind.elementsEqual((isClient ? "Send data" : "Recv data").utf8)
    direction = isPlain ? (isClient ? .client : .server) : .other
    count = ImportNumber.decimal(title[comma.upperBound...].prefix(while: \.isASCIIDigit)) ?? 0
  }

  /// Takes a row in; false when the line is none.
  mutating func append(_ line: ArraySlice<UInt8>) -> Bool {
    let digits = line.prefix(9).prefix { $0.hexadecimalValue != nil }
    guard digits.count >= 4, let offset = ImportNumber.hexadecimal(digits), line[digits.endIndex...].begins(with: ":")
    else {
      return false
    }
    guard direction != .other else { return true }
    let row = line[digits.endIndex...].dropFirst(2)
    if let plain = Self.hexadecimal(row) {
      octets += plain
    } else {
      isASCII = true
      closeGap(to: offset)
      octets += row
      end = offset + row.count
    }
    return true
  }

  /// The octets of the block, which has ended.
  func finish() -> [UInt8] {
    var block = self
    if isASCII { block.closeGap(to: count) }
    return block.octets
  }

  /// Text rows end where a CRLF stands, which takes two offsets and is not shown.
  private mutating func closeGap(to offset: Int) {
    if offset == end + 2 { octets += [0x0D, 0x0A] }
  }

  /// The octets of a row: up to 16 numbers in 48 columns, and behind them as many characters.
  private static func hexadecimal(_ row: ArraySlice<UInt8>) -> [UInt8]? {
    guard row.count > 48, row.count <= 64 else { return nil }
    var octets: [UInt8] = []
    var index = row.startIndex
    while octets.count < row.count - 48 {
      guard let high = row[index].hexadecimalValue, let low = row[index + 1].hexadecimalValue, row[index + 2] == 0x20
      else { return nil }
      octets.append(high << 4 | low)
      index += 3
    }
    return row[index..<row.startIndex + 48].allSatisfy { $0 == 0x20 } ? octets : nil
  }
}
