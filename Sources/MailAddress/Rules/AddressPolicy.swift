/// Demands of the caller that no RFC makes. All are off by default, and off means that nothing is said.
public struct AddressPolicy: Sendable, Equatable {
  /// Refuse a domain of one label.
  public var requiresDot = false
  /// Refuse a domain in square brackets.
  public var refusesLiterals = false
  /// Refuse a local part that has a quoted string.
  public var refusesQuoted = false
  /// Refuse domains reserved for special use (RFC 6761).
  public var refusesSpecialUse = false

  /// A policy without demands.
  public init() {}

  /// Adds what the policy says about a finished report.
  func apply(to report: inout AddressReport) {
    for finding in report.findings {
      guard let demand = demand(for: finding.rule) else { continue }
      report.add(AddressFinding(demand, finding.start, finding.end))
    }
    if refusesLiterals, report.parts.isLiteral, let domain = report.parts.domain {
      report.add(AddressFinding(.policyLiteralRefused, domain.lowerBound, domain.upperBound))
    }
  }

  private func demand(for rule: AddressRule) -> AddressRule? {
    switch rule {
    case .domainSingleLabel where requiresDot: .policyDotRequired
    case .quotedString where refusesQuoted, .localObsWords where refusesQuoted: .policyQuotedRefused
    case .domainSpecialUse where refusesSpecialUse: .policySpecialUseRefused
    default: nil
    }
  }
}
