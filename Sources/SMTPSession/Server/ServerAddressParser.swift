import SMTPWire

/// Takes the address out of a word of MAIL, RCPT or VRFY, as leniently as Postfix does.
///
/// The brackets may be missing, text may stand before them, comments and a source route are dropped (RFC 5321 §4.1.1.3),
/// unneeded quoting is taken away. Whether the domain is one is not judged here.
struct ServerAddressParser {
  private var rest: ArraySlice<UInt8>
  private var octets: [UInt8] = []
  private var lastWasWord = false
  private var hasBrackets = false
  private var isClosed = false
  private var hasOtherWords = false

  private init(_ word: [UInt8]) {
    rest = word[...]
  }

  /// The address in a word; nil when there is more than one, a quote or bracket has no end, or, with `strict`, when
  /// anything but one bracketed address is there.
  static func parse(_ word: [UInt8], strict: Bool) -> ServerAddress? {
    var parser = ServerAddressParser(word)
    guard parser.run() else { return nil }
    if strict, parser.hasOtherWords || word.first != UInt8(ascii: "<") || parser.octets.first == UInt8(ascii: "@") {
      return nil
    }
    return ServerAddress(typed: word, octets: parser.octets)
  }

  private mutating func run() -> Bool {
    while let octet = rest.popFirst() {
      switch octet {
      case 0x20, 0x09: continue
      case UInt8(ascii: "("): skipComment()
      case UInt8(ascii: "<"):
        guard !hasBrackets || octets.isEmpty else { return false }
        hasOtherWords = hasOtherWords || !octets.isEmpty
        hasBrackets = true
        (octets, lastWasWord) = ([], false)
      case UInt8(ascii: ">"): isClosed = hasBrackets
      case UInt8(ascii: ","):
        // Only the domains of a source route may be more than one.
        guard octets.first == UInt8(ascii: "@"), rest.contains(UInt8(ascii: ":")) else { return false }
        (octets, lastWasWord) = ([], false)
      case UInt8(ascii: ":"):
        // The end of a source route, or of a group's name.
        (octets, lastWasWord) = ([], false)
      case UInt8(ascii: ";"): return false
      default:
        guard !isClosed, take(octet) else { return false }
      }
    }
    return true
  }

  private mutating func take(_ octet: UInt8) -> Bool {
    switch octet {
    case UInt8(ascii: "\""):
      return beginWord() && takeQuoted(until: octet)
    case UInt8(ascii: "["):
      octets.append(octet)
      guard takeQuoted(until: UInt8(ascii: "]")) else { return false }
      octets.append(UInt8(ascii: "]"))
    case UInt8(ascii: "."), UInt8(ascii: "@"), UInt8(ascii: "]"), UInt8(ascii: ")"):
      octets.append(octet)
      lastWasWord = false
    default:
      return beginWord() && takeAtom(octet)
    }
    return true
  }

  /// Two words side by side are no address.
  private mutating func beginWord() -> Bool {
    defer { lastWasWord = true }
    return !lastWasWord || hasBracketsAhead
  }

  private var hasBracketsAhead: Bool { !hasBrackets && rest.contains(UInt8(ascii: "<")) }

  private mutating func takeAtom(_ first: UInt8) -> Bool {
    var octet: UInt8? = first
    while let current = octet {
      if current == UInt8(ascii: "\\") {
        guard let escaped = rest.popFirst() else { return false }
        octets.append(escaped)
      } else {
        octets.append(current)
      }
      guard let next = rest.first, next == UInt8(ascii: "\\") || next.isAtomText || next < 0x20 || next == 0x7F,
        next != 0x09
      else { return true }
      octet = rest.popFirst()
    }
    return true
  }

  private mutating func takeQuoted(until end: UInt8) -> Bool {
    while let octet = rest.popFirst() {
      if octet == end { return true }
      if octet == UInt8(ascii: "\\") {
        guard let escaped = rest.popFirst() else { return false }
        octets.append(escaped)
      } else {
        octets.append(octet)
      }
    }
    return false
  }

  private mutating func skipComment() {
    var depth = 1
    while depth > 0, let octet = rest.popFirst() {
      switch octet {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: "\\"): _ = rest.popFirst()
      default: break
      }
    }
  }
}
