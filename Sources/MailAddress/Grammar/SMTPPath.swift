/// A path of MAIL or RCPT (RFC 5321 §4.1.2) with its parameters.
public struct SMTPPath: Sendable, Equatable {
  /// What a path names.
  public enum Kind: Sendable, Equatable {
    /// `<>`, the null reverse-path.
    case null
    /// `<Postmaster>` without a domain.
    case postmaster
    /// A mailbox.
    case mailbox
    /// Nothing that could be read.
    case malformed
  }

  /// What it names.
  public internal(set) var kind = Kind.malformed
  /// The octets of the path, its angle brackets among them.
  public internal(set) var range = 0..<0
  /// The octets of the mailbox; nil when there is none.
  public internal(set) var mailbox: Range<Int>?
  /// The domains of the source route, without "@".
  public internal(set) var route: [Range<Int>] = []
  /// The parameters behind the path.
  public internal(set) var parameters: [ESMTPParameter] = []
  /// Everything found, the mailbox's own findings among it, with ranges in the line.
  public internal(set) var findings: [AddressFinding] = []

  /// What a profile says of path and parameters together.
  public func verdict(_ profile: AddressProfile) -> AddressVerdict {
    let severities = findings.map { $0.rule.severity(in: profile) }
    if severities.contains(where: \.isInvalid) { return .invalid }
    return severities.contains { $0 >= .caution } ? .warning : .valid
  }
}

/// A parameter of MAIL or RCPT: `esmtp-keyword ["=" esmtp-value]`.
public struct ESMTPParameter: Sendable, Equatable {
  /// The octets of the keyword.
  public let keyword: Range<Int>
  /// The octets of the value; nil when there is no "=".
  public let value: Range<Int>?
}
