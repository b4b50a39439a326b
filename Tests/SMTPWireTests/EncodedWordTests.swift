import SMTPWire
import Testing

@Suite struct EncodedWordTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("Grüße", "=?UTF-8?B?R3LDvMOfZQ==?="), ("\u{1F600}", "=?UTF-8?B?8J+YgA==?="),
  ])
  func `a text beyond ASCII says its character set`(text: String, encoded: String) {
    #expect(EncodedWord.encode(text) == encoded)
  }

  @Test func `a long text becomes words of 75 characters at most, each of whole characters`() throws {
    let text = String(repeating: "aé\u{1F600}", count: 60)
    var octets: [UInt8] = []
    for word in EncodedWord.encode(text).split(separator: "\n ") {
      #expect(word.utf8.count <= 75)
      let part = try Base64.decode(Array(word.dropFirst(10).dropLast(2).utf8))
      #expect(String(validating: part, as: UTF8.self) != nil)
      octets += part
    }
    #expect(octets == Array(text.utf8))
  }
}
