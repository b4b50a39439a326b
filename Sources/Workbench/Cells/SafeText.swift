/// Text that a terminal can only print, made of any octets.
///
/// Works on scalars, not on characters: what is drawn must not depend on how a terminal joins them. Everything that is
/// not plainly printable becomes an escape of printable ASCII, marked `isRaw`: an ASCII control `\x1B` (or `\r \n \t \0`,
/// as in dialogue files), another scalar `\u{202E}`, an octet that is not UTF-8 `\xFF`.
package struct SafeText: Hashable, Sendable {
  /// A printable scalar with its marks.
  package struct Glyph: Hashable, Sendable {
    /// The scalar, which is safe to draw.
    package let scalar: Unicode.Scalar
    /// A mark that stands on the scalar.
    package fileprivate(set) var firstMark: Unicode.Scalar?
    /// A second mark.
    package fileprivate(set) var secondMark: Unicode.Scalar?
    /// The number of columns: 1 or 2.
    package let width: Int8
    /// Whether the glyph is part of an escape and stands for something else.
    package let isRaw: Bool

    fileprivate init(_ scalar: Unicode.Scalar, width: Int8 = 1, isRaw: Bool = false) {
      self.scalar = scalar
      self.width = width
      self.isRaw = isRaw
    }

    /// A blank.
    package static let blank = Glyph(" ")
    /// What stands at the end of a text that was cut.
    package static let ellipsis = Glyph("…")
  }

  /// The glyphs in their order.
  package private(set) var glyphs: [Glyph] = []

  /// Makes text of octets from anywhere.
  package init(octets: some Sequence<UInt8>) {
    append(octets: Array(octets))
  }

  /// Makes text of a string from anywhere.
  package init(_ string: String) {
    for scalar in string.unicodeScalars { append(scalar) }
  }

  /// The number of columns.
  package var width: Int { glyphs.reduce(0) { $0 + Int($1.width) } }

  /// The glyphs as a string.
  package var string: String {
    var view = String.UnicodeScalarView()
    for glyph in glyphs {
      view.append(glyph.scalar)
      if let mark = glyph.firstMark { view.append(mark) }
      if let mark = glyph.secondMark { view.append(mark) }
    }
    return String(view)
  }

  private mutating func append(octets: [UInt8]) {
    var index = 0
    while index < octets.count {
      if let (scalar, length) = UTF8Scalar.decode(octets, at: index) {
        append(scalar)
        index += length
      } else {
        escape("\\x" + Self.hexadecimal(UInt32(octets[index]), digits: 2))
        index += 1
      }
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch ScalarWidth.of(scalar) {
    case .narrow: glyphs.append(Glyph(scalar))
    case .wide: glyphs.append(Glyph(scalar, width: 2))
    case .mark: if !attach(scalar) { escape(Self.escape(for: scalar)) }
    case .inert: escape(Self.escape(for: scalar))
    }
  }

  /// Puts a mark on the last glyph, where it may have one.
  private mutating func attach(_ mark: Unicode.Scalar) -> Bool {
    guard var last = glyphs.last, !last.isRaw, last.secondMark == nil else { return false }
    if last.firstMark == nil { last.firstMark = mark } else { last.secondMark = mark }
    glyphs[glyphs.count - 1] = last
    return true
  }

  private mutating func escape(_ text: String) {
    for scalar in text.unicodeScalars { glyphs.append(Glyph(scalar, isRaw: true)) }
  }

  private static func escape(for scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0: "\\0"
    case 0x09: "\\t"
    case 0x0A: "\\n"
    case 0x0D: "\\r"
    case 0..<0x80: "\\x" + hexadecimal(scalar.value, digits: 2)
    default: "\\u{" + hexadecimal(scalar.value, digits: 1) + "}"
    }
  }

  private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
