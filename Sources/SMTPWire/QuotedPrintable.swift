/// The encoding that leaves ASCII readable and writes every other octet as `=HH` (RFC 2045 §6.7).
package enum QuotedPrintable {
  /// Encodes a text whose lines end in LF; no line is longer than 76 characters.
  package static func encode(_ text: some Collection<UInt8>) -> [UInt8] {
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    return Array(lines.map { encodeLine(Array($0)) }.joined(separator: [0x0A]))
  }

  private static func encodeLine(_ line: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var width = 0
    for (index, octet) in line.enumerated() {
      let isLast = index == line.count - 1
      // A blank at a line's end would be lost on the way.
      let isPlain = (0x21...0x7E).contains(octet) && octet != UInt8(ascii: "=") || octet.isASCIIBlank && !isLast
      let piece = isPlain ? [octet] : [UInt8(ascii: "=")] + octet.hexadecimal
      if width + piece.count > (isLast ? 76 : 75) {
        output += [UInt8(ascii: "="), 0x0A]
        width = 0
      }
      output += piece
      width += piece.count
    }
    return output
  }
}
