/// A mailbox in a list: a display name, perhaps, and an address.
public struct ListMailbox: Sendable, Equatable {
  /// The display name without quotation marks, comments and folds; nil when there is none.
  public internal(set) var name: [UInt8]?
  /// The local part without comments and white space, quotation marks kept.
  public internal(set) var local: [UInt8]
  /// The domain without comments and white space.
  public internal(set) var domain: [UInt8]
  /// The octets of the addr-spec in the list.
  public internal(set) var range: Range<Int>
  /// Whether a source route stands before the address (RFC 5322 §4.4).
  public internal(set) var hasRoute = false

  /// The address without comments and white space.
  public var address: [UInt8] { local + [Octet.at] + domain }
}

/// An element of a list.
public enum ListEntry: Sendable, Equatable {
  /// A mailbox on its own.
  case mailbox(ListMailbox)
  /// A group (RFC 5322 §3.4) with its mailboxes, perhaps none.
  case group(name: [UInt8], members: [ListMailbox])

  /// The group's name; nil for a mailbox.
  public var groupName: [UInt8]? {
    if case .group(let name, _) = self { name } else { nil }
  }

  /// The mailboxes of the element.
  public var mailboxes: [ListMailbox] {
    switch self {
    case .mailbox(let mailbox): [mailbox]
    case .group(_, let members): members
    }
  }
}

/// What a header field with addresses holds: `address-list` of RFC 5322 §3.4.
public struct AddressList: Sendable, Equatable {
  /// The elements in their order, up to the first error.
  public internal(set) var entries: [ListEntry] = []
  /// What was found in the list itself; what speaks about one address is in that address's own report.
  public internal(set) var findings: [AddressFinding] = []
  /// Whether a comma stands in the list outside groups.
  var hasSeparator = false

  /// All mailboxes, those of groups among them.
  public var mailboxes: [ListMailbox] { entries.flatMap(\.mailboxes) }

  /// What the profiles `header` and `eaiHeader` say of the list; the envelope has no lists.
  public func verdict(_ profile: AddressProfile) -> AddressVerdict {
    let severities = findings.map { $0.rule.severity(in: profile) }
    if severities.contains(where: \.isInvalid) { return .invalid }
    return severities.contains { $0 >= .caution } ? .warning : .valid
  }

  /// Whether the list is valid without obsolete forms: what a program may write.
  public func isStrict(_ profile: AddressProfile = .header) -> Bool {
    verdict(profile) != .invalid && !findings.contains { $0.rule.severity(in: profile) == .obsolete }
  }

  /// Whether the list is a `mailbox-list`: valid and without groups, as From wants it but for RFC 6854.
  public func isMailboxList(_ profile: AddressProfile = .header) -> Bool {
    verdict(profile) != .invalid
      && entries.allSatisfy { if case .mailbox = $0 { true } else { false } }
  }

  /// Whether the list is one `mailbox`, as Sender wants it.
  public func isSingleMailbox(_ profile: AddressProfile = .header) -> Bool {
    isMailboxList(profile) && entries.count == 1 && !hasSeparator
  }
}
