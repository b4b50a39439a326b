/// What the catalogue says of a rule that looks at a session.
struct FindingRule: Sendable {
  /// The public name, kept for ever: `auth.offered-in-clear`.
  let id: String
  let severity: Finding.Severity
  let title: String
  /// One plain sentence.
  let cause: String
  let next: [String]
  let clause: String

  init(_ id: String, _ severity: Finding.Severity, _ title: String, _ cause: String, next: [String], _ clause: String) {
    self.id = id
    self.severity = severity
    self.title = title
    self.cause = cause
    self.next = next
    self.clause = clause
  }

  /// The rule's finding; what is given replaces what the catalogue says.
  func finding(
    _ evidence: [Finding.Evidence], title: String? = nil, cause: String? = nil, next: [String]? = nil,
    clause: String? = nil,
    severity: Finding.Severity? = nil
  ) -> Finding {
    Finding(
      rule: id, severity: severity ?? self.severity, title: title ?? self.title, evidence: evidence,
      cause: cause ?? self.cause,
      next: next ?? self.next, clause: clause ?? self.clause)
  }
}
