/// A specification that an address is judged by.
public enum AddressProfile: UInt8, CaseIterable, Sendable {
  /// The envelope in ASCII: `Mailbox` of RFC 5321 §4.1.2, with its limits.
  case smtp
  /// A header field in ASCII: `addr-spec` of RFC 5322 §3.4.1 with its obsolete forms (§4.4). RFC 2822 has the same
  /// language.
  case header
  /// The internationalized envelope: `Mailbox` of RFC 6531 §3.3, labels checked by IDNA2008.
  case eai
  /// The internationalized header field: `addr-spec` of RFC 6532 §3.2.
  case eaiHeader

  /// The name as the command line and JSON write it.
  public var name: String {
    switch self {
    case .smtp: "smtp"
    case .header: "header"
    case .eai: "eai"
    case .eaiHeader: "eai-header"
    }
  }

  /// The grammar that the profile stands for, for people.
  public var title: String {
    switch self {
    case .smtp: "RFC 5321 Mailbox"
    case .header: "RFC 5322 addr-spec"
    case .eai: "RFC 6531 Mailbox"
    case .eaiHeader: "RFC 6532 addr-spec"
    }
  }
}

/// What a profile says of an address as a whole.
public enum AddressVerdict: UInt8, Comparable, Sendable {
  /// Nothing against it.
  case valid
  /// The grammar allows it and something speaks against using it.
  case warning
  /// The grammar or a limit forbids it.
  case invalid

  /// The name as JSON writes it.
  public var name: String {
    switch self {
    case .valid: "valid"
    case .warning: "warning"
    case .invalid: "invalid"
    }
  }

  /// Orders the verdicts from the best to the worst.
  public static func < (one: AddressVerdict, other: AddressVerdict) -> Bool { one.rawValue < other.rawValue }
}

/// How much a finding matters to a profile.
public enum FindingSeverity: UInt8, Comparable, Sendable {
  /// The rule says nothing in this profile.
  case none
  /// Worth knowing.
  case info
  /// Allowed, and likely to make trouble.
  case caution
  /// Allowed only by the obsolete syntax that readers must accept and writers must not make.
  case obsolete
  /// The grammar is right and something is too long: invalid.
  case limit
  /// Against the grammar: invalid.
  case error

  /// Whether an address with such a finding is invalid.
  public var isInvalid: Bool { self >= .limit }

  /// The three words of JSON: `error`, `warning`, `note`.
  public var name: String {
    switch self {
    case .none, .info: "note"
    case .caution, .obsolete: "warning"
    case .limit, .error: "error"
    }
  }

  /// Orders the severities from the lightest to the gravest.
  public static func < (one: FindingSeverity, other: FindingSeverity) -> Bool { one.rawValue < other.rawValue }
}
