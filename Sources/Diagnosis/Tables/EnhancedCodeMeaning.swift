package import SMTPWire

/// What the second and third number of an enhanced status code say (RFC 3463 and IANA's registry).
package struct EnhancedCodeMeaning: Sendable {
  /// What the reason is about, from 0 to 7.
  package let subject: Int
  /// The reason, from 0 on.
  package let detail: Int
  /// A few words.
  package let title: String
  /// One sentence.
  package let sentence: String
  /// Where it is defined.
  package let clause: String

  init(_ subject: Int, _ detail: Int, _ title: String, _ sentence: String, _ clause: String) {
    self.subject = subject
    self.detail = detail
    self.title = title
    self.sentence = sentence
    self.clause = clause
  }

  /// The meaning of a code; nil when it is not registered.
  package static func of(_ code: EnhancedStatusCode) -> EnhancedCodeMeaning? {
    EnhancedCodeTable.entries.first { $0.subject == code.subject && $0.detail == code.detail }
  }

  /// What the second number alone says, for a code that is not registered; nil when that is not either.
  package static func subject(of code: EnhancedStatusCode) -> String? {
    let subjects = [
      "nothing more precise", "the address", "the mailbox", "the mail system", "the network or the routing",
      "the protocol", "the content of the message", "security or policy",
    ]
    return subjects.indices.contains(code.subject) ? subjects[code.subject] : nil
  }

  /// The code with its meaning, as one layer of an explanation.
  static func layer(_ code: EnhancedStatusCode) -> String {
    if let meaning = of(code) { return "\(code): \(meaning.sentence) (\(meaning.clause))" }
    guard let subject = subject(of: code) else { return "\(code): not a registered code (RFC 5248)" }
    return "\(code): about \(subject); the last number is not registered (RFC 3463 §3)"
  }
}
