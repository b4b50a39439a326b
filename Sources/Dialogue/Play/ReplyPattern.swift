package import SMTPWire

/// The expression of an `S~` line, which some line of a reply must match (`docs/dialogue-format.md`, "Patterns").
package struct ReplyPattern: Hashable, Sendable {
  /// The expression as it was written.
  package let expression: String
  private let program: PatternProgram

  /// Checks that the expression can be used; the error says in words why it cannot.
  package init(_ text: some Collection<UInt8>) throws(Fault) {
    expression = String(decoding: text, as: UTF8.self)
    if expression.isEmpty { throw Fault(message: "S~ wants a regular expression") }
    do throws(PatternParser.Fault) {
      program = try PatternParser.parse(expression)
    } catch {
      let words = OctetText.readable(Array(error.message.utf8))
      throw Fault(message: "the regular expression cannot be used: \(words) (at its character \(error.offset + 1))")
    }
  }

  /// Why an expression cannot be used.
  package struct Fault: Error, Hashable, Sendable {
    /// The reason in words, safe to show.
    package let message: String
  }

  /// Whether the expression is found in some line, code included.
  package func matches(_ lines: [WireLine]) -> Bool { captures(in: lines) != nil }

  /// What the named groups `(?<name>…)` stand for in the first line that matches; nil when none does.
  package func captures(in lines: [WireLine]) -> [String: [UInt8]]? {
    lines.lazy.compactMap { program.captures(in: String(decoding: $0.octets, as: UTF8.self)) }.first
  }

  /// The names of its groups, which become variables.
  var names: [String] { program.names }
}
