/// Writes JSON objects, one a line, by the contract of `parley check --json`.
public struct AddressJSONEncoder: Sendable {
  /// The profile whose severities are written.
  public let profile: AddressProfile
  private let idna: any IDNAConverter
  private let table: FindingJSONTable
  /// The object of the verdicts for each combination of them.
  private let verdicts: [[UInt8]]

  /// Addresses longer than this get no canonical form and no repairs.
  static let limit = 4096

  /// An encoder for one profile.
  public init(profile: AddressProfile = .smtp, idna: any IDNAConverter = IDNA2008()) {
    self.profile = profile
    self.idna = idna
    table = FindingJSONTable(profile)
    verdicts = (0..<256).map(Self.verdicts)
  }

  /// The member `verdicts` with its comma, for a report's `verdictIndex`.
  static func verdicts(_ index: Int) -> [UInt8] {
    let verdicts = AddressProfile.allCases.map { profile in
      let verdict = AddressReport.verdict(profile, invalid: UInt8(index & 15), warning: UInt8(index >> 4))
      return "\"\(profile.name)\":\"\(verdict.name)\""
    }
    return Array(",\"verdicts\":{\(verdicts.joined(separator: ","))}".utf8)
  }

  /// Appends the object of one address and a line feed. `suggestions` are other addresses that may have been meant.
  public func append(
    _ octets: Span<UInt8>, _ report: AddressReport, suggestions: [[UInt8]] = [], to output: inout [UInt8]
  ) {
    // What stands in a JSON string as it is does so in parts.
    let isPlain = JSONText.isPlain(octets)
    let canonical = canonical(octets, report)
    output.append(literal: "{\"schema\":1,\"address\":")
    append(octets, 0..<octets.count, isPlain, to: &output)
    let verdict = verdicts[report.verdictIndex]
    output.append(verdict.span, 0..<verdict.count)
    appendFindings(octets, report, canonical, to: &output)
    if report.parts.isComplete {
      output.append(literal: ",\"local\":")
      append(octets, report.parts.local, isPlain, to: &output)
      output.append(literal: ",\"domain\":")
      append(octets, report.parts.domain, isPlain, to: &output)
      output.append(literal: ",\"canonical\":")
      append(canonical, octets, report, to: &output)
    } else {
      output.append(literal: ",\"local\":null,\"domain\":null,\"canonical\":null")
    }
    appendSuggestions(suggestions, to: &output)
    output.append(literal: "}\n")
  }

  /// The canonical form where the address has one that is not the address itself but for capitals.
  private func canonical(_ octets: Span<UInt8>, _ report: AddressReport) -> CanonicalAddress? {
    let isUsable = report.isValid(.smtp) || report.isValid(.header) || report.isValid(.eai)
    guard isUsable, !report.parts.isPlain, octets.count <= Self.limit else { return nil }
    return CanonicalAddress(octets, report, idna: idna)
  }

  private func appendFindings(
    _ octets: Span<UInt8>, _ report: AddressReport, _ canonical: CanonicalAddress?, to output: inout [UInt8]
  ) {
    output.append(literal: ",\"findings\":[")
    if let only = report.only {
      append(only, octets, report, canonical, to: &output)
    } else if !report.findings.isEmpty {
      var isFirst = true
      for finding in report.sorted(profile) {
        if !isFirst { output.append(Octet.comma) }
        isFirst = false
        append(finding, octets, report, canonical, to: &output)
      }
    }
    output.append(literal: "]")
  }

  private func append(
    _ finding: AddressFinding, _ octets: Span<UInt8>, _ report: AddressReport, _ canonical: CanonicalAddress?,
    to output: inout [UInt8]
  ) {
    table.append(finding, to: &output)
    if AddressRepair.mayRepair(finding.rule), octets.count <= Self.limit,
      let repair = AddressRepair.suggestion(for: finding, in: octets, report, canonical, idna: idna)
    {
      output.append(literal: ",\"repair\":")
      JSONText.append(repair.span, to: &output)
    }
    output.append(literal: "}")
  }

  private func append(_ octets: Span<UInt8>, _ part: Range<Int>?, _ isPlain: Bool, to output: inout [UInt8]) {
    guard let part else { return output.append(literal: "null") }
    guard isPlain else { return JSONText.append(octets.extracting(part), to: &output) }
    output.append(Octet.quote)
    output.append(octets, part)
    output.append(Octet.quote)
  }

  private func append(
    _ canonical: CanonicalAddress?, _ octets: Span<UInt8>, _ report: AddressReport, to output: inout [UInt8]
  ) {
    if let canonical { return JSONText.append(canonical.comparison.span, to: &output) }
    guard report.parts.isPlain, let domain = report.parts.domain else { return output.append(literal: "null") }
    output.append(Octet.quote)
    output.append(octets, 0..<domain.lowerBound)
    for index in domain { output.append(Octet.lowered(octets[index])) }
    output.append(Octet.quote)
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
