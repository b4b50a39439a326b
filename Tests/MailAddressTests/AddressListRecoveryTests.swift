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
    ("Ann Lee <a@b.net> Bob Roe <c@d.net>", ["Ann Lee a@b.net", "Bob Roe c@d.net"], [.listForgaveSeparator]),
    ("<a@b.net> <c@d.net>", [" a@b.net", " c@d.net"], [.listForgaveSeparator]),
    ("Ann <a@b.net> c@d.net", ["Ann a@b.net", " c@d.net"], [.listForgaveSeparator]),
    (
      "ann@home <a@b.net> Bob <c@d.net>; e@f.net", ["ann@home a@b.net", "Bob c@d.net", " e@f.net"],
      [.listForgaveName, .listForgaveSeparator, .listForgaveSeparator, .listReadingsDiffer]
    ),
    ("mailto:a@b.net?subject=x, c@d.net", [" a@b.net", " c@d.net"], [.listForgaveScheme, .listForgaveText]),
    ("a@good.test@<b@evil.test>", [" a@good.test", " b@evil.test"], [.listForgaveText, .listForgaveSeparator]),
    ("a@good.test)b@evil.test", [" a@good.test", " b@evil.test"], [.listForgaveText, .listForgaveSeparator]),
    ("Ann Lee <ab.net>, Bob <c@d.net>", ["Bob c@d.net"], [.listForgaveText, .listForgaveText]),
    (
      "Lee, Ann\" <a@b.net>, \"Roe, Bob\" <c@d.net>", ["Lee, Ann a@b.net", "Roe, Bob c@d.net"],
      [.listForgaveUnclosed, .listForgaveName]
    ),
    (
      "\"Lee, Ann <a@b.net>, \"Roe, Bob\" <c@d.net>", ["Lee, Ann a@b.net", "Roe, Bob c@d.net"],
      [.listForgaveUnclosed, .listForgaveName]
    ),
    ("Ann <a@b.net Bob <c@d.net>", ["Ann a@b.net", "Bob c@d.net"], [.listForgaveUnclosed, .listForgaveSeparator]),
    ("a@b.net, c@d@e.net", [" a@b.net", " c@d@e.net"], [.listReadingsDiffer]),
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

  /// A person of a made list: the way it stands there, the words of the name, the address.
  private struct Person {
    let text: String
    let words: Set<String>
    let address: String

    init(_ number: Int, form: Int) {
      let (first, last) = ("First\(number)", "Last\(number)")
      address = "user\(number)@host\(number).net"
      switch form {
      case 0: (text, words) = ("\(first) \(last) <\(address)>", [first, last])
      case 1: (text, words) = ("\"\(last), \(first)\" <\(address)>", [first, last])
      case 2: (text, words) = (address, [])
      case 3: (text, words) = ("\(address) (\(first))", [first])
      default: (text, words) = ("<\(address)>", [])
      }
    }
  }

  @Test("in lists with one slip no whole address is lost, and none has the name of another")
  func oneSlip() {
    var seed: UInt64 = 7
    func random(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    var tried = 0
    while tried < 5_000 {
      let people = (0..<2 + random(3)).map { Person($0, form: random(5)) }
      var text = Array(people.map(\.text).joined(separator: ", ").utf8)
      let places = text.indices.filter { ",<>\"() ;@.".utf8.contains(text[$0]) }
      let place = places[random(places.count)]
      switch random(4) {
      case 0: text.remove(at: place)
      case 1: text.insert(text[place], at: place)
      case 2 where place > 0: text.swapAt(place, place - 1)
      default: text[place] = text[place] == 0x2C ? 0x3B : 0x20
      }
      tried += 1
      let written = String(decoding: text, as: UTF8.self)
      let found = AddressListRecovery.recover(text).mailboxes
      for person in people where Self.holds(written, person.address) {
        #expect(found.contains { $0.address == Array(person.address.utf8) }, "\(person.address) is lost: \(written)")
      }
      for mailbox in found {
        let words = String(decoding: mailbox.name ?? [], as: UTF8.self)
        guard let owner = people.first(where: { $0.address == String(decoding: mailbox.address, as: UTF8.self) }) else {
          continue
        }
        for other in people where other.address != owner.address {
          #expect(!other.words.contains { words.contains($0) }, "\(words) on \(owner.address): \(written)")
        }
      }
    }
  }

  /// Whether an address stands whole in a text: nothing that may belong to it is before or behind it.
  private static func holds(_ text: String, _ address: String) -> Bool {
    guard let range = text.firstRange(of: address) else { return false }
    let edges = [text[..<range.lowerBound].last, text[range.upperBound...].first]
    return edges.allSatisfy { $0.map { !$0.isLetter && !$0.isNumber && !".@\"".contains($0) } ?? true }
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
