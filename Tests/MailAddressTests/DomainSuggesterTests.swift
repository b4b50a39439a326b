import Testing

@testable import MailAddress

struct DomainSuggesterTests {
  static func suggestions(_ address: String, others: [String] = []) -> [String] {
    DomainSuggester(others: others).suggestions(for: Array(address.utf8), AddressChecker.check(address))
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    "likely slips have a suggestion",
    arguments: [
      ("a@gmial.com", "a@gmail.com"), ("a@gmail.con", "a@gmail.com"), ("a@hotmial.com", "a@hotmail.com"),
      ("a@yaho.com", "a@yahoo.com"), ("a@outlok.com", "a@outlook.com"), ("a@host.ogr", "a@host.org"),
      ("a@GMIAL.com", "a@gmail.com"), ("a@hotmial.con", "a@hotmail.com"),
    ])
  func suggests(_ address: String, _ suggestion: String) {
    #expect(Self.suggestions(address).first == suggestion)
  }

  @Test(
    "good domains are left alone",
    arguments: [
      "a@gmail.com", "a@mail.com", "a@ymail.com", "a@mailo.com", "a@live.fr", "a@gmx.at", "a@company.co",
      "a@example.net",
      "a@me.com", "a@[192.0.2.1]", "a@x.net", "no address",
    ])
  func sparesGood(_ address: String) {
    #expect(Self.suggestions(address).isEmpty)
  }

  @Test("the caller's own domains are good and can be suggested")
  func takesOthers() {
    #expect(Self.suggestions("a@compnay.example", others: ["company.example"]) == ["a@company.example"])
    #expect(Self.suggestions("a@gmaill.com", others: ["gmaill.com"]).isEmpty)
  }

  @Test("distance counts swaps as one")
  func measures() {
    func distance(_ one: String, _ other: String) -> Int {
      DomainSuggester.distance(Array(one.utf8), Array(other.utf8))
    }
    #expect(distance("gmial", "gmail") == 1)
    #expect(distance("gmil", "gmail") == 1)
    #expect(distance("gmail", "gmail") == 0)
    #expect(distance("hotmail", "gmail") == 3)
  }
}
