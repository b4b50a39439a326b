/// A header field that holds addresses (RFC 5322 §3.6): its name and where its body starts.
public struct AddressHeaderField: Sendable, Equatable {
  /// The name as the RFC writes it; nil when the text is a list without a field's name.
  public let name: String?
  /// Offset of the body's first octet.
  public let bodyStart: Int
  /// What the field may hold.
  public let content: Content

  /// What a field's grammar allows.
  public enum Content: Sendable, Equatable {
    /// Mailboxes and groups.
    case addressList
    /// Mailboxes and groups, or nothing (RFC 5322 §3.6.3, §3.6.6).
    case optionalAddressList
    /// Mailboxes; groups since RFC 6854.
    case mailboxList
    /// One mailbox; one group since RFC 6854.
    case mailbox
  }

  private static let fields: [(name: String, content: Content)] = [
    ("From", .mailboxList), ("Sender", .mailbox), ("Reply-To", .addressList), ("To", .addressList),
    ("Cc", .addressList),
    ("Bcc", .optionalAddressList), ("Resent-From", .mailboxList), ("Resent-Sender", .mailbox),
    ("Resent-To", .addressList),
    ("Resent-Cc", .addressList), ("Resent-Bcc", .optionalAddressList), ("Resent-Reply-To", .addressList),
    ("Disposition-Notification-To", .mailboxList), ("Errors-To", .addressList), ("Mail-Followup-To", .addressList),
    ("Mail-Reply-To", .addressList), ("Apparently-To", .addressList), ("Approved", .addressList),
  ]

  /// The names in lower case.
  private static let spellings = fields.map { $0.name.utf8.map(Octet.lowered) }

  /// Looks whether a text starts with the name of an address field and a colon. Any other text is a list: a group's
  /// name looks the same as a field's.
  public init(_ octets: [UInt8]) {
    for ((name, content), spelled) in zip(Self.fields, Self.spellings) {
      guard octets.count > spelled.count, zip(octets, spelled).allSatisfy({ Octet.lowered($0) == $1 }) else { continue }
      // White space before the colon is obsolete (§4.5) and read all the same.
      guard let colon = octets[spelled.count...].firstIndex(where: { !Octet.isBlank($0) }), octets[colon] == Octet.colon
      else { continue }
      self.init(name: name, bodyStart: colon + 1, content: content)
      return
    }
    self.init(name: nil, bodyStart: 0, content: .addressList)
  }

  private init(name: String?, bodyStart: Int, content: Content) {
    self.name = name
    self.bodyStart = bodyStart
    self.content = content
  }

  /// The list in a field's body. That there is no address is found only where one has to be.
  public func list(in body: [UInt8]) -> AddressList {
    var list = AddressListParser.parse(body)
    if content == .optionalAddressList { list.findings.removeAll { $0.rule == .listEmpty } }
    return list
  }

  /// Whether a list is what the field may hold, in a profile. Groups are allowed everywhere (RFC 6854).
  public func allows(_ list: AddressList, _ profile: AddressProfile = .header) -> Bool {
    guard list.verdict(profile) != .invalid else { return false }
    return content != .mailbox || list.entries.count == 1 && !list.hasSeparator
  }
}
