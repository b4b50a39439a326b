/// OSC 52: the sequence that puts a text on the terminal's clipboard, in base64.
enum ClipboardSequence {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func octets(_ text: String) -> [UInt8] {
    Array("\u{1B}]52;c;".utf8) + base64(Array(text.utf8)) + [0x07]
  }

  private static func base64(_ octets: [UInt8]) -> [UInt8] {
    var encoded: [UInt8] = []
    for start in stride(from: 0, to: octets.count, by: 3) {
      let part = octets[start..<min(start + 3, octets.count)]
      let bits = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
      for index in 0...part.count { encoded.append(alphabet[bits >> (18 - 6 * index) & 63]) }
      encoded += Array(repeating: UInt8(ascii: "="), count: 3 - part.count)
    }
    return encoded
  }
}
