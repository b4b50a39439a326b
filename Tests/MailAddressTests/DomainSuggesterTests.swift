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

  @Test("the country domains of great providers are somebody's: nothing else is suggested for them")
  func countries() {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    let codes = letters.flatMap { first in letters.map { "\(first)\($0)" } }
    let names = ["gmail", "yahoo", "hotmail", "outlook", "live", "icloud", "orange", "gmx", "yandex", "protonmail"]
    for name in names {
      for code in codes + ["co.uk", "com.br", "co.jp", "com.mx", "co.in"] {
        #expect(Self.suggestions("ann@\(name).\(code)").isEmpty, "\(name).\(code)")
      }
    }
  }

  @Test(
    "words, short names and others that are no slip of fingers are left alone",
    arguments: [
      "zoo.com", "zoho.eu", "cloud.com", "email.com", "mail.co", "gym.com", "web.com", "life.com", "love.com",
      "hotel.com", "range.fr", "gmail.ru", "yahoo.gr", "hotmail.be", "icloud.ch", "xmail.com", "zmail.com",
      "company.cam",
      "outlet.com", "proton.net",
    ])
  func sparesOthers(domain: String) {
    #expect(Self.suggestions("ann@\(domain)").isEmpty)
  }

  @Test("of the slips of fingers nine in ten are found")
  func findsSlips() {
    var (tried, found) = (0, 0)
    func note(_ typed: String, _ meant: String) {
      guard typed != meant else { return }
      tried += 1
      if Self.suggestions("ann@" + typed).contains("ann@" + meant) { found += 1 }
    }
    for meant in [
      "gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "protonmail.com", "comcast.net",
    ] {
      let letters = Array(meant)
      for index in letters.indices {
        var (lost, doubled, swapped) = (letters, letters, letters)
        lost.remove(at: index)
        doubled.insert(letters[index], at: index)
        note(String(doubled), meant)
        // What is left of the end may be another country's.
        if index < letters.count - 3 { note(String(lost), meant) }
        if index > 0 {
          swapped.swapAt(index, index - 1)
          note(String(swapped), meant)
        }
        guard let key = letters[index].asciiValue else { continue }
        for other in UInt8(ascii: "a")...UInt8(ascii: "z") where TypingSlip.isNeighbour(key, other) {
          var beside = letters
          beside[index] = Character(Unicode.Scalar(other))
          note(String(beside), meant)
        }
      }
    }
    #expect(tried >= 500 && found * 10 >= tried * 9, "\(found) of \(tried)")
  }

  @Test("a doubled dot and a comma for a dot are seen, though the address is invalid")
  func dots() {
    #expect(Self.suggestions("ann@gmail..com") == ["ann@gmail.com"])
    #expect(Self.suggestions("ann@gmail,com") == ["ann@gmail.com"])
    #expect(Self.suggestions("ann@gmailcom") == ["ann@gmail.com"])
  }
}
