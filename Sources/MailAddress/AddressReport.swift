/// What was found about one address.
public struct AddressReport: Sendable {
  /// All findings in the order in which they were made. Repetitions of one rule end after forty findings, so the
  /// list is bounded for any input.
  public var findings: ArraySlice<AddressFinding> { buffer[..<used] }
  /// Where the parts of the address are.
  public internal(set) var parts = AddressParts()
  var invalidProfiles: UInt8 = 0
  var warningProfiles: UInt8 = 0
  /// The rule that people want to hear of first, where the text is no address at all.
  var override: AddressRule?
  /// The rules of a report that has reached its limit.
  private var seen = RuleSet()
  private var isCounting = false
  /// Room for findings, kept from one address to the next; only the first `used` count.
  private var buffer: [AddressFinding] = []
  private var used = 0

  static let repetitionLimit = 40

  /// An empty report.
  public init() {}

  /// What a profile says of the address as a whole.
  public func verdict(_ profile: AddressProfile) -> AddressVerdict {
    Self.verdict(profile, invalid: invalidProfiles, warning: warningProfiles)
  }

  static func verdict(_ profile: AddressProfile, invalid: UInt8, warning: UInt8) -> AddressVerdict {
    let bit: UInt8 = 1 << profile.rawValue
    if invalid & bit != 0 { return .invalid }
    return warning & bit != 0 ? .warning : .valid
  }

  /// All four verdicts as one number below 256.
  var verdictIndex: Int { Int(invalidProfiles) | Int(warningProfiles) << 4 }

  /// Whether the address is syntactically valid in a profile.
  public func isValid(_ profile: AddressProfile) -> Bool { invalidProfiles & 1 << profile.rawValue == 0 }

  /// Whether the address is valid only when both ends of a connection offer SMTPUTF8 (RFC 6531).
  public var needsSMTPUTF8: Bool { isValid(.eai) && !isValid(.smtp) }

  /// The finding to name first: the first error by position, or else the gravest remark; nil when there is none
  /// worse than `info`.
  public func primary(_ profile: AddressProfile) -> AddressFinding? {
    if let override { return findings.last { $0.rule == override } }
    return isValid(profile) ? gravestRemark(profile) : firstError(profile)
  }

  private func firstError(_ profile: AddressProfile) -> AddressFinding? {
    var best: AddressFinding?
    for finding in findings where finding.rule.severity(in: profile).isInvalid {
      guard let known = best else {
        best = finding
        continue
      }
      if (finding.start, finding.rule.rank) < (known.start, known.rule.rank) { best = finding }
    }
    return best
  }

  private func gravestRemark(_ profile: AddressProfile) -> AddressFinding? {
    var best: AddressFinding?
    var gravest = FindingSeverity.info
    for finding in findings where finding.rule.severity(in: profile) > gravest {
      best = finding
      gravest = finding.rule.severity(in: profile)
    }
    return best
  }

  /// The finding, where there is just one.
  var only: AddressFinding? { used == 1 ? buffer[0] : nil }

  /// All findings: the primary one of a profile first, the others by position.
  public func sorted(_ profile: AddressProfile) -> [AddressFinding] {
    guard used > 1 else { return Array(findings) }
    var sorted: [AddressFinding] = []
    sorted.reserveCapacity(used)
    let first = primary(profile)
    if let first { sorted.append(first) }
    let start = sorted.count
    // Findings come nearly sorted, so each is put where it belongs from the end.
    for finding in findings where finding != first {
      var place = sorted.count
      while place > start,
        (finding.start, finding.rule.rawValue) < (sorted[place - 1].start, sorted[place - 1].rule.rawValue)
      {
        place -= 1
      }
      sorted.insert(finding, at: place)
    }
    return sorted
  }

  mutating func reset() {
    used = 0
    parts = AddressParts()
    invalidProfiles = 0
    warningProfiles = 0
    override = nil
    isCounting = false
  }

  mutating func add(_ finding: AddressFinding) {
    if used >= Self.repetitionLimit && !isNew(finding.rule) { return }
    if used < buffer.count { buffer[used] = finding } else { buffer.append(finding) }
    used += 1
    let effect = AddressRuleCatalogue.effects[Int(finding.rule.rawValue)]
    invalidProfiles |= effect & 15
    warningProfiles |= effect >> 4
  }

  /// Whether a rule speaks for the first time; asked only of long reports.
  private mutating func isNew(_ rule: AddressRule) -> Bool {
    if !isCounting {
      isCounting = true
      seen = RuleSet()
      for finding in buffer[..<used] { _ = seen.insert(finding.rule) }
    }
    return seen.insert(rule)
  }

  /// Where the next finding will be.
  var nextIndex: Int { used }

  mutating func extend(at index: Int, to end: Int) {
    guard index < used else { return }
    buffer[index].high = UInt32(truncatingIfNeeded: end)
  }

  /// Puts another rule in the place of the last finding.
  mutating func replaceLast(_ finding: AddressFinding) {
    guard used > 0 else { return }
    used -= 1
    add(finding)
  }
}

/// Which rules have spoken: one bit each.
struct RuleSet {
  private var words: (UInt64, UInt64, UInt64) = (0, 0, 0)

  /// Puts a rule in; true when it was not there.
  mutating func insert(_ rule: AddressRule) -> Bool {
    let bit: UInt64 = 1 << UInt64(rule.rawValue & 63)
    switch rule.rawValue >> 6 {
    case 0: return Self.set(bit, in: &words.0)
    case 1: return Self.set(bit, in: &words.1)
    default: return Self.set(bit, in: &words.2)
    }
  }

  private static func set(_ bit: UInt64, in word: inout UInt64) -> Bool {
    let isNew = word & bit == 0
    word |= bit
    return isNew
  }
}
