import MailAddress
import Testing

struct AddressJSONEncoderTests {
  static func json(_ octets: [UInt8], _ profile: AddressProfile = .smtp, suggestions: [[UInt8]] = []) -> String {
    var checker = AddressChecker()
    checker.check(octets)
    var output: [UInt8] = []
    AddressJSONEncoder(profile: profile).append(octets.span, checker.report, suggestions: suggestions, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  static let valid = "\"smtp\":\"valid\",\"header\":\"valid\",\"eai\":\"valid\",\"eai-header\":\"valid\""

  @Test("a plain address is one short object")
  func writesPlain() {
    #expect(
      Self.json(Array("Ann@Host.net".utf8)) == """
        {"schema":1,"address":"Ann@Host.net","verdicts":{\(Self.valid)},"findings":[],"local":"Ann",\
        "domain":"Host.net","canonical":"Ann@host.net"}

        """)
  }

  @Test("a finding has rule, severity, place, clause and sentence")
  func writesFindings() {
    let invalid = Self.valid.split(separator: "valid").joined(separator: "invalid")
    #expect(
      Self.json(Array("a,\"@c.net".utf8)) == """
        {"schema":1,"address":"a,\\"@c.net","verdicts":{\(invalid)},"findings":[{"rule":"address.local-char",\
        "severity":"error","start":1,"end":2,"clause":"RFC 5321 §4.1.2; RFC 5322 §3.2.3",\
        "message":"“,” (U+002C COMMA) cannot stand in an unquoted local part."}],"local":null,"domain":null,\
        "canonical":null}

        """)
  }

  @Test("quotation marks in a sentence and in the address are escaped")
  func escapesQuotes() {
    let json = Self.json(Array("a@\"b".utf8))
    #expect(json.contains("\"address\":\"a@\\\"b\""))
    let backslash = Self.json(Array("\"a\"\\b@c".utf8))
    #expect(backslash.contains("\"address\":\"\\\"a\\\"\\\\b@c\""))
    let quote = Self.json(Array("a@[1]\"".utf8))
    #expect(quote.contains("“\\\"” (U+0022 QUOTATION MARK) stands after the closing \\\"]\\\"."))
  }

  @Test("nothing in the object can harm a terminal")
  func escapesControls() {
    for octet in UInt8.min...UInt8.max {
      let json = Self.json([0x61, octet, 0x40, 0x62, octet, 0x2E, 0xC2, octet])
      #expect(json.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
      #expect(json.hasSuffix("}\n") && json.dropLast().allSatisfy { $0 != "\n" })
    }
    #expect(Self.json(Array("a\u{202E}@b.net".utf8)).contains("a\\u202e@b.net"))
    #expect(Self.json(Array("a\u{E0001}@b.net".utf8)).contains("a\\udb40\\udc01@b.net"))
    #expect(Self.json([0xFF]).contains("\"address\":\"\\ufffd\""))
  }

  @Test("the severity is that of the profile, and the primary finding comes first")
  func followsProfile() {
    let address = Array("a(x)@b_c.net".utf8)
    #expect(Self.json(address, .smtp).contains("[{\"rule\":\"address.comment\",\"severity\":\"error\""))
    #expect(Self.json(address, .header).contains("\"rule\":\"address.domain-underscore\",\"severity\":\"warning\""))
    #expect(Self.json(Array("no at".utf8)).contains("\"findings\":[{\"rule\":\"address.no-at\""))
  }

  @Test("repairs and suggestions are written when there are some")
  func writesRepairs() {
    #expect(Self.json(Array(" a@b.net".utf8)).contains("\"repair\":\"a@b.net\""))
    #expect(
      Self.json(Array("a@b.net".utf8), suggestions: [Array("a@c.net".utf8)]).contains("\"suggestions\":[\"a@c.net\"]"))
    #expect(!Self.json(Array("a@b.net".utf8)).contains("suggestions"))
  }
}
