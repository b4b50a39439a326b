/// Writes JSON objects, one a line, by the contract of `parley check --json`.
public struct AddressJSONEncoder: Sendable {
  /// The profile whose severities are written.
  public let profile: AddressProfile
  private let idna: any IDNAConverter
  private let table: FindingJSONTable
  /// The object of the verdicts for each combination of them.
  private let verdicts: [[UInt8]]

  /// An encoder for one profile.
  public init(profile: AddressProfile = .smtp, idna: any IDNAConverter = IDNA2008()) {
    self.profile = profile
    self.idna = idna
    table = FindingJSONTable(profile)
    verdicts = (0..<256).map(Self.verdicts)
  }

  /// The verdicts that a report's two sets of profiles stand for.
  private static func verdicts(_ index: Int) -> [UInt8] {
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
    let parts = report.parts
    let isComplete = parts.isComplete
    let isPlain = isComplete && parts.isCompact && !parts.hasQuotes && !parts.hasNonASCII && !parts.isLiteral
    let subject = Subject(octets, report, isPlain: isPlain, idna)
    output.append(literal: "{\"schema\":1,\"address\":")
    if isPlain { appendPlain(octets, 0..<octets.count, to: &output) } else { JSONText.append(octets, to: &output) }
    output.append(contentsOf: verdicts[report.verdictIndex])
    appendFindings(report, subject, to: &output)
    if isComplete {
      appendParts(octets, report, subject, isPlain, to: &output)
    } else {
      output.append(literal: ",\"local\":null,\"domain\":null,\"canonical\":null")
    }
    appendSuggestions(suggestions, to: &output)
    output.append(literal: "}\n")
  }

  private func appendParts(
    _ octets: Span<UInt8>, _ report: AddressReport, _ subject: Subject, _ isPlain: Bool, to output: inout [UInt8]
  ) {
    output.append(literal: ",\"local\":")
    appendPart(octets, report.parts.local, isPlain, to: &output)
    output.append(literal: ",\"domain\":")
    appendPart(octets, report.parts.domain, isPlain, to: &output)
    output.append(literal: ",\"canonical\":")
    if isPlain { appendCanonical(octets, report, to: &output) } else { appendCanonical(subject, to: &output) }
  }

  private func appendFindings(_ report: AddressReport, _ subject: Subject, to output: inout [UInt8]) {
    output.append(literal: ",\"findings\":[")
    if !report.findings.isEmpty {
      var isFirst = true
      for finding in report.sorted(profile) {
        if !isFirst { output.append(Octet.comma) }
        isFirst = false
        append(finding, subject, to: &output)
      }
    }
    output.append(literal: "]")
  }

  private func append(_ finding: AddressFinding, _ subject: Subject, to output: inout [UInt8]) {
    table.append(finding, to: &output)
    if AddressRepair.mayRepair(finding.rule), let repair = subject.repair(for: finding, idna) {
      output.append(literal: ",\"repair\":")
      JSONText.append(repair.span, to: &output)
    }
    output.append(literal: "}")
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

  private func appendCanonical(_ subject: Subject, to output: inout [UInt8]) {
    guard let canonical = subject.canonical else { return output.append(literal: "null") }
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

/// What the object says of an address beyond its findings, worked out once.
private struct Subject {
  let address: [UInt8]
  let report: AddressReport
  let canonical: CanonicalAddress?

  /// Addresses longer than this get no canonical form and no repairs.
  static let limit = 4096

  init(_ octets: Span<UInt8>, _ report: AddressReport, isPlain: Bool, _ idna: any IDNAConverter) {
    self.report = report
    let isUsable = report.isValid(.smtp) || report.isValid(.header) || report.isValid(.eai)
    // Without a canonical form, and plain, which is its own but for capitals: a copy is needed only to be repaired.
    let hasCanonical = !isPlain && isUsable && report.parts.isComplete
    let isNeeded = hasCanonical || report.findings.contains { AddressRepair.mayRepair($0.rule) }
    address = isNeeded && octets.count <= Self.limit ? AddressParser.bytes(octets, 0..<octets.count) : []
    guard !address.isEmpty, hasCanonical else {
      canonical = nil
      return
    }
    canonical = CanonicalAddress(address, report, idna: idna)
  }

  func repair(for finding: AddressFinding, _ idna: any IDNAConverter) -> [UInt8]? {
    address.isEmpty ? nil : AddressRepair.suggestion(for: finding, in: address, report, canonical, idna: idna)
  }
}
