/// Writes what was found in a list as a JSON object in one line, for `parley check --header --json`.
public struct AddressListJSONEncoder: Sendable {
  /// The profile whose severities are written.
  public let profile: AddressProfile
  private let table: FindingJSONTable
  private let idna: any IDNAConverter

  /// An encoder for one profile; `header` is the one that lists are for.
  public init(profile: AddressProfile = .header, idna: any IDNAConverter = IDNA2008()) {
    self.profile = profile
    self.idna = idna
    table = FindingJSONTable(profile)
  }

  /// Appends the object of one list and a line feed.
  public func append(_ octets: [UInt8], _ list: AddressList, to output: inout [UInt8]) {
    output.append(literal: "{\"schema\":1,\"list\":")
    JSONText.append(octets.span, to: &output)
    output.append(contentsOf: ",\"verdicts\":{\"header\":\"\(list.verdict(.header).name)\"".utf8)
    output.append(contentsOf: ",\"eai-header\":\"\(list.verdict(.eaiHeader).name)\"}".utf8)
    output.append(contentsOf: ",\"strict\":\(list.isStrict(profile))".utf8)
    appendFindings(list.findings, to: &output)
    output.append(literal: ",\"mailboxes\":[")
    var isFirst = true
    for entry in list.entries {
      for mailbox in entry.mailboxes {
        if !isFirst { output.append(Octet.comma) }
        isFirst = false
        append(mailbox, group: entry.groupName, octets, to: &output)
      }
    }
    output.append(literal: "]}\n")
  }

  /// Appends the members `recovered` and `forgiven` with what `AddressListRecovery` found. Each mailbox has the verdicts
  /// on its address, which may be as wrong as it was in the list.
  public func appendRecovery(_ mailboxes: [ListMailbox], _ forgiven: [AddressFinding], to output: inout [UInt8]) {
    output.append(literal: ",\"recovered\":[")
    for (index, mailbox) in mailboxes.enumerated() {
      if index > 0 { output.append(Octet.comma) }
      output.append(literal: "{\"name\":")
      appendText(mailbox.name, to: &output)
      output.append(literal: ",\"address\":")
      JSONText.append(mailbox.address.span, to: &output)
      output.append(contentsOf: ",\"start\":\(mailbox.range.lowerBound),\"end\":\(mailbox.range.upperBound)".utf8)
      output.append(contentsOf: AddressJSONEncoder.verdicts(report(mailbox.address).verdictIndex))
      output.append(literal: "}")
    }
    output.append(literal: "]")
    appendFindings(forgiven, named: ",\"forgiven\":[", to: &output)
  }

  private func appendFindings(
    _ findings: [AddressFinding], named name: StaticString = ",\"findings\":[", to output: inout [UInt8]
  ) {
    output.append(literal: name)
    for (index, finding) in findings.enumerated() {
      if index > 0 { output.append(Octet.comma) }
      table.append(finding, to: &output)
      output.append(literal: "}")
    }
    output.append(literal: "]")
  }

  /// A mailbox with its address's own verdicts; the findings' ranges are in the list.
  private func append(_ mailbox: ListMailbox, group: [UInt8]?, _ octets: [UInt8], to output: inout [UInt8]) {
    let report = report(Array(octets[mailbox.range]))
    output.append(literal: "{\"name\":")
    appendText(mailbox.name, to: &output)
    output.append(literal: ",\"group\":")
    appendText(group, to: &output)
    output.append(literal: ",\"local\":")
    appendText(mailbox.local, to: &output)
    output.append(literal: ",\"domain\":")
    appendText(mailbox.domain, to: &output)
    output.append(contentsOf: ",\"start\":\(mailbox.range.lowerBound),\"end\":\(mailbox.range.upperBound)".utf8)
    output.append(contentsOf: AddressJSONEncoder.verdicts(report.verdictIndex))
    appendFindings(report.sorted(profile).map { $0.moved(by: mailbox.range.lowerBound) }, to: &output)
    output.append(literal: "}")
  }

  private func report(_ address: [UInt8]) -> AddressReport {
    var checker = AddressChecker(idna: idna)
    checker.check(address)
    return checker.report
  }

  private func appendText(_ text: [UInt8]?, to output: inout [UInt8]) {
    guard let text else { return output.append(literal: "null") }
    JSONText.append(text.span, to: &output)
  }
}
