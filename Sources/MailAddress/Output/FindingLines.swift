/// The pieces that the views of addresses, lists and paths have in common.
struct FindingLines {
  let profile: AddressProfile

  func appendMark(_ verdict: AddressVerdict, to output: inout [UInt8]) {
    switch verdict {
    case .valid: output.append(literal: "✓ ")
    case .warning: output.append(literal: "! ")
    case .invalid: output.append(literal: "✗ ")
    }
  }

  /// Appends carets under the octets of a finding, below text that starts behind a mark.
  func appendCarets(_ finding: AddressFinding, _ shown: TerminalText, to output: inout [UInt8]) {
    let last = shown.columns.count - 1
    let start = shown.columns[min(finding.start, last)]
    let width = max(shown.columns[min(finding.end, last)] - start, 1)
    output.append(contentsOf: [UInt8](repeating: Octet.space, count: start + 2))
    output.append(contentsOf: [UInt8](repeating: 0x5E, count: width))
    output.append(Octet.lineFeed)
  }

  /// Appends severity, place, sentence, clause and rule behind what leads the line, without the line feed.
  func appendLine(_ finding: AddressFinding, lead: StaticString = "  ", to output: inout [UInt8]) {
    let entry = finding.rule.entry
    output.append(literal: lead)
    output.append(contentsOf: entry.severities[profile].name.utf8)
    output.append(literal: " at ")
    output.append(decimal: finding.start)
    output.append(literal: ": ")
    AddressMessage.append(finding, to: &output)
    output.append(literal: " (")
    output.append(literal: entry.clause)
    output.append(literal: ") [")
    output.append(literal: entry.id)
    output.append(literal: "]")
  }
}
