import MailAddress

/// Judges header fields that hold addresses, or lists without a field's name. A field goes on with lines that start
/// with white space, unless escapes stand for its line ends. An empty line is no field: it only ends one, as it ends the
/// header of a message.
struct CheckFieldRunner: CheckRunner {
  private var counts = CheckCounts()
  private let profile: AddressProfile
  private let isJSON: Bool
  private let isEscaped: Bool
  private let recovers: Bool
  private let encoder: AddressListJSONEncoder
  private let view: AddressListView
  private var output: [UInt8] = []
  private var field: [UInt8]?
  private var isTooLong = false

  init(profile: AddressProfile, isJSON: Bool, isEscaped: Bool, recovers: Bool) {
    (self.profile, self.isJSON, self.isEscaped, self.recovers) = (profile, isJSON, isEscaped, recovers)
    encoder = AddressListJSONEncoder(profile: Self.listProfile(profile))
    view = AddressListView(profile: Self.listProfile(profile))
  }

  var isInvalid: Bool { counts.isInvalid }

  /// The envelope has no lists: its addresses stand in a list by the header's rules.
  private static func listProfile(_ profile: AddressProfile) -> AddressProfile {
    profile == .eai || profile == .eaiHeader ? .eaiHeader : .header
  }

  mutating func take(argument: [UInt8]) throws {
    if isEscaped {
      try takeEscaped(argument.span)
    } else {
      field = argument
      try endItem()
    }
  }

  mutating func take(_ line: Span<UInt8>, isTruncated: Bool) throws {
    if line.isEmpty { return try endItem() }
    let octets = line.withUnsafeBufferPointer { Array($0) }
    let continues = !isEscaped && (octets[0] == 0x20 || octets[0] == 0x09)
    if !continues { try endItem() }
    isTooLong = isTooLong || isTruncated
    if isEscaped { return try takeEscaped(line) }
    guard let start = field else {
      field = octets
      return
    }
    isTooLong = isTooLong || start.count + octets.count > AddressLineReader.limit
    if !isTooLong { field?.append(contentsOf: [13, 10] + octets) }
  }

  private mutating func takeEscaped(_ line: Span<UInt8>) throws {
    var octets: [UInt8] = []
    if !EscapedLineDecoder.decode(line, to: &octets) { counts.malformedEscapes += 1 }
    field = octets
    try endItem()
  }

  mutating func endItem() throws {
    guard let octets = field else { return }
    let isCut = isTooLong
    (field, isTooLong) = (nil, false)
    if isCut { counts.truncatedLines += 1 }
    judge(octets, isCut: isCut)
    try CheckOutput.writeIfFull(&output)
  }

  /// Judges a field. A field that was cut is judged by its beginning and is never valid.
  private mutating func judge(_ octets: [UInt8], isCut: Bool) {
    let kind = AddressHeaderField(octets)
    let body = Array(octets[kind.bodyStart...])
    let list = kind.list(in: body)
    let isValid = kind.allows(list, Self.listProfile(profile)) && list.mailboxes.allSatisfy(isUsable)
    if !isValid || isCut { counts.isInvalid = true }
    let recovery = recovers ? AddressListRecovery.recover(body) : nil
    if isJSON {
      appendJSON(body, list, kind, isValid && !isCut, recovery)
    } else {
      appendText(body, list, kind, isValid, recovery)
    }
  }

  /// Whether a mailbox's address is valid in the envelope, where the envelope was asked for.
  private func isUsable(_ mailbox: ListMailbox) -> Bool {
    guard profile == .smtp || profile == .eai else { return true }
    var checker = AddressChecker()
    checker.check(mailbox.address)
    return checker.report.isValid(profile)
  }

  private mutating func appendJSON(
    _ body: [UInt8], _ list: AddressList, _ kind: AddressHeaderField, _ isValid: Bool, _ recovery: Recovery?
  ) {
    encoder.append(body, list, to: &output)
    output.removeLast(2)
    let name = kind.name.map { "\"\($0)\"" } ?? "null"
    output += Array(",\"field\":\(name),\"valid\":\(isValid)".utf8)
    if let recovery { encoder.appendRecovery(recovery.mailboxes, recovery.forgiven, to: &output) }
    output += Array("}\n".utf8)
  }

  private mutating func appendText(
    _ body: [UInt8], _ list: AddressList, _ kind: AddressHeaderField, _ isValid: Bool, _ recovery: Recovery?
  ) {
    view.append(body, list, to: &output)
    if let name = kind.name, !isValid, list.verdict(Self.listProfile(profile)) != .invalid {
      let reason =
        kind.allows(list, Self.listProfile(profile))
        ? "has an address that \(profile.title) refuses" : "holds one mailbox"
      output += Array("  error: \(name) \(reason)\n".utf8)
    }
    if let recovery { view.appendRecovery(recovery.mailboxes, recovery.forgiven, to: &output) }
  }

  private typealias Recovery = (mailboxes: [ListMailbox], forgiven: [AddressFinding])

  mutating func flush() throws { try CheckOutput.write(&output) }

  mutating func finish() throws {
    try endItem()
    try flush()
    counts.writeNotes()
  }
}
