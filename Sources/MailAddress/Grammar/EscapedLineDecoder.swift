/// Reads C escapes in an input line, so that any octet can be tested: `\r \n \t \0 \\ \" \xHH`, and `\u{H}` for a
/// scalar as UTF-8.
public enum EscapedLineDecoder {
  /// Appends the octets that a line stands for. False when an escape is malformed; it is then taken as it stands.
  @discardableResult
  public static func decode(_ line: Span<UInt8>, to octets: inout [UInt8]) -> Bool {
    var isRight = true
    var index = 0
    while index < line.count {
      guard line[index] == Octet.backslash else {
        octets.append(line[index])
        index += 1
        continue
      }
      let length = decodeEscape(line, index, to: &octets)
      if length == 0 {
        octets.append(Octet.backslash)
        isRight = false
      }
      index += max(length, 1)
    }
    return isRight
  }

  /// Appends what the escape at `index` stands for; how many octets it has, 0 when it is malformed.
  private static func decodeEscape(_ line: Span<UInt8>, _ index: Int, to octets: inout [UInt8]) -> Int {
    guard index + 1 < line.count else { return 0 }
    switch line[index + 1] {
    case 0x72: octets.append(Octet.carriageReturn)
    case 0x6E: octets.append(Octet.lineFeed)
    case 0x74: octets.append(Octet.tab)
    case 0x30: octets.append(0)
    case Octet.backslash, Octet.quote: octets.append(line[index + 1])
    case 0x78: return decodeOctet(line, index + 2, to: &octets)
    case 0x75: return decodeScalar(line, index + 2, to: &octets)
    default: return 0
    }
    return 2
  }

  private static func decodeOctet(_ line: Span<UInt8>, _ index: Int, to octets: inout [UInt8]) -> Int {
    guard index + 1 < line.count, let high = hexValue(line[index]), let low = hexValue(line[index + 1]) else {
      return 0
    }
    octets.append(UInt8(high << 4 | low))
    return 4
  }

  private static func decodeScalar(_ line: Span<UInt8>, _ index: Int, to octets: inout [UInt8]) -> Int {
    guard index < line.count, line[index] == 0x7B else { return 0 }
    var value: UInt32 = 0
    var end = index + 1
    while end < line.count, end < index + 8, let digit = hexValue(line[end]) {
      value = value << 4 | digit
      end += 1
    }
    guard end > index + 1, end < line.count, line[end] == 0x7D, Unicode.Scalar(value) != nil else { return 0 }
    UTF8Scalar.append(value, to: &octets)
    return end - index + 3
  }

  private static func hexValue(_ octet: UInt8) -> UInt32? {
    guard Octet.isHexDigit(octet) else { return nil }
    return UInt32(Octet.isDigit(octet) ? octet - 48 : Octet.lowered(octet) - 87)
  }
}
