/// What the catalogue says of a rule.
public struct AddressRuleEntry: Sendable {
  /// The rule.
  public let rule: AddressRule
  /// The public name, kept for ever: `address.local-too-long`.
  public let id: StaticString
  /// What the rule says in each profile.
  public let severities: SeverityRow
  /// One sentence in which `{}` stands for the character found.
  public let title: StaticString
  /// The clause that the rule comes from.
  public let clause: StaticString

  init(
    _ rule: AddressRule, _ id: StaticString, _ severities: SeverityRow, _ title: StaticString, _ clause: StaticString
  ) {
    self.rule = rule
    self.id = id
    self.severities = severities
    self.title = title
    self.clause = clause
  }
}

/// One severity for each profile.
public struct SeverityRow: Sendable, Equatable {
  let smtp: FindingSeverity
  let header: FindingSeverity
  let eai: FindingSeverity
  let eaiHeader: FindingSeverity

  init(
    _ smtp: FindingSeverity, _ header: FindingSeverity, _ eai: FindingSeverity, _ eaiHeader: FindingSeverity
  ) {
    self.smtp = smtp
    self.header = header
    self.eai = eai
    self.eaiHeader = eaiHeader
  }

  /// The severity in one profile.
  public subscript(profile: AddressProfile) -> FindingSeverity {
    switch profile {
    case .smtp: smtp
    case .header: header
    case .eai: eai
    case .eaiHeader: eaiHeader
    }
  }

  static let error = SeverityRow(.error, .error, .error, .error)
  static let limit = SeverityRow(.limit, .caution, .limit, .caution)
  static let obsolete = SeverityRow(.obsolete, .obsolete, .obsolete, .obsolete)
  static let caution = SeverityRow(.caution, .caution, .caution, .caution)
  static let info = SeverityRow(.info, .info, .info, .info)
  static let headerCaution = SeverityRow(.error, .caution, .error, .caution)
  static let headerObsolete = SeverityRow(.error, .obsolete, .error, .obsolete)
  static let utf8Info = SeverityRow(.error, .error, .info, .info)
  static let utf8HeaderInfo = SeverityRow(.error, .error, .error, .info)
  static let utf8HeaderCaution = SeverityRow(.error, .error, .error, .caution)
  static let idnaError = SeverityRow(.none, .none, .error, .caution)
  static let idnaLimit = SeverityRow(.none, .none, .limit, .caution)
  static let unicodeCaution = SeverityRow(.none, .none, .caution, .caution)

  /// The profiles, one bit each by raw value, in which a predicate holds.
  func profiles(where holds: (FindingSeverity) -> Bool) -> UInt8 {
    var bits: UInt8 = 0
    for profile in AddressProfile.allCases where holds(self[profile]) { bits |= 1 << profile.rawValue }
    return bits
  }
}

/// All rules of addresses, lists and paths with their texts.
public enum AddressRuleCatalogue {
  /// Every rule in the order of `AddressRule`'s raw values.
  public static let allRules: [AddressRuleEntry] = localPart + domain + hostName + listAndPath

  /// For each rule by raw value: bits 0 to 3 the profiles in which it makes invalid, 4 to 7 those in which it warns.
  static let effects: [UInt8] = allRules.map { entry in
    entry.severities.profiles { $0.isInvalid }
      | entry.severities.profiles { $0 == .caution || $0 == .obsolete } << 4
  }
}

extension AddressRule {
  /// The catalogue's entry.
  public var entry: AddressRuleEntry { AddressRuleCatalogue.allRules[Int(rawValue)] }

  /// The public name, kept for ever.
  public var id: String { entry.id.description }

  /// The enhanced status code (RFC 3463, RFC 6531 §3.4.1) that a server refuses such an address with: 5.1.3 for the
  /// syntax of the address, 5.1.2 for its domain, 5.6.7 where only SMTPUTF8 is missing.
  public var enhancedStatus: String {
    switch self {
    case .localNonAscii, .quotedNonAscii, .domainNonAscii: "5.6.7"
    case _ where rawValue >= AddressRule.domainDotLeading.rawValue && rawValue <= AddressRule.ldhReserved.rawValue:
      "5.1.2"
    case .labelTooLong, .domainTooLong, .domainEmpty, .domainSingleLabel, .tldNumeric, .domainBareIpv4: "5.1.2"
    case _ where rawValue >= AddressRule.literalUnclosed.rawValue && rawValue <= AddressRule.ipv6NotCanonical.rawValue:
      "5.1.2"
    default: "5.1.3"
    }
  }

  /// What the rule says in a profile.
  public func severity(in profile: AddressProfile) -> FindingSeverity { entry.severities[profile] }

  /// Which of two findings at the same place is the one to name first: the lower rank.
  var rank: UInt8 {
    switch self {
    case .cfwsNearAt, .cfwsNearDot: 2
    case .whitespace, .fold, .comment, .literalNotAddress, .localNonAscii, .domainNonAscii, .quotedNonAscii: 1
    default: 0
    }
  }
}
