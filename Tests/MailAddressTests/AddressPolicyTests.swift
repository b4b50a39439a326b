import MailAddress
import Testing

struct AddressPolicyTests {
  static let cases: [(rule: AddressRule, address: String, policy: AddressPolicy)] = [
    (.policyDotRequired, "a@localnet", policy { $0.requiresDot = true }),
    (.policyLiteralRefused, "a@[192.0.2.1]", policy { $0.refusesLiterals = true }),
    (.policyQuotedRefused, "\"a b\"@c.net", policy { $0.refusesQuoted = true }),
    (.policySpecialUseRefused, "a@b.test", policy { $0.refusesSpecialUse = true }),
  ]

  static func policy(_ change: (inout AddressPolicy) -> Void) -> AddressPolicy {
    var policy = AddressPolicy()
    change(&policy)
    return policy
  }

  @Test("a demand speaks when it is on, and off means off", arguments: cases)
  func demands(_ rule: AddressRule, _ address: String, _ policy: AddressPolicy) {
    let strict = AddressChecker.check(address, policy: policy)
    #expect(strict.findings.last?.rule == rule)
    #expect(strict.verdict(.smtp) == .invalid)
    let free = AddressChecker.check(address)
    #expect(free.isValid(.smtp) && !free.findings.contains { $0.rule == rule })
    #expect(AddressChecker.check("ann@host.net", policy: policy).findings.isEmpty)
  }

  @Test("a literal is refused whatever stands in it", arguments: ["[192.0.2]", "[::1]", "[any text]", "[]", "[x:y]"])
  func refusesEveryLiteral(_ domain: String) {
    let report = AddressChecker.check("a@\(domain)", policy: Self.policy { $0.refusesLiterals = true })
    #expect(report.findings.last?.rule == .policyLiteralRefused)
    #expect(!report.isValid(.header) && AddressChecker.check("a@\(domain)").isValid(.header))
  }

  @Test("every policy rule has its example")
  func coversEveryRule() {
    #expect(Set(AddressRule.allCases.filter { $0.id.hasPrefix("policy.") }) == Set(Self.cases.map(\.rule)))
  }
}
