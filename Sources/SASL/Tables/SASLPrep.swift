/// SASLprep: the form in which names and passwords are compared (RFC 4013, a profile of RFC 3454).
///
/// It prepares queries: scalars that Unicode 3.2 does not have are left as they are (RFC 3454 §7).
package enum SASLPrep {
  /// Why a text cannot be prepared.
  package enum Failure: Error, Hashable, Sendable {
    /// A scalar that must not stand in a name or password (RFC 4013 §2.3).
    case prohibited(UInt32)
    /// Letters of both directions, or of the right-to-left one not at both ends (RFC 4013 §2.4).
    case bidirectional

    /// The reason in words.
    package var words: String {
      switch self {
      case .prohibited(let scalar):
        "U+\(Self.hexadecimal(scalar)) is not allowed in a name or password (RFC 4013 §2.3)"
      case .bidirectional:
        "right-to-left letters are mixed with left-to-right ones, or do not stand at both ends (RFC 4013 §2.4)"
      }
    }

    private static func hexadecimal(_ scalar: UInt32) -> String {
      let digits = String(scalar, radix: 16, uppercase: true)
      return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }
  }

  /// The text's prepared form in UTF-8.
  package static func prepare(_ text: String) throws(Failure) -> [UInt8] {
    let mapped = text.unicodeScalars.compactMap { map($0.value) }
    let normalized = CompatibilityNormalizer.normalized(mapped)
    if let scalar = normalized.first(where: isProhibited) { throw .prohibited(scalar) }
    try checkDirections(normalized)
    return Array(String(String.UnicodeScalarView(normalized.compactMap { Unicode.Scalar($0) })).utf8)
  }

  /// Spaces become one kind (table C.1.2), what is not seen goes (table B.1).
  private static func map(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0xA0, 0x1680, 0x2000...0x200B, 0x202F, 0x205F, 0x3000: 0x20
    case 0xAD, 0x34F, 0x1806, 0x180B...0x180D, 0x200C, 0x200D, 0x2060, 0xFE00...0xFE0F, 0xFEFF: nil
    default: scalar
    }
  }

  /// Tables C.1.2, C.2.1, C.2.2, C.3 to C.9 of RFC 3454, whose spaces and invisible scalars are already gone.
  private static func isProhibited(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0...0x1F, 0x7F...0x9F, 0x6DD, 0x70F, 0x180E: true
    case 0xA0, 0x1680, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2063, 0x206A...0x206F, 0x3000, 0xFEFF: true
    case 0x1D173...0x1D17A: true
    case 0xE000...0xF8FF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD: true
    case 0xFDD0...0xFDEF: true
    case _ where scalar & 0xFFFE == 0xFFFE: true
    case 0xD800...0xDFFF: true
    case 0xFFF9...0xFFFD: true
    case 0x2FF0...0x2FFB: true
    case 0x340, 0x341: true
    case 0xE0001, 0xE0020...0xE007F: true
    default: false
    }
  }

  private static func checkDirections(_ scalars: [UInt32]) throws(Failure) {
    guard let first = scalars.first, let last = scalars.last,
      scalars.contains(where: { isInside($0, SASLPrepTable.rightToLeft) })
    else { return }
    guard !scalars.contains(where: { isInside($0, SASLPrepTable.leftToRight) }),
      isInside(first, SASLPrepTable.rightToLeft), isInside(last, SASLPrepTable.rightToLeft)
    else { throw .bidirectional }
  }

  /// Whether a scalar is in one of the runs, whose bounds ascend: an odd number of them is not above it.
  private static func isInside(_ scalar: UInt32, _ bounds: [UInt32]) -> Bool {
    var low = 0
    var high = bounds.count
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle] <= scalar { low = middle + 1 } else { high = middle }
    }
    return low % 2 == 1
  }
}
