/// Text beyond ASCII in a header field, as words that say their character set (RFC 2047).
package enum EncodedWord {
  /// Encodes the value of an unstructured field; a value in ASCII stays as it is.
  ///
  /// The words have at most 75 characters and stand on lines of their own, which end in LF and begin with a blank.
  package static func encode(_ value: String) -> String {
    if value.utf8.allSatisfy({ $0 < 0x80 }) { return value }
    var words: [String] = []
    var octets: [UInt8] = []
    for scalar in value.unicodeScalars {
      let piece = Array(String(scalar).utf8)
      // 45 octets are 60 characters of base64; no character is cut.
      if octets.count + piece.count > 45 {
        words.append(word(octets))
        octets = []
      }
      octets += piece
    }
    return (words + [word(octets)]).joined(separator: "\n ")
  }

  private static func word(_ octets: [UInt8]) -> String {
    "=?UTF-8?B?" + String(decoding: Base64.encode(octets), as: UTF8.self) + "?="
  }
}
