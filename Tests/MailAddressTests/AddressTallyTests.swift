import MailAddress
import Testing

struct AddressTallyTests {
  @Test("verdicts and rules are counted")
  func counts() {
    var tally = AddressTally()
    for address in ["a@b.net", "a@b", "a@b_c.net", "a@b_c_d.net", "no"] { tally.count(AddressChecker.check(address)) }
    #expect(tally.total == 5)
    #expect(tally.count(.valid, in: .smtp) == 1)
    #expect(tally.count(.warning, in: .smtp) == 1)
    #expect(tally.count(.invalid, in: .smtp) == 3)
    #expect(tally.count(.invalid, in: .header) == 1)
    #expect(tally.ranking.first?.rule == .domainUnderscore)
    #expect(tally.ranking.first?.count == 2)
    let summary = tally.summary(.smtp)
    #expect(summary.hasPrefix("5 addresses\n  smtp: 1 valid, 1 with warnings, 3 invalid\n"))
    #expect(summary.hasSuffix("  2 × address.domain-underscore\n  1 × address.no-at\n"))
  }

  @Test("two tallies together are one of all")
  func adds() {
    let addresses = ["a@b.net", "a@b", "a@b_c.net", "a@b_c_d.net", "no"]
    var (whole, one, other) = (AddressTally(), AddressTally(), AddressTally())
    for (index, address) in addresses.enumerated() {
      let report = AddressChecker.check(address)
      whole.count(report)
      if index < 2 { one.count(report) } else { other.count(report) }
    }
    one.add(other)
    #expect(one == whole)
  }
}
