/// What may stand between the angle brackets of MAIL and RCPT without adding to the command.
///
/// It is not a judgement of the address: a tool for trying servers may send any address, but nothing behind it.
package enum EnvelopePath {
  /// Why a path would break out of its brackets; nil when it cannot.
  package static func fault(in path: String) -> String? {
    let acts = path.unicodeScalars.contains { $0.properties.generalCategory == .control || Self.isLineBreak($0) }
    if acts { return "a control character cannot stand in an address" }
    var isQuoted = false
    var isEscaped = false
    for octet in path.utf8 {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch octet {
      case UInt8(ascii: "\\"): isEscaped = true
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: " "), UInt8(ascii: "<"), UInt8(ascii: ">"):
        if !isQuoted { return "a blank or an angle bracket can stand in an address only between quotes" }
      default: break
      }
    }
    return isQuoted || isEscaped ? "a quote or a backslash is left open" : nil
  }

  private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool { scalar == "\u{2028}" || scalar == "\u{2029}" }
}
