/// What may stand between the angle brackets of MAIL and RCPT without adding to the command.
///
/// It is not a judgement of the address: a tool for trying servers may send any address, but nothing behind it.
package enum EnvelopePath {
  /// Why a path would break out of its brackets; nil when it cannot.
  package static func fault(in path: String) -> String? {
    var isQuoted = false
    var isEscaped = false
    for octet in path.utf8 {
      if octet < 0x20 || octet == 0x7F { return "a control character cannot stand in an address" }
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
}
