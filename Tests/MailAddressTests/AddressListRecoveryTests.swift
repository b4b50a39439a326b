import MailAddress
import Testing

struct AddressListRecoveryTests {
  static let lists: [(list: String, found: [String], forgiven: [AddressRule])] = [
    ("Ann <a@b.net>, c@d.net", ["Ann a@b.net", " c@d.net"], []),
    ("a@b.net; c@d.net", [" a@b.net", " c@d.net"], [.listForgaveSeparator]),
    ("a@b.net c@d.net", [" a@b.net", " c@d.net"], [.listForgaveSeparator]),
    ("Smith, John <j@x.net>", ["Smith, John j@x.net"], [.listForgaveName]),
    ("Doe <a@b.net", ["Doe a@b.net"], [.listForgaveUnclosed]),
    ("Ann <<a@b.net>>", ["Ann a@b.net"], [.listForgaveBrackets, .listForgaveBrackets]),
    ("mailto:a@b.net", [" a@b.net"], [.listForgaveScheme]),
    ("Ann <a@b.net> tail", ["Ann a@b.net"], [.listForgaveText]),
    ("nobody here", [], [.listForgaveText]),
    ("a@b.net.", [" a@b.net"], [.listForgaveText]),
    ("a@b.net,\nc@d.net", [" a@b.net", " c@d.net"], [.listForgaveLineEnd]),
  ]

  @Test("what people write is found, and what was forgiven is said", arguments: lists)
  func recovers(_ list: String, _ found: [String], _ forgiven: [AddressRule]) {
    let recovered = AddressListRecovery.recover(Array(list.utf8))
    let shown = recovered.mailboxes.map {
      String(decoding: ($0.name ?? []) + [32] + $0.address, as: UTF8.self)
    }
    #expect(shown == found, "\(list)")
    #expect(recovered.forgiven.map(\.rule) == forgiven, "\(list)")
    #expect((AddressListParser.parse(list).verdict(.eaiHeader) == .invalid) == !forgiven.isEmpty)
  }

  @Test("every rule about lists has its example")
  func coversEveryRule() {
    let rules = Set(AddressRule.allCases.filter { $0.id.hasPrefix("list.") })
    let shown =
      Self.lists.flatMap(\.forgiven) + AddressListParserTests.errors.map(\.rule)
      + AddressListParserTests.remarks.map(\.rule)
    #expect(rules.subtracting(shown) == [.listUtf8Malformed])
  }

  @Test("much of what is most laborious is read", arguments: ["\"", "(", "<", "@", ",", "a@b ", "\\", "a@b;"])
  func readsMuch(_ unit: String) {
    let text = (0..<20_000).flatMap { _ in Array(unit.utf8) }
    let recovered = AddressListRecovery.recover(text)
    #expect(recovered.forgiven.count <= 80)
  }
}
