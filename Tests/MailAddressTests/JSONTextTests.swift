import Testing

@testable import MailAddress

struct JSONTextTests {
  /// The string octet by octet.
  static func expected(_ octets: [UInt8]) -> String {
    "\""
      + octets.map { octet in
        switch octet {
        case 0x22: "\\\""
        case 0x5C: "\\\\"
        case ..<0x20, 0x7F: "\\u00" + (octet < 16 ? "0" : "") + String(octet, radix: 16)
        case 0x80...: "\\ufffd"
        default: String(UnicodeScalar(octet))
        }
      }.joined() + "\""
  }

  @Test("each octet is written as it must be wherever it stands in a string")
  func escapesEachOctet() {
    for octet in 0...UInt8.max {
      for length in 1...18 {
        for place in 0..<length {
          var octets = (0..<length).map { UInt8(0x61 + $0) }
          octets[place] = octet
          var output: [UInt8] = []
          JSONText.append(octets.span, to: &output)
          #expect(String(decoding: output, as: UTF8.self) == Self.expected(octets))
          let isPlain = JSONText.isPlain(octets.span)
          #expect(isPlain == (output.count == length + 2))
        }
      }
    }
  }

  @Test("text in UTF-8 stands as it is unless it is dangerous to show")
  func keepsText() {
    var output: [UInt8] = []
    JSONText.append(Array("用户\u{202E}\u{E0001}dörte".utf8).span, to: &output)
    #expect(String(decoding: output, as: UTF8.self) == "\"用户\\u202e\\udb40\\udc01dörte\"")
  }
}
