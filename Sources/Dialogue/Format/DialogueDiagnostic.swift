package import Failures
import SMTPWire

/// Something that the reader of a dialogue file should know about one of its lines.
package struct DialogueDiagnostic: Hashable, Sendable {
  /// How grave it is.
  package enum Severity: String, Hashable, Sendable {
    /// The file cannot be played.
    case error
    /// The file can be played, and does hardly what its writer meant.
    case warning
    /// The file can be read and played; something about it is worth knowing.
    case note
  }

  /// Whether the file can be played all the same.
  package let severity: Severity
  /// The number of the line, from 1.
  package let line: Int
  /// The octet within the line, from 1; a byte order mark does not count.
  package let column: Int
  /// What is wrong, and what was expected.
  package let message: String
  /// The name of the failure that it foresees, such as `file.unreadable`; nil for what only a file can have.
  package let name: FailureName?
  /// The line itself, without its line end.
  package let source: [UInt8]
  /// The path of the included file in which the line stands; nil for the file that was read itself.
  package private(set) var file: String?

  init(
    _ severity: Severity = .error, line: Int, at offset: Int, of written: some Collection<UInt8>, _ message: String,
    name: FailureName? = nil
  ) {
    self.severity = severity
    self.line = line
    self.message = message
    self.name = name
    column = max(0, min(offset, written.count)) + 1
    source = Array(written)
  }

  /// The same about a line of an included file.
  func inFile(_ path: String?) -> Self {
    var copy = self
    if copy.file == nil { copy.file = path }
    return copy
  }

  /// Three lines for a terminal: place and message, the line itself, a caret under the place.
  ///
  /// `file` is the name of the file that was read; an included one is named by its path. Of a long line only the neighbourhood of the caret is shown. Nothing in it can act on a terminal.
  package func rendered(file: String) -> String {
    let name = OctetText.readable(Array((self.file ?? file).utf8))
    let before = source.prefix(column - 1)
    let shownBefore = Self.shown(before.suffix(100))
    let lead = before.count > 100 ? "…" : ""
    let after = source.dropFirst(column - 1)
    let tail = after.count > 100 ? "…" : ""
    let text = lead + shownBefore + Self.shown(after.prefix(100)) + tail
    let kind = severity.rawValue + (self.name.map { " [\($0)]" } ?? "")
    let caret = String(repeating: " ", count: Self.width(of: lead + shownBefore)) + "^"
    return "\(name):\(line):\(column): \(kind): \(message)\n\(text)\n\(caret)"
  }

  /// Octets of a dialogue file made safe to show; a backslash stays single, since it belongs to the file's own escapes.
  static func shown(_ octets: some Collection<UInt8>) -> String {
    octets.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false)
      .map { OctetText.readable($0) }.joined(separator: "\\")
  }

  /// The number of terminal columns of a text that holds nothing unseen.
  private static func width(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { width, scalar in
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark: width
      default: width + (isWide(scalar.value) ? 2 : 1)
      }
    }
  }

  private static func isWide(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
