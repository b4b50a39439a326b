/// Writes what was found about an address for people: the address, carets under what is wrong, one line a finding.
public struct AddressReportView: Sendable {
  /// The profile that decides severities and which finding the carets are under.
  public let profile: AddressProfile
  /// Whether the tree of parts is shown too.
  public var showsTree = false
  private let idna: any IDNAConverter

  /// A view for one profile.
  public init(profile: AddressProfile = .smtp, idna: any IDNAConverter = IDNA2008()) {
    self.profile = profile
    self.idna = idna
  }

  /// Appends the lines about one address; `suggestions` are other addresses that may have been meant.
  public func append(
    _ address: [UInt8], _ report: AddressReport, suggestions: [[UInt8]] = [], to output: inout [UInt8]
  ) {
    let shown = TerminalText(address)
    appendMark(report.verdict(profile), to: &output)
    output.append(contentsOf: shown.octets)
    output.append(Octet.lineFeed)
    let findings = report.sorted(profile)
    if let primary = report.primary(profile) { appendCarets(primary, shown, to: &output) }
    appendVerdicts(report, to: &output)
    var repairs: Set<[UInt8]> = []
    for finding in findings {
      appendLine(finding, to: &output)
      if let repair = AddressRepair.suggestion(for: finding, in: address, report, idna: idna),
        repairs.insert(repair).inserted
      {
        output.append(literal: " Write ")
        output.append(contentsOf: TerminalText(repair).octets)
      }
      output.append(Octet.lineFeed)
    }
    for suggestion in suggestions {
      output.append(literal: "  did you mean ")
      output.append(contentsOf: TerminalText(suggestion).octets)
      output.append(literal: "?\n")
    }
    if showsTree { appendTree(address, to: &output) }
  }

  private func appendMark(_ verdict: AddressVerdict, to output: inout [UInt8]) {
    switch verdict {
    case .valid: output.append(literal: "✓ ")
    case .warning: output.append(literal: "! ")
    case .invalid: output.append(literal: "✗ ")
    }
  }

  private func appendCarets(_ finding: AddressFinding, _ shown: TerminalText, to output: inout [UInt8]) {
    let last = shown.columns.count - 1
    let start = shown.columns[min(finding.start, last)]
    let width = max(shown.columns[min(finding.end, last)] - start, 1)
    output.append(contentsOf: [UInt8](repeating: Octet.space, count: start + 2))
    output.append(contentsOf: [UInt8](repeating: 0x5E, count: width))
    output.append(Octet.lineFeed)
  }

  private func appendVerdicts(_ report: AddressReport, to output: inout [UInt8]) {
    output.append(literal: " ")
    for profile in AddressProfile.allCases {
      output.append(Octet.space)
      output.append(contentsOf: profile.name.utf8)
      output.append(Octet.space)
      output.append(contentsOf: report.verdict(profile).name.utf8)
      if profile != .eaiHeader { output.append(Octet.comma) }
    }
    output.append(Octet.lineFeed)
  }

  private func appendLine(_ finding: AddressFinding, to output: inout [UInt8]) {
    let entry = finding.rule.entry
    output.append(literal: "  ")
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

  /// Appends one line for each part, its octets and what they are.
  private func appendTree(_ address: [UInt8], to output: inout [UInt8]) {
    for node in AddressNode.tree(of: address, idna: idna) {
      let isPart = node.kind == .localPart || node.kind == .domain || node.kind == .literal
      output.append(literal: isPart ? "  " : "    ")
      output.append(contentsOf: node.kind.rawValue.utf8)
      output.append(Octet.space)
      output.append(decimal: node.range.lowerBound)
      output.append(literal: "-")
      output.append(decimal: node.range.upperBound)
      output.append(Octet.space)
      output.append(contentsOf: TerminalText(Array(address[node.range])).octets)
      output.append(Octet.lineFeed)
    }
  }
}
