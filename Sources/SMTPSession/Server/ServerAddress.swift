import SMTPWire

/// An envelope address: as it was typed, and without its quotes.
package struct ServerAddress: Hashable, Sendable {
  /// The word as the client wrote it, brackets included.
  package let typed: [UInt8]
  /// The address without brackets, source route, comments and quoting; empty for the null reverse-path.
  package let octets: [UInt8]

  /// Makes an address of its unquoted octets.
  package init(typed: [UInt8], octets: [UInt8]) {
    self.typed = typed
    self.octets = octets
  }

  /// Makes an address of text that needs no quotes.
  package init(_ text: String) {
    self.init(typed: Array("<\(text)>".utf8), octets: Array(text.utf8))
  }

  /// Whether it is the null reverse-path.
  package var isNull: Bool { octets.isEmpty }

  /// What stands before the last at sign, or everything.
  package var localPart: ArraySlice<UInt8> {
    octets.lastIndex(of: UInt8(ascii: "@")).map { octets[..<$0] } ?? octets[...]
  }

  /// What stands behind the last at sign; nil without one.
  package var domain: ArraySlice<UInt8>? {
    octets.lastIndex(of: UInt8(ascii: "@")).map { octets[($0 + 1)...] }
  }

  /// The address with the quotes that its local-part needs (RFC 5321 §4.1.2).
  package var quoted: [UInt8] {
    guard !octets.isEmpty, !Self.isDotString(localPart) else { return octets }
    var text: [UInt8] = [UInt8(ascii: "\"")]
    for octet in localPart {
      if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") { text.append(UInt8(ascii: "\\")) }
      text.append(octet)
    }
    text.append(UInt8(ascii: "\""))
    if let domain { text += [UInt8(ascii: "@")] + domain }
    return text
  }

  private static func isDotString(_ part: ArraySlice<UInt8>) -> Bool {
    guard let first = part.first, let last = part.last, first != UInt8(ascii: "."), last != UInt8(ascii: ".") else {
      return false
    }
    var previous: UInt8 = 0
    for octet in part {
      if octet == UInt8(ascii: "."), previous == octet { return false }
      if octet != UInt8(ascii: "."), !octet.isAtomText { return false }
      previous = octet
    }
    return true
  }
}

extension UInt8 {
  /// Whether the octet may stand in an atom: no control, blank or special of RFC 5322 §3.2.3; part of UTF-8 may.
  var isAtomText: Bool {
    self > 0x20 && self != 0x7F && !"()<>[]:;@\\,.\"".utf8.contains(self)
  }
}
