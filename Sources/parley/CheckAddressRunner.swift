import MailAddress

/// Judges addresses one after the other, and writes a block at a time.
struct CheckAddressRunner: CheckRunner {
  private(set) var isInvalid = false
  /// Whether the parts of each address are shown.
  var showsTree = false
  /// Who names the addresses that may have been meant.
  var suggester: DomainSuggester?
  /// Who asks DNS; nil where nobody is asked.
  var mailRoutes: CheckMailRoutes?

  private let profile: AddressProfile
  private let isJSON: Bool
  private let isEscaped: Bool
  private let encoder: AddressJSONEncoder
  private var checker: AddressChecker
  private var tally = AddressTally()
  private var output = CheckOutput()
  private var decoded: [UInt8] = []
  private var waiting: [JudgedAddress] = []
  private var malformedEscapes = 0
  private var truncatedLines = 0

  /// Addresses that wait for DNS together.
  private static let batch = 64

  init(profile: AddressProfile, policy: AddressPolicy, isJSON: Bool, isEscaped: Bool) {
    (self.profile, self.isJSON, self.isEscaped) = (profile, isJSON, isEscaped)
    encoder = AddressJSONEncoder(profile: profile)
    checker = AddressChecker(policy: policy)
  }

  mutating func take(_ line: Span<UInt8>, isTruncated: Bool) throws {
    if isTruncated {
      truncatedLines += 1
      isInvalid = true
    }
    guard isEscaped else { return try judge(line) }
    var octets: [UInt8] = []
    swap(&octets, &decoded)
    octets.removeAll(keepingCapacity: true)
    if !EscapedLineDecoder.decode(line, to: &octets) { malformedEscapes += 1 }
    try judge(octets.span)
    swap(&octets, &decoded)
  }

  private mutating func judge(_ octets: Span<UInt8>) throws {
    checker.check(octets)
    let report = checker.report
    if !report.isValid(profile) { isInvalid = true }
    if isJSON && !showsTree && suggester == nil && mailRoutes == nil {
      encoder.append(octets, report, to: &output.octets)
      return try output.writeIfFull()
    }
    if !isJSON { tally.count(report) }
    try take(JudgedAddress(octets: octets.withUnsafeBufferPointer { Array($0) }, report: report))
  }

  private mutating func take(_ address: JudgedAddress) throws {
    guard mailRoutes != nil else {
      append(address)
      return try output.writeIfFull()
    }
    waiting.append(address)
    if waiting.count >= Self.batch { try ask() }
  }

  /// Asks DNS about the addresses that wait, and writes them.
  private mutating func ask() throws {
    let domains = waiting.filter { $0.report.isValid(profile) }.compactMap(\.wireDomain)
    mailRoutes?.ask(domains)
    for address in waiting { append(address) }
    waiting.removeAll(keepingCapacity: true)
    try output.writeIfFull()
  }

  private mutating func append(_ address: JudgedAddress) {
    let suggestions = suggester?.suggestions(for: address.octets, address.report) ?? []
    let isAsked = mailRoutes != nil && address.report.isValid(profile)
    let routeDomain = isAsked ? address.wireDomain : nil
    if isJSON {
      encoder.append(address.octets.span, address.report, suggestions: suggestions, to: &output.octets)
      output.octets.removeLast(2)
      if showsTree { CheckJSON.appendTree(of: address.octets, to: &output.octets) }
      if isAsked { mailRoutes?.appendJSON(routeDomain, to: &output.octets) }
      output.octets += Array("}\n".utf8)
      return
    }
    var view = AddressReportView(profile: profile)
    view.showsTree = showsTree
    view.append(address.octets, address.report, suggestions: suggestions, to: &output.octets)
    if isAsked { mailRoutes?.appendText(routeDomain, to: &output.octets) }
  }

  mutating func endItem() {}

  mutating func flush() throws {
    if !waiting.isEmpty { try ask() }
    try output.write()
  }

  mutating func finish() throws {
    try flush()
    CheckNotes.write(malformedEscapes: malformedEscapes, truncatedLines: truncatedLines)
    if !isJSON && tally.total > 1 { Output.diagnostic(String(tally.summary(profile).dropLast())) }
  }
}

/// An address with what was found.
struct JudgedAddress {
  let octets: [UInt8]
  let report: AddressReport

  /// The domain as DNS is asked for it, in lower case; nil for a literal.
  var wireDomain: [UInt8]? {
    guard !report.parts.isLiteral, let canonical = CanonicalAddress(octets) else { return nil }
    return canonical.wireDomain.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
  }
}

/// What is told once, at the end.
enum CheckNotes {
  /// Tells of lines that were not what they seem.
  static func write(malformedEscapes: Int, truncatedLines: Int) {
    if malformedEscapes > 0 {
      Output.diagnostic("parley: note: malformed escapes, taken as they stand, in lines: \(malformedEscapes)")
    }
    if truncatedLines > 0 {
      Output.diagnostic("parley: note: longer than 1 MiB, and judged by their beginning, lines: \(truncatedLines)")
    }
  }
}
