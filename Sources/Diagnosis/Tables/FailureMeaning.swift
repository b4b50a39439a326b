package import Failures

/// What a failure's name says: why it happens, and what to try.
package struct FailureMeaning: Sendable {
  /// The stable name, such as `timeout.banner`.
  package let name: FailureName
  /// A few words.
  package let title: String
  /// One sentence.
  package let cause: String
  /// What to try, one thing an element.
  package let next: [String]
  /// The RFC clause.
  package let clause: String

  init(_ name: FailureName, _ title: String, _ cause: String, next: [String], _ clause: String) {
    self.name = name
    self.title = title
    self.cause = cause
    self.next = next
    self.clause = clause
  }

  /// The meaning of a name; nil when it is none of ours.
  package static func of(_ name: FailureName) -> FailureMeaning? {
    FailureTable.entries.first { $0.name == name }
  }
}
