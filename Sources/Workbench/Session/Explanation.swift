package import Diagnosis

/// Why something is as it is, and what to try next, as the panes show it.
package struct Explanation: Hashable, Sendable {
  /// What is explained, such as `451 4.7.1: greylisting`.
  package var title: String
  /// The RFC clause.
  package var clause: String
  /// The cause in plain sentences.
  package var text: String
  /// What to try next, one thing an element.
  package var next: [String]
  /// What each part of a reply says by itself, from the general to the special.
  package var layers: [String] = []

  /// Makes an explanation.
  package init(title: String, clause: String = "", text: String, next: [String] = []) {
    self.title = title
    self.clause = clause
    self.text = text
    self.next = next
  }

  /// Makes an explanation of what the diagnosis found.
  package init(_ found: Diagnosis.Explanation) {
    self.init(title: found.title, clause: found.clause, text: found.cause, next: found.next)
    layers = found.layers
  }
}
