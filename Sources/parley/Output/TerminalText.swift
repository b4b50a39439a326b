import SMTPWire

/// Text for a terminal in which nothing can act on it: control characters, bidi marks and what is unseen are escaped.
enum TerminalText {
  /// A file's name or another word of the user's, on one line.
  static func word(_ text: String) -> String {
    // A backslash stays single: what is escaped already is not escaped again.
    text.utf8.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false)
      .map { OctetText.readable($0) }.joined(separator: "\\")
  }

  /// A text of several lines.
  static func lines(_ text: String) -> String {
    text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { word(String(decoding: $0, as: UTF8.self)) }.joined(separator: "\n")
  }

  /// A text of several lines that quotes arguments of the command line: a line feed within one makes no line.
  static func lines(_ text: String, quoting arguments: [String]) -> String {
    var text = text
    for argument in arguments where argument.utf8.contains(0x0A) { text.replace(argument, with: word(argument)) }
    return lines(text)
  }
}
