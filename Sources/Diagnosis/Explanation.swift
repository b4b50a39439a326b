package import SMTPSession
import SMTPWire

/// What happened, why, and what to try next.
///
/// Every text in it is safe on a terminal: what a server said has been escaped.
package struct Explanation: Hashable, Sendable {
  /// What is explained, such as `451 4.7.1: greylisting`.
  package var title: String
  /// The cause in one plain sentence.
  package var cause: String
  /// What each part of a reply says by itself, from the general (`4yz`) to the special; empty where there is no reply.
  package var layers: [String]
  /// What to try, one thing an element; `TARGET` and `HOST` stand for where the session goes to.
  package var next: [String]
  /// The RFC clause.
  package var clause: String

  /// Makes an explanation of texts that are safe on a terminal.
  package init(title: String, cause: String, layers: [String] = [], next: [String], clause: String) {
    self.title = title
    self.cause = cause
    self.layers = layers
    self.next = next
    self.clause = clause
  }

  /// The same with `TARGET` and `HOST` filled in; without a target nothing changes.
  package func addressed(to target: Target?) -> Explanation {
    guard let target else { return self }
    var copy = self
    let whole = OctetText.readable(Array(target.description.utf8))
    let isBareIPv6 = target.scheme != .unix && target.host.contains(":")
    let host = OctetText.readable(Array((isBareIPv6 ? "[\(target.host)]" : target.host).utf8))
    copy.next = next.map { Self.fill(Self.fill($0, "TARGET", whole), "HOST", host) }
    return copy
  }

  private static func fill(_ text: String, _ word: String, _ value: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { part in
      // Only a whole word is a placeholder, with or without a scheme before it and a port behind it.
      guard let range = part.firstRange(of: word), isEdge(part[..<range.lowerBound].last),
        isEdge(part[range.upperBound...].first)
      else { return String(part) }
      return part[..<range.lowerBound] + value + part[range.upperBound...]
    }.joined(separator: " ")
  }

  private static func isEdge(_ character: Character?) -> Bool {
    guard let character else { return true }
    return "/:,;.)(".contains(character)
  }
}
