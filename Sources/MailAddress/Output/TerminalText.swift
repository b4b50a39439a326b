/// Text made safe for a terminal: what is invisible, a control or no UTF-8 is written as an escape.
public struct TerminalText: Sendable {
  /// The safe text as UTF-8.
  public private(set) var octets: [UInt8] = []
  /// For each octet of the original, and for its end: the column it is shown in, from 0.
  public private(set) var columns: [Int] = []

  /// Writes octets safely.
  public init(_ original: [UInt8]) {
    columns.reserveCapacity(original.count + 1)
    var column = 0
    var index = 0
    while index < original.count {
      let (scalar, length) = UTF8Scalar.decode(original.span, at: index)
      let before = octets.count
      if length == 0 {
        octets.append(literal: "\\x")
        octets.append(hexadecimal: scalar, digits: 2)
      } else if UnicodeSafety.isUnsafe(scalar) {
        appendEscape(scalar)
      } else {
        UTF8Scalar.append(scalar, to: &octets)
      }
      let isEscaped = length == 0 || UnicodeSafety.isUnsafe(scalar)
      for _ in 0..<max(length, 1) { columns.append(column) }
      column += isEscaped ? octets.count - before : Self.width(scalar)
      index += max(length, 1)
    }
    columns.append(column)
  }

  private mutating func appendEscape(_ scalar: UInt32) {
    switch scalar {
    case 0x0A: octets.append(literal: "\\n")
    case 0x0D: octets.append(literal: "\\r")
    case 0x09: octets.append(literal: "\\t")
    case ..<0x80:
      octets.append(literal: "\\x")
      octets.append(hexadecimal: scalar, digits: 2)
    default:
      octets.append(literal: "\\u{")
      octets.append(hexadecimal: scalar, digits: 1)
      octets.append(literal: "}")
    }
  }

  /// The safe text.
  public var text: String { String(decoding: octets, as: UTF8.self) }

  /// How many columns a terminal gives a scalar (UAX #11, without its ambiguities).
  static func width(_ scalar: UInt32) -> Int {
    if scalar < 0x300 { return 1 }
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch scalar {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
