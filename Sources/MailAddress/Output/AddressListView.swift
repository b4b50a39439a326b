/// Writes what was found in a list for people: the list, carets under its first error, one line a finding, then one
/// line a mailbox with what is to be said of its address.
public struct AddressListView: Sendable {
  /// The profile that decides severities: `header`, or `eaiHeader`.
  public let profile: AddressProfile
  private let idna: any IDNAConverter

  /// A view for one profile.
  public init(profile: AddressProfile = .header, idna: any IDNAConverter = IDNA2008()) {
    self.profile = profile
    self.idna = idna
  }

  /// Appends the lines about one list.
  public func append(_ octets: [UInt8], _ list: AddressList, to output: inout [UInt8]) {
    let shown = TerminalText(octets)
    let lines = FindingLines(profile: profile)
    lines.appendMark(list.verdict(profile), to: &output)
    output.append(contentsOf: shown.octets)
    output.append(Octet.lineFeed)
    let gravest = list.findings.max { $0.rule.severity(in: profile) < $1.rule.severity(in: profile) }
    if let gravest, gravest.rule.severity(in: profile) > .info { lines.appendCarets(gravest, shown, to: &output) }
    for finding in list.findings {
      lines.appendLine(finding, to: &output)
      output.append(Octet.lineFeed)
    }
    for entry in list.entries {
      if let name = entry.groupName {
        output.append(literal: "  group ")
        output.append(contentsOf: TerminalText(name).octets)
        output.append(Octet.lineFeed)
      }
      for mailbox in entry.mailboxes { append(mailbox, octets, lines, to: &output) }
    }
  }

  /// Appends what `AddressListRecovery` found: a line for each thing forgiven, then one for each mailbox, marked with the
  /// verdict on its address, which may be as wrong as it was in the list.
  public func appendRecovery(_ mailboxes: [ListMailbox], _ forgiven: [AddressFinding], to output: inout [UInt8]) {
    let lines = FindingLines(profile: profile)
    for finding in forgiven {
      lines.appendLine(finding, lead: "  forgiven: ", to: &output)
      output.append(Octet.lineFeed)
    }
    for mailbox in mailboxes { append(mailbox, mailbox.address, lines, lead: "  found ", to: &output) }
  }

  private func append(_ mailbox: ListMailbox, _ octets: [UInt8], _ lines: FindingLines, to output: inout [UInt8]) {
    let report = append(mailbox, Array(octets[mailbox.range]), lines, lead: "  ", to: &output)
    for finding in report.sorted(profile) {
      lines.appendLine(finding.moved(by: mailbox.range.lowerBound), to: &output)
      output.append(Octet.lineFeed)
    }
  }

  /// Appends the line of a mailbox, marked with the verdict on its address as written.
  @discardableResult
  private func append(
    _ mailbox: ListMailbox, _ written: [UInt8], _ lines: FindingLines, lead: StaticString, to output: inout [UInt8]
  ) -> AddressReport {
    var checker = AddressChecker(idna: idna)
    checker.check(written)
    output.append(literal: lead)
    lines.appendMark(checker.report.verdict(profile), to: &output)
    output.append(contentsOf: TerminalText(mailbox.address).octets)
    if let name = mailbox.name {
      output.append(literal: "  ")
      output.append(contentsOf: TerminalText(name).octets)
    }
    output.append(Octet.lineFeed)
    return checker.report
  }
}
