package import SMTPWire

/// The text of a `C:` or `S:` line: octets, variables among them, and the way the line ends on the wire.
package struct DialogueText: Hashable, Sendable {
  /// A stretch of the text.
  package enum Segment: Hashable, Sendable {
    case octets([UInt8])
    /// `${name}`, whose value is known only when the line is played.
    case variable(String)
  }

  /// Octets and variables in their order; none in an empty line.
  package var segments: [Segment]
  /// How the line ends on the wire.
  package var ending: WireLine.Ending

  /// Makes a text of its stretches.
  package init(_ segments: [Segment], ending: WireLine.Ending = .crlf) {
    self.segments = segments
    self.ending = ending
  }

  /// Makes a text without variables.
  package init(_ text: String) {
    self.init([.octets(Array(text.utf8))])
  }

  /// The names of the variables in their order, repeated ones included.
  package var variables: [String] {
    segments.compactMap { if case .variable(let name) = $0 { name } else { nil } }
  }

  /// The octets before the ending, each variable as `${name}`.
  package var octets: [UInt8] { octets { Array("${\($0)}".utf8) } }

  /// The octets before the ending, with the values that are given for the variables.
  package func octets(_ value: (String) -> [UInt8]) -> [UInt8] {
    if segments.count == 1, case .octets(let octets) = segments[0] { return octets }
    return segments.flatMap { segment in
      switch segment {
      case .octets(let octets): octets
      case .variable(let name): value(name)
      }
    }
  }

  /// What is wrong at an offset of a text.
  struct Fault: Hashable {
    let offset: Int
    let message: String
    /// Whether more octets behind the text could have made it right.
    let isUnfinished: Bool
  }

  /// Reads an escaped text; what makes no sense stands for itself and is reported.
  static func parse(_ text: ArraySlice<UInt8>) -> (text: DialogueText, faults: [Fault]) {
    if !text.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "$") }) {
      return (DialogueText(text.isEmpty ? [] : [.octets(Array(text))]), [])
    }
    var parser = DialogueTextParser(text)
    return parser.parse()
  }
}

/// Reads escapes and variables (`docs/dialogue-format.md`, "Escapes").
private struct DialogueTextParser {
  private let text: ArraySlice<UInt8>
  private var index: Int
  private var octets: [UInt8] = []
  private var segments: [DialogueText.Segment] = []
  private var ending = WireLine.Ending.crlf
  private var faults: [DialogueText.Fault] = []

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    index = text.startIndex
    octets.reserveCapacity(text.count)
  }

  mutating func parse() -> (DialogueText, [DialogueText.Fault]) {
    while index < text.endIndex {
      switch text[index] {
      case UInt8(ascii: "\\"): readEscape()
      case UInt8(ascii: "$") where peek(1) == UInt8(ascii: "{"): readVariable()
      default: take(1)
      }
    }
    flush()
    return (DialogueText(segments, ending: ending), faults)
  }

  private mutating func readEscape() {
    let isLast = index + 2 == text.endIndex
    switch peek(1) {
    case UInt8(ascii: "n") where isLast: end(.bareLF)
    case UInt8(ascii: "z") where isLast: end(.none)
    case UInt8(ascii: "z"): fault("\\z means that the line has no ending yet, and stands only at the end of a line")
    case UInt8(ascii: "n"): replace(2, with: 0x0A)
    case UInt8(ascii: "r"): replace(2, with: 0x0D)
    case UInt8(ascii: "t"): replace(2, with: 0x09)
    case UInt8(ascii: "0"): replace(2, with: 0x00)
    case UInt8(ascii: "\\"): replace(2, with: UInt8(ascii: "\\"))
    case UInt8(ascii: "$"): replace(2, with: UInt8(ascii: "$"))
    case UInt8(ascii: "x"): readHexadecimal()
    case nil: fault("a backslash begins an escape; \\\\ is a backslash itself", isUnfinished: true)
    default: fault("no such escape; there are \\n \\r \\t \\0 \\xHH \\\\ \\$ and \\z")
    }
  }

  private mutating func readHexadecimal() {
    guard let high = peek(2)?.hexadecimalValue, let low = peek(3)?.hexadecimalValue else {
      let isUnfinished = peek(2) == nil || (peek(2)?.hexadecimalValue != nil && peek(3) == nil)
      return fault("\\x wants two hexadecimal digits", isUnfinished: isUnfinished)
    }
    replace(4, with: high << 4 | low)
  }

  private mutating func readVariable() {
    let nameStart = index + 2
    let name = text[nameStart...].prefix { DialogueVariable.allows($0) }
    guard peek(2 + name.count) == UInt8(ascii: "}"), !name.isEmpty else {
      let message = "a variable is ${name}: letters, digits, dot, hyphen and underscore; \\$ is a dollar sign itself"
      return fault(message, isUnfinished: peek(2 + name.count) == nil)
    }
    flush()
    segments.append(.variable(String(decoding: name, as: UTF8.self)))
    index = name.endIndex + 1
  }

  private func peek(_ distance: Int) -> UInt8? {
    index + distance < text.endIndex ? text[index + distance] : nil
  }

  private mutating func take(_ count: Int) {
    octets.append(contentsOf: text[index..<index + count])
    index += count
  }

  private mutating func replace(_ count: Int, with octet: UInt8) {
    octets.append(octet)
    index += count
  }

  private mutating func end(_ ending: WireLine.Ending) {
    self.ending = ending
    index = text.endIndex
  }

  private mutating func fault(_ message: String, isUnfinished: Bool = false) {
    let offset = index - text.startIndex
    faults.append(DialogueText.Fault(offset: offset, message: message, isUnfinished: isUnfinished))
    take(1)
  }

  private mutating func flush() {
    guard !octets.isEmpty else { return }
    segments.append(.octets(octets))
    octets = []
  }
}
