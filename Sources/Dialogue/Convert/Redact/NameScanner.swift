import SMTPWire

/// Finds mailboxes, host names and IP addresses in a text, and gives the text with their stand-ins.
struct NameScanner {
  /// Whether the names are only looked at, so that the stand-ins know them.
  let isSurvey: Bool
  var standIns: StandIns
  /// Whether the text is a header field that holds message ids.
  private var holdsMessageIDs = false

  init(isSurvey: Bool, standIns: StandIns = StandIns()) {
    self.isSurvey = isSurvey
    self.standIns = standIns
  }

  /// The text with stand-ins.
  mutating func rewrite(_ text: [UInt8]) -> [UInt8] {
    let field = text.prefix { $0 != UInt8(ascii: ":") }.text.lowercased()
    holdsMessageIDs = ["message-id", "in-reply-to", "references", "resent-message-id"].contains(field)
    var output: [UInt8] = []
    var rest = text[...]
    while let octet = rest.first {
      if octet == UInt8(ascii: "\""), let local = Self.quotedLocalPart(rest) {
        let domain = rest[(local.endIndex + 2)...].prefix { !Self.endsWord($0) }
        let isReserved = StandIns.isReserved(name: Self.lowercased(domain))
        output += isReserved ? rest[..<(local.endIndex + 1)] : replacement(user: local)[...]
        rest = rest[local.endIndex...].dropFirst()
      } else if Self.endsWord(octet) {
        output.append(octet)
        rest = rest.dropFirst()
      } else {
        let word = rest.prefix { !Self.endsWord($0) }
        output += rewrite(word: word)
        rest = rest[word.endIndex...]
      }
    }
    return output
  }

  private static func endsWord(_ octet: UInt8) -> Bool {
    octet <= 0x20 || octet == 0x7F || "<>()[],;\"|{}".utf8.contains(octet)
  }

  /// What stands between a quote and the quote that an at sign follows.
  private static func quotedLocalPart(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var index = text.startIndex + 1
    while index < text.endIndex, index - text.startIndex < 320, text[index] != UInt8(ascii: "\"") {
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard index + 1 < text.endIndex, text[index] == UInt8(ascii: "\""), text[index + 1] == UInt8(ascii: "@") else {
      return nil
    }
    return text[(text.startIndex + 1)..<index]
  }

  private mutating func rewrite(word: ArraySlice<UInt8>) -> [UInt8] {
    if let at = word.lastIndex(of: UInt8(ascii: "@")) { return rewrite(mailbox: word, at) }
    let core = Self.withoutPunctuation(word)
    let tail = word[core.endIndex...]
    if Self.isIPv6(core) { return replacement(address: core) + tail }
    if core.count > 5, core.prefix(5).equalsIgnoringCase("IPv6:"), Self.isIPv6(core.dropFirst(5)) {
      return core.prefix(5) + replacement(address: core.dropFirst(5)) + tail
    }
    return rewrite(parts: word)
  }

  private mutating func rewrite(mailbox word: ArraySlice<UInt8>, _ at: Int) -> [UInt8] {
    var local = word[..<at]
    var head: ArraySlice<UInt8> = []
    if let end = local.firstIndex(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }),
      Self.keywords.contains(local[..<end].text.lowercased())
    {
      head = local[...end]
      local = local[(end + 1)...]
    }
    let domain = Self.withoutPunctuation(word[(at + 1)...])
    let isReserved = StandIns.isReserved(name: Self.lowercased(domain))
    if isSurvey {
      standIns.meet(domain: domain)
      if isReserved { standIns.keep(local) }
      return []
    }
    let tail = word[domain.endIndex...]
    guard !isReserved || domain.isEmpty else { return Array(word) }
    let user: [UInt8] = local.isEmpty ? [] : standIns.user(local, isMessageID: holdsMessageIDs)
    var output = Array(head)
    output += user
    output.append(UInt8(ascii: "@"))
    if !domain.isEmpty { output += standIns.name(domain) }
    return output + tail
  }

  /// Words before a mailbox that are no part of it.
  private static let keywords: Set<String> = [
    "auth", "orcpt", "from", "to", "mailto", "user", "email", "mail", "rcpt", "smtp.mailfrom", "header.from", "envid",
    "names", "addr", "cn", "uid", "sender",
  ]

  /// A word that may hold names between slashes, colons and the like.
  private mutating func rewrite(parts word: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var rest = word
    while let octet = rest.first {
      guard Self.isNameOctet(octet) else {
        output.append(octet)
        rest = rest.dropFirst()
        continue
      }
      let part = rest.prefix(while: Self.isNameOctet)
      rest = rest[part.endIndex...]
      let core = Self.withoutPunctuation(part)
      if Self.isIPv4(core) {
        output += replacement(address: core) + part[core.endIndex...]
      } else if Self.isHostName(core) {
        output += replacement(name: core) + part[core.endIndex...]
      } else {
        output += part
      }
    }
    return output
  }

  private mutating func replacement(name: ArraySlice<UInt8>) -> [UInt8] {
    guard isSurvey else { return standIns.name(name) }
    if StandIns.isReserved(name: Self.lowercased(name)) { standIns.keep(name) }
    return []
  }

  private mutating func replacement(address: ArraySlice<UInt8>) -> [UInt8] {
    guard isSurvey else { return standIns.address(address) }
    if StandIns.isReserved(address: Array(address.text.lowercased().utf8)) { standIns.keep(address) }
    return []
  }

  private mutating func replacement(user: ArraySlice<UInt8>) -> [UInt8] { isSurvey ? [] : standIns.user(user) }
}

// What a word is.
extension NameScanner {
  private static func isNameOctet(_ octet: UInt8) -> Bool {
    octet.isASCIILetter || octet.isASCIIDigit || octet >= 0x80 || octet == UInt8(ascii: ".")
      || octet == UInt8(ascii: "-")
      || octet == UInt8(ascii: "_")
  }

  private static func lowercased(_ octets: some Sequence<UInt8>) -> [UInt8] {
    octets.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
  }

  /// Without what ends a sentence.
  private static func withoutPunctuation(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var slice = word
    while let last = slice.last, ".:!?'-_".utf8.contains(last) { slice.removeLast() }
    return slice
  }

  /// Two labels or more, the last one of letters.
  static func isHostName(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count <= 255 else { return false }
    let labels = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2, let last = labels.last, last.count >= 2, labels.allSatisfy({ !$0.isEmpty }) else {
      return false
    }
    return last.begins(with: "xn--") || last.allSatisfy { $0.isASCIILetter || $0 >= 0x80 }
  }

  static func isIPv4(_ word: ArraySlice<UInt8>) -> Bool {
    let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { part in part.count <= 3 && (ImportNumber.decimal(part) ?? 256) < 256 }
  }

  /// RFC 4291 §2.2, an IPv4 address at its end included.
  static func isIPv6(_ word: ArraySlice<UInt8>) -> Bool {
    guard (2...45).contains(word.count), word.contains(UInt8(ascii: ":")) else { return false }
    var groups = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var count = 0
    if let last = groups.last, isIPv4(last) {
      groups.removeLast()
      count = 2
    }
    guard groups.allSatisfy({ $0.count <= 4 && $0.allSatisfy { $0.hexadecimalValue != nil } }) else { return false }
    count += groups.count { !$0.isEmpty }
    return word.holds("::") ? count < 8 && count > 0 || word.elementsEqual("::".utf8) : count == 8
  }
}
