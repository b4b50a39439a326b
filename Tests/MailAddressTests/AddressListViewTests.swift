import MailAddress
import Testing

struct AddressListViewTests {
  @Test("the list, its first error and its mailboxes are shown")
  func shows() {
    let list = "Ann <a@b_c.net>, g: d@e.net; x"
    var output: [UInt8] = []
    AddressListView().append(Array(list.utf8), AddressListParser.parse(list), to: &output)
    #expect(
      String(decoding: output, as: UTF8.self) == """
        ✗ \(list)
                                       ^
          error at 29: “x” (U+0078 LATIN SMALL LETTER X) stands where a comma or the end should. (RFC 5322 §3.4) \
        [list.expected-comma]
          ! a@b_c.net  Ann
          warning at 8: An underscore cannot stand in a host name. (RFC 5321 §4.1.2, §2.3.5; RFC 1123 §2.1) \
        [address.domain-underscore]
          group g
          ✓ d@e.net

        """)
  }

  @Test("the JSON object has list, verdicts, findings and mailboxes")
  func writes() {
    let list = "\"Ann\" <a@b.net>, g: ;"
    var output: [UInt8] = []
    AddressListJSONEncoder().append(Array(list.utf8), AddressListParser.parse(list), to: &output)
    #expect(
      String(decoding: output, as: UTF8.self) == """
        {"schema":1,"list":"\\"Ann\\" <a@b.net>, g: ;","verdicts":{"header":"valid","eai-header":"valid"},"strict":true,\
        "findings":[],"mailboxes":[{"name":"Ann","group":null,"local":"a","domain":"b.net","start":7,"end":14,\
        "verdicts":{"smtp":"valid","header":"valid","eai":"valid","eai-header":"valid"},"findings":[]}]}

        """)
  }

  @Test("findings in a list are objects with their place in it")
  func writesFindings() {
    let list = "g: a@b_c.net, \u{7}"
    var output: [UInt8] = []
    AddressListJSONEncoder().append(Array(list.utf8), AddressListParser.parse(list), to: &output)
    let json = String(decoding: output, as: UTF8.self)
    #expect(json.contains("\"rule\":\"list.char\",\"severity\":\"error\",\"start\":14,\"end\":15"))
    #expect(json.contains("U+0007 ALERT cannot stand outside quotes or comments."))
    #expect(json.contains("\"list\":\"g: a@b_c.net, \\u0007\""))
  }

  @Test("what is recovered has the verdicts on its address")
  func writesRecovery() {
    let recovered = AddressListRecovery.recover(Array("Ann <a@@b.net>; \u{7}".utf8))
    var json: [UInt8] = []
    AddressListJSONEncoder().appendRecovery(recovered.mailboxes, recovered.forgiven, to: &json)
    #expect(
      String(decoding: json, as: UTF8.self).hasPrefix(
        """
        ,"recovered":[{"name":"Ann","address":"a@@b.net","start":5,"end":13,"verdicts":{"smtp":"invalid",\
        "header":"invalid","eai":"invalid","eai-header":"invalid"}}],"forgiven":[{"rule":"list.forgave-separator",
        """))
    var text: [UInt8] = []
    AddressListView().appendRecovery(recovered.mailboxes, recovered.forgiven, to: &text)
    #expect(String(decoding: text, as: UTF8.self).hasSuffix("  found ✗ a@@b.net  Ann\n"))
  }
}
