import MailAddress
import Testing

struct EscapedLineDecoderTests {
  static let escapes: [(line: String, octets: [UInt8], isRight: Bool)] = [
    ("a@b", [0x61, 0x40, 0x62], true),
    ("\\r\\n\\t\\0\\\\\\\"", [13, 10, 9, 0, 0x5C, 0x22], true),
    ("\\x41\\xfF", [0x41, 0xFF], true),
    ("\\u{E9}\\u{1F600}", [0xC3, 0xA9, 0xF0, 0x9F, 0x98, 0x80], true),
    ("\\q", [0x5C, 0x71], false),
    ("\\x4", [0x5C, 0x78, 0x34], false),
    ("\\u{D800}", Array("\\u{D800}".utf8), false),
    ("\\u{}", Array("\\u{}".utf8), false),
    ("a\\", [0x61, 0x5C], false),
  ]

  @Test("escapes stand for octets, malformed ones for themselves", arguments: escapes)
  func decodes(_ line: String, _ octets: [UInt8], _ isRight: Bool) {
    var decoded: [UInt8] = []
    #expect(EscapedLineDecoder.decode(Array(line.utf8).span, to: &decoded) == isRight)
    #expect(decoded == octets)
  }
}
