/// What was found in many addresses together.
public struct AddressTally: Sendable, Equatable {
  /// Addresses counted.
  public private(set) var total = 0
  private var verdicts = [Int](repeating: 0, count: 12)
  private var rules = [Int](repeating: 0, count: AddressRule.allCases.count)

  /// An empty tally.
  public init() {}

  /// Counts one address; each of its rules once.
  public mutating func count(_ report: AddressReport) {
    total += 1
    for profile in AddressProfile.allCases {
      verdicts[Int(profile.rawValue) * 3 + Int(report.verdict(profile).rawValue)] += 1
    }
    var seen = RuleSet()
    for finding in report.findings where seen.insert(finding.rule) { rules[Int(finding.rule.rawValue)] += 1 }
  }

  /// Counts what another tally has counted.
  public mutating func add(_ other: AddressTally) {
    total += other.total
    for index in verdicts.indices { verdicts[index] += other.verdicts[index] }
    for index in rules.indices { rules[index] += other.rules[index] }
  }

  /// How many addresses got a verdict in a profile.
  public func count(_ verdict: AddressVerdict, in profile: AddressProfile) -> Int {
    verdicts[Int(profile.rawValue) * 3 + Int(verdict.rawValue)]
  }

  /// The rules found, the most frequent first, each with the number of addresses.
  public var ranking: [(rule: AddressRule, count: Int)] {
    AddressRule.allCases.map { ($0, rules[Int($0.rawValue)]) }.filter { $0.1 > 0 }
      .sorted { ($1.1, $0.0.rawValue) < ($0.1, $1.0.rawValue) }
  }

  /// The summary for people: one line a profile, then the ten most frequent rules that make invalid in `profile`.
  public func summary(_ profile: AddressProfile) -> String {
    var lines = ["\(total) addresses"]
    for profile in AddressProfile.allCases {
      let (valid, warned) = (count(.valid, in: profile), count(.warning, in: profile))
      lines.append(
        "  \(profile.name): \(valid) valid, \(warned) with warnings, \(count(.invalid, in: profile)) invalid")
    }
    for (rule, count) in ranking.filter({ $0.rule.severity(in: profile).isInvalid }).prefix(10) {
      lines.append("  \(count) × \(rule.id)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
