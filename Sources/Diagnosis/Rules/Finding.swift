import Dialogue
import SMTPWire

/// Something worth knowing about a session: what was seen, why, and what to try.
///
/// Every text in it is safe on a terminal.
package struct Finding: Hashable, Sendable {
  /// How much it matters.
  package enum Severity: String, Comparable, CaseIterable, Sendable {
    case note, warning, error

    package static func < (left: Self, right: Self) -> Bool {
      left.rank < right.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// A line of the dialogue that shows it.
  package struct Evidence: Hashable, Sendable {
    /// The place in the list of events, from 0.
    package let index: Int
    /// The line as people read it: `S: 250-AUTH PLAIN`.
    package let text: String
  }

  /// The rule's id, such as `auth.offered-in-clear`; it never changes.
  package let rule: String
  /// How much it matters.
  package let severity: Severity
  /// What was found, in a few words.
  package let title: String
  /// The lines that show it, of many only the first ones.
  package let evidence: [Evidence]
  /// The cause in one plain sentence.
  package let cause: String
  /// What to try, one thing an element.
  package let next: [String]
  /// The RFC clause.
  package let clause: String
}

extension Finding.Evidence {
  /// The longest text of one line.
  private static let most = 200

  /// The event at a place as evidence.
  init(_ index: Int, _ event: DialogueEvent) {
    let text =
      switch event {
      case .sent(let line): "C: \(line.masked)"
      case .received(let line): "S: \(OctetText.readable(line.octets.prefix(Self.most * 4)))"
      case .event(let event):
        "* \(OctetText.readable(Array(event.name.utf8))) \(OctetText.readable(event.details.prefix(Self.most * 4)))"
      case .note(let words): "# \(OctetText.readable(Array(words.utf8.prefix(Self.most * 4))))"
      }
    self.init(index: index, text: text.count > Self.most ? "\(text.prefix(Self.most - 1))…" : text)
  }
}
