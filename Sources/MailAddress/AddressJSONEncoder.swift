/// Writes JSON objects, one a line, by the contract of `parley check --json`.
public struct AddressJSONEncoder: Sendable {
  /// The profile whose severities are written.
  public let profile: AddressProfile
  private let idna: any IDNAConverter

  /// An encoder for one profile.
  public init(profile: AddressProfile = .smtp, idna: any IDNAConverter = IDNA2008()) {
    self.profile = profile
    self.idna = idna
  }

  /// Appends the object of one address and a line feed. `suggestions` are other addresses that may have been meant.
  public func append(
    _ octets: Span<UInt8>, _ report: AddressReport, suggestions: [[UInt8]] = [], to output: inout [UInt8]
  ) {
    output.append(literal: "{\"schema\":1,\"address\":")
    let isPlain = report.parts.isComplete && report.parts.isCompact && !report.parts.isQuoted && !report.parts.hasNonASCII
      && !report.parts.isLiteral
    if isPlain { appendPlain(octets, 0..<octets.count, to: &output) } else { JSONText.append(octets, to: &output) }
    appendVerdicts(report, to: &output)
    appendFindings(octets, report, to: &output)
    output.append(literal: ",\"local\":")
    appendPart(octets, report.parts.isComplete ? report.parts.local : nil, isPlain, to: &output)
    output.append(literal: ",\"domain\":")
    appendPart(octets, report.parts.isComplete ? report.parts.domain : nil, isPlain, to: &output)
    output.append(literal: ",\"canonical\":")
    if isPlain { appendCanonical(octets, report, to: &output) } else { appendOtherCanonical(octets, report, to: &output) }
    appendSuggestions(suggestions, to: &output)
    output.append(literal: "}\n")
  }

  private func appendVerdicts(_ report: AddressReport, to output: inout [UInt8]) {
    output.append(literal: ",\"verdicts\":{\"smtp\":")
    appendVerdict(report.verdict(.smtp), to: &output)
    output.append(literal: ",\"header\":")
    appendVerdict(report.verdict(.header), to: &output)
    output.append(literal: ",\"eai\":")
    appendVerdict(report.verdict(.eai), to: &output)
    output.append(literal: ",\"eai-header\":")
    appendVerdict(report.verdict(.eaiHeader), to: &output)
    output.append(literal: "}")
  }

  private func appendVerdict(_ verdict: AddressVerdict, to output: inout [UInt8]) {
    switch verdict {
    case .valid: output.append(literal: "\"valid\"")
    case .warning: output.append(literal: "\"warning\"")
    case .invalid: output.append(literal: "\"invalid\"")
    }
  }

  private func appendFindings(_ octets: Span<UInt8>, _ report: AddressReport, to output: inout [UInt8]) {
    output.append(literal: ",\"findings\":[")
    if !report.findings.isEmpty {
      var isFirst = true
      for finding in report.sorted(profile) {
        if !isFirst { output.append(Octet.comma) }
        isFirst = false
        append(finding, octets, report, to: &output)
      }
    }
    output.append(literal: "]")
  }

  private func append(
    _ finding: AddressFinding, _ octets: Span<UInt8>, _ report: AddressReport, to output: inout [UInt8]
  ) {
    let entry = finding.rule.entry
    output.append(literal: "{\"rule\":\"")
    output.append(literal: entry.id)
    output.append(literal: "\",\"severity\":\"")
    switch entry.severities[profile] {
    case .error, .limit: output.append(literal: "error")
    case .caution, .obsolete: output.append(literal: "warning")
    case .info, .none: output.append(literal: "note")
    }
    output.append(literal: "\",\"start\":")
    output.append(decimal: finding.start)
    output.append(literal: ",\"end\":")
    output.append(decimal: finding.end)
    output.append(literal: ",\"clause\":\"")
    output.append(literal: entry.clause)
    output.append(literal: "\",\"message\":\"")
    let start = output.count
    AddressMessage.append(finding, to: &output)
    JSONText.escapeQuotes(in: &output, from: start)
    output.append(literal: "\"")
    appendRepair(finding, octets, report, to: &output)
    output.append(literal: "}")
  }

  private func appendRepair(
    _ finding: AddressFinding, _ octets: Span<UInt8>, _ report: AddressReport, to output: inout [UInt8]
  ) {
    guard AddressRepair.mayRepair(finding.rule), octets.count <= 4096 else { return }
    let address = AddressParser.bytes(octets, 0..<octets.count)
    guard let repair = AddressRepair.suggestion(for: finding, in: address, report, idna: idna) else { return }
    output.append(literal: ",\"repair\":")
    JSONText.append(repair.span, to: &output)
  }

  private func appendPart(_ octets: Span<UInt8>, _ part: Range<Int>?, _ isPlain: Bool, to output: inout [UInt8]) {
    guard let part else { return output.append(literal: "null") }
    if isPlain { appendPlain(octets, part, to: &output) } else { JSONText.append(octets.extracting(part), to: &output) }
  }

  /// Appends octets of a plain address, which need no escapes.
  private func appendPlain(_ octets: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
    output.append(Octet.quote)
    output.append(octets, range)
    output.append(Octet.quote)
  }

  private func appendCanonical(_ octets: Span<UInt8>, _ report: AddressReport, to output: inout [UInt8]) {
    let domain = report.parts.domain?.lowerBound ?? octets.count
    output.append(Octet.quote)
    output.append(octets, 0..<domain)
    for index in domain..<octets.count { output.append(Octet.lowered(octets[index])) }
    output.append(Octet.quote)
  }

  private func appendOtherCanonical(_ octets: Span<UInt8>, _ report: AddressReport, to output: inout [UInt8]) {
    let isUsable = report.isValid(.smtp) || report.isValid(.header) || report.isValid(.eai)
    guard isUsable, octets.count <= 4096, let canonical = CanonicalAddress(AddressParser.bytes(octets, 0..<octets.count), idna: idna) else {
      return output.append(literal: "null")
    }
    JSONText.append(canonical.comparison.span, to: &output)
  }

  private func appendSuggestions(_ suggestions: [[UInt8]], to output: inout [UInt8]) {
    guard !suggestions.isEmpty else { return }
    output.append(literal: ",\"suggestions\":[")
    for (index, suggestion) in suggestions.enumerated() {
      if index > 0 { output.append(Octet.comma) }
      JSONText.append(suggestion.span, to: &output)
    }
    output.append(literal: "]")
  }
}
