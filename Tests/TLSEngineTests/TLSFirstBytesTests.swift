import Testing

@testable import TLSEngine

@Suite("the first bytes of a peer") struct TLSFirstBytesTests {
  typealias Verdict = TLSFirstBytes.Verdict

  func judge(_ bytes: [UInt8]) -> TLSFirstBytes {
    var judged = TLSFirstBytes()
    judged.append(bytes)
    return judged
  }

  @Test("nothing is undecided, and no TLS at the end either")
  func nothing() {
    #expect(judge([]).verdict == .undecided)
    #expect(judge([]).finalVerdict == .undecided)
  }

  @Test(
    "lines and the beginnings of replies are text",
    arguments: ["220 mail", "554-", "* OK IMAP\r\n", "SSH-2.0\r\n", "EHLO a\r\n", "GET / HTTP/1.1\n", "\r\n"])
  func text(text: String) {
    let bytes = Array(text.utf8)
    #expect(judge(bytes).verdict == .text)
    for cut in 1..<bytes.count {
      var judged = judge(Array(bytes[..<cut]))
      #expect(judged.verdict != .garbage && judged.verdict != .tls)
      judged.append(bytes[cut...])
      #expect(judged.verdict == .text)
    }
  }

  @Test("text without an end is text when nothing more comes, and noise when it goes on")
  func longText() {
    #expect(judge(Array("554".utf8)).verdict == .undecided)
    #expect(judge(Array("554".utf8)).finalVerdict == .text)
    #expect(judge([UInt8](repeating: 0x79, count: 3000)).verdict == .garbage)
  }

  @Test(
    "what is neither text nor a record is garbage",
    arguments: [[0x3C, 0x97], [0, 1, 2], [0x16, 0x41], [0x15, 0], [0x41, 0x42, 0xFF, 0x0A], [0x7F], [0x1B]])
  func garbage(bytes: [UInt8]) {
    #expect(judge(bytes).verdict == .garbage)
  }

  @Test("alerts, client hellos and new server hellos are TLS")
  func tls() {
    #expect(judge([0x15, 3, 3, 0, 2, 2, 40]).verdict == .tls)
    #expect(judge([0x16, 3, 1, 0, 9, 1, 0, 0, 5, 3, 1]).verdict == .tls)
    #expect(judge([0x16, 3, 3, 0, 9, 2, 0, 0, 5, 3, 3]).verdict == .tls)
    #expect(judge([0x80, 0x2E, 1]).verdict == .tls)
  }

  @Test("an old server hello tells its version, however it is cut", arguments: [TLSVersion.tls10, .tls11])
  func oldServerHello(version: TLSVersion) {
    let minor = UInt8(truncatingIfNeeded: version.rawValue)
    let bytes: [UInt8] = [0x16, 3, minor, 0, 61, 2, 0, 0, 57, 3, minor]
    for cut in 0..<bytes.count {
      var judged = judge(Array(bytes[..<cut]))
      #expect(judged.verdict == .undecided)
      judged.append(bytes[cut...])
      #expect(judged.verdict == .serverHello(version))
    }
    #expect(judge(Array(bytes[..<8])).finalVerdict == .tls)
  }
}
