package import SMTPSession

/// Why a decision came out as it did: each check in its order, what it was asked, what it said.
package struct MTAExplanation: Hashable, Sendable {
  /// One check.
  package struct Step: Hashable, Sendable {
    /// The check, by its name in Postfix's configuration where it has one.
    package let check: String
    /// What it looked at.
    package let key: String
    /// What it said, such as `DUNNO`, `OK` or a reply.
    package let result: String
  }

  /// The checks in the order in which they were made; the last one decided.
  package private(set) var steps: [Step] = []

  /// Explains nothing yet.
  package init() {}

  /// Adds a check.
  mutating func note(_ check: String, _ key: String, _ result: String) {
    steps.append(Step(check: check, key: key, result: result))
  }
}

/// An answer to the session, its reasons, and what the log has to say of it.
package struct MTADecision: Hashable, Sendable {
  /// What the session is told.
  package var answer: ServerAnswer
  /// The checks that led to the answer.
  package var explanation: MTAExplanation
  /// Lines for the log, without their head.
  package var log: [String]

  init(_ answer: ServerAnswer, _ explanation: MTAExplanation = MTAExplanation(), log: [String] = []) {
    self.answer = answer
    self.explanation = explanation
    self.log = log
  }
}
