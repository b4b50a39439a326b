import SASL
import Testing

@Suite("Taking AUTH strings apart")
struct SASLStringDecoderTests {
  private func fields(_ text: String) throws -> [String] {
    try SASLStringDecoder(text).fields.map {
      "\($0.name)=\(String(decoding: $0.octets, as: UTF8.self))\($0.isSecret ? "!" : "")"
    }
  }

  @Test(
    "PLAIN's three fields, however the string was pasted",
    arguments: [
      "AGFsaWNlAHdvbmRlcmxhbmQ=", "AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=", "auth plain AGFsaWNlAHdvbmRlcmxhbmQ=\r\n",
      "C: AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=",
    ])
  func plain(text: String) throws {
    #expect(try fields(text) == ["authzid=", "user=alice", "password=wonderland!"])
  }

  @Test("LOGIN's prompts and user")
  func login() throws {
    #expect(try fields("334 VXNlcm5hbWU6") == ["prompt=Username:"])
    #expect(try SASLStringDecoder("S: 334 UGFzc3dvcmQ6").kind == "LOGIN prompt")
    #expect(try fields("AUTH LOGIN YWxpY2U=") == ["user=alice"])
  }

  @Test("CRAM-MD5's challenge and response (RFC 2195)")
  func cramMD5() throws {
    #expect(
      try SASLStringDecoder("334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+").kind == "CRAM-MD5 challenge"
    )
    #expect(
      try fields("dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw") == [
        "user=tim", "digest=b913a602c7eda7a495b4e6e7334d3890!",
      ])
  }

  @Test("what was probably not meant is noted")
  func notes() throws {
    #expect(try SASLStringDecoder("AGFsaWNlAHdvbmRlcmxhbmQK").notes.first?.contains("line feed") == true)
    #expect(try SASLStringDecoder("QUdGc2FXTmxBSGR2Ym1SbGNteGhibVE9").notes.first?.contains("twice") == true)
    #expect(try SASLStringDecoder("AUTH PLAIN YWxpY2U=").notes.first?.contains("three fields") == true)
    #expect(try SASLStringDecoder("AUTH PLAIN").notes.count == 1)
    // "\0alice", "alice\0secret", "alice\0secret" alone, a backslash and a digit, a name and a line feed.
    #expect(try SASLStringDecoder("AUTH PLAIN AGFsaWNl").notes.first?.contains("the password is missing") == true)
    #expect(try SASLStringDecoder("AUTH PLAIN YWxpY2UAc2VjcmV0").notes.first?.contains("authzid is missing") == true)
    #expect(try SASLStringDecoder("YWxpY2UAc2VjcmV0").notes.first?.contains("authzid is missing") == true)
    #expect(try SASLStringDecoder("XDBhbGljZVwwc2VjcmV0").notes.first?.contains("instead of NUL") == true)
    #expect(try SASLStringDecoder("QUdGc2FXTmxBSE5sWTNKbGRBPT0=").notes.last?.hasSuffix("of PLAIN") == true)
  }

  @Test("what may hold a secret is veiled, but for what it is")
  func veiled() {
    #expect(SASLStringDecoder.veiled(Array("C: auth plain AGF*=".utf8)) == "C: auth plain •••••")
    #expect(SASLStringDecoder.veiled(Array("334 VXN\r\n535 a".utf8)) == "334 •••\\r\\n535 •")
    let broken = SASLExchangeDecoder("AUTH PLAIN AGF*").entries[0]
    #expect(broken.hasSecret && broken.masked == "AUTH PLAIN ••••")
    #expect(!SASLExchangeDecoder("334 AGF*").entries[0].hasSecret)
  }

  @Test(
    "what is no base64 is refused at its place",
    arguments: [
      ("AGFs*WNl", 4), ("AUTH PLAIN AGF!", 14), ("AGFsaW", 6), ("AG=saWNl", 2), ("AGFsaWN=", 6),
    ])
  func mistakes(text: String, offset: Int) {
    #expect(
      performing: { try SASLStringDecoder(text) }, throws: { ($0 as? SASLStringDecoder.Failure)?.offset == offset })
  }
}
