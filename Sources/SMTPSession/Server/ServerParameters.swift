import SMTPWire

/// The parameters of MAIL (RFC 1870, RFC 6152, RFC 3461 §4.3, RFC 4954 §5, RFC 6531).
package struct MailParameters: Hashable, Sendable {
  /// What a message of delivery failure is to contain.
  package enum Return: String, Hashable, Sendable {
    case full = "FULL"
    case headers = "HDRS"
  }

  /// The size that the client declared, in octets; 0 when it declared none.
  package var size = 0
  /// `7BIT` or `8BITMIME`; nil when nothing was said.
  package var body: String?
  /// RET; nil when nothing was said.
  package var ret: Return?
  /// The envelope id, decoded.
  package var envelopeID: [UInt8]?
  /// Whether SMTPUTF8 was said.
  package var smtputf8 = false

  /// No parameters.
  package init() {}

  /// Takes a word in; the reply says what is wrong with it.
  mutating func take(_ word: [UInt8], _ configuration: ServerConfiguration) -> Reply? {
    guard let match = configuration.parameter(word, of: .mail), let value = match.value(in: word) else {
      return ServerReplies.unsupportedOption(word)
    }
    if match.owner.keyword == "DSN", !configuration.announces("DSN") { return ServerReplies.dsnDisabled }
    switch match.parameter.name {
    case "SIZE": return takeSize(value)
    case "AUTH": return nil
    case "SMTPUTF8" where configuration.smtputf8: smtputf8 = true
    case "RET": return takeReturn(value)
    case "ENVID": return takeEnvelopeID(value)
    case "BODY" where match.fit == .whole: body = String(decoding: value.map(\.asciiUppercased), as: UTF8.self)
    case "BODY", "SMTPUTF8": return ServerReplies.unsupportedOption(word)
    default: return match.fit == .whole ? nil : ServerReplies.badParameter(match.parameter.name)
    }
    return nil
  }

  private mutating func takeSize(_ value: ArraySlice<UInt8>) -> Reply? {
    guard !value.isEmpty, value.allSatisfy(\.isASCIIDigit) else { return ServerReplies.badSize }
    guard let number = Int(String(decoding: value.prefix(20), as: UTF8.self)), value.count <= 20 else {
      return ServerReplies.sizeBeyondSystem
    }
    size = number
    return nil
  }

  private mutating func takeReturn(_ value: ArraySlice<UInt8>) -> Reply? {
    let upper = String(decoding: value.map(\.asciiUppercased), as: UTF8.self)
    guard ret == nil, let known = Return(rawValue: upper) else { return ServerReplies.badReturn }
    ret = known
    return nil
  }

  private mutating func takeEnvelopeID(_ value: ArraySlice<UInt8>) -> Reply? {
    guard envelopeID == nil, !value.isEmpty, let decoded = LenientXtext.decode(value) else {
      return ServerReplies.badEnvelopeID
    }
    envelopeID = decoded
    return nil
  }
}

/// The parameters of RCPT (RFC 3461 §4.1, §4.2).
package struct RcptParameters: Hashable, Sendable {
  /// When the sender wants to hear of this recipient.
  package enum Notification: String, Hashable, Sendable {
    case success = "SUCCESS"
    case failure = "FAILURE"
    case delay = "DELAY"
    case never = "NEVER"
  }

  /// Empty when nothing was said.
  package var notify: Set<Notification> = []
  /// The original recipient: its type, `;`, and the address in xtext, as it came.
  package var originalRecipient: [UInt8]?

  /// No parameters.
  package init() {}

  /// Takes a word in; the reply says what is wrong with it.
  mutating func take(_ word: [UInt8], _ configuration: ServerConfiguration) -> Reply? {
    guard let match = configuration.parameter(word, of: .rcpt), let value = match.value(in: word) else {
      return ServerReplies.unsupportedOption(word)
    }
    if match.owner.keyword == "DSN", !configuration.announces("DSN") { return ServerReplies.dsnDisabled }
    switch match.parameter.name {
    case "NOTIFY": return takeNotify(value)
    case "ORCPT": return takeOriginal(value)
    default: return match.fit == .whole ? nil : ServerReplies.badParameter(match.parameter.name)
    }
  }

  private mutating func takeNotify(_ value: ArraySlice<UInt8>) -> Reply? {
    guard notify.isEmpty else { return ServerReplies.badNotify }
    for part in value.split(separator: UInt8(ascii: ",")) {
      let upper = String(decoding: part.map(\.asciiUppercased), as: UTF8.self)
      guard let known = Notification(rawValue: upper) else { return ServerReplies.badNotify }
      notify.insert(known)
    }
    let isSound = !notify.isEmpty && (!notify.contains(.never) || notify.count == 1)
    return isSound ? nil : ServerReplies.badNotify
  }

  private mutating func takeOriginal(_ value: ArraySlice<UInt8>) -> Reply? {
    let type = value.prefix { $0 != UInt8(ascii: ";") }
    let address = value.dropFirst(type.count + 1)
    guard originalRecipient == nil, !type.isEmpty, value.count > type.count, LenientXtext.decode(address) != nil else {
      return ServerReplies.badOriginalRecipient
    }
    originalRecipient = Array(value)
    return nil
  }
}

/// Xtext as Postfix reads it: any printable octet stands for itself, `+` and two hexadecimal digits for another.
enum LenientXtext {
  /// The decoded octets; nil when `+` is not followed by two digits, or a control character is there.
  static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var octets: [UInt8] = []
    var rest = text
    while let octet = rest.popFirst() {
      guard octet == UInt8(ascii: "+") else {
        guard octet > 0x20, octet != 0x7F else { return nil }
        octets.append(octet)
        continue
      }
      guard let high = rest.popFirst()?.hexadecimalValue, let low = rest.popFirst()?.hexadecimalValue else {
        return nil
      }
      octets.append(high << 4 | low)
    }
    return octets
  }
}
