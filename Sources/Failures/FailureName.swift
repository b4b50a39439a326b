/// The stable name of a failure, as in `parley: error [timeout.banner]`, or of a warning in a recording.
///
/// Names are public and never change. Each one is declared once, in this target, and stands in ``FailureName/all``;
/// `smtp.CODE` exists for every reply code besides. A name that a file brings may be any text.
package struct FailureName: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  init(_ rawValue: String) { self.rawValue = rawValue }

  package var description: String { rawValue }

  /// The name of a reply that refuses, as in `smtp.550`.
  package static func smtp(_ code: some CustomStringConvertible) -> FailureName { FailureName("smtp.\(code)") }

  /// The number behind `smtp.`; nil for any other name.
  package var replyCode: Int? { rawValue.hasPrefix("smtp.") ? Int(rawValue.dropFirst(5)) : nil }

  /// Whether something did not come in time.
  package var isTimeout: Bool { rawValue.hasPrefix("timeout.") }

  /// Whether a certificate was not believed.
  package var isCertificate: Bool { rawValue.hasPrefix("tls.cert.") }
}
