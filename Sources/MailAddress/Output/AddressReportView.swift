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
    let lines = FindingLines(profile: profile)
    lines.appendMark(report.verdict(profile), to: &output)
    output.append(contentsOf: shown.octets)
    output.append(Octet.lineFeed)
    let findings = report.sorted(profile)
    if let primary = report.primary(profile) { lines.appendCarets(primary, shown, to: &output) }
    appendVerdicts(report, to: &output)
    var repairs: Set<[UInt8]> = []
    for finding in findings {
      lines.appendLine(finding, to: &output)
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

  /// Appends one line for each part, its octets and what they are.
  private func appendTree(_ address: [UInt8], to output: inout [UInt8]) {
    let nodes = AddressNode.tree(of: address, idna: idna)
    let parts = nodes.filter { $0.kind.depth == 0 }
    for node in nodes {
      let isInPart = node.kind.depth > 0 && parts.contains { $0.range.contains(node.range.lowerBound) }
      output.append(literal: isInPart ? "    " : "  ")
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
