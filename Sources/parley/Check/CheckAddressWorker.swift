import IDNAEngine
import MailAddress

/// Judges addresses and writes what was found into a block of its own, so that several work side by side.
struct CheckAddressWorker {
  /// What is not yet written.
  var output: [UInt8] = []
  /// What is told at the end.
  private(set) var counts = CheckCounts()
  /// Whether the parts of each address are shown.
  var showsTree = false
  /// Who names the addresses that may have been meant.
  var suggester: DomainSuggester?

  let isJSON: Bool
  private let profile: AddressProfile
  private let isEscaped: Bool
  private let encoder: AddressJSONEncoder
  private var checker: AddressChecker
  private var decoded: [UInt8] = []

  init(profile: AddressProfile, policy: AddressPolicy, isJSON: Bool, isEscaped: Bool) {
    (self.profile, self.isJSON, self.isEscaped) = (profile, isJSON, isEscaped)
    encoder = AddressJSONEncoder(profile: profile, idna: IDNAEngine())
    checker = AddressChecker(policy: policy)
  }

  /// Judges each of several lines that all end.
  mutating func take(lines: Span<UInt8>) {
    var reader = AddressLineReader()
    reader.feed(lines) { take($0, isTruncated: $1) }
  }

  /// Judges a line and writes what was found.
  mutating func take(_ line: Span<UInt8>, isTruncated: Bool) {
    check(line, isTruncated: isTruncated) { worker, octets in
      if worker.isJSON && !worker.showsTree && worker.suggester == nil {
        worker.encoder.append(octets, worker.checker.report, to: &worker.output)
      } else {
        worker.append(JudgedAddress(octets, worker.checker.report))
      }
    }
  }

  /// Judges a line for the caller to write.
  mutating func judged(_ line: Span<UInt8>, isTruncated: Bool) -> JudgedAddress {
    check(line, isTruncated: isTruncated) { JudgedAddress($1, $0.checker.report) }
  }

  private mutating func check<Outcome>(
    _ line: Span<UInt8>, isTruncated: Bool, _ body: (inout CheckAddressWorker, Span<UInt8>) -> Outcome
  ) -> Outcome {
    if isTruncated {
      counts.truncatedLines += 1
      counts.isInvalid = true
    }
    guard isEscaped else { return check(line, body) }
    var octets: [UInt8] = []
    swap(&octets, &decoded)
    octets.removeAll(keepingCapacity: true)
    if !EscapedLineDecoder.decode(line, to: &octets) { counts.malformedEscapes += 1 }
    defer { swap(&octets, &decoded) }
    return check(octets.span, body)
  }

  private mutating func check<Outcome>(
    _ octets: Span<UInt8>, _ body: (inout CheckAddressWorker, Span<UInt8>) -> Outcome
  ) -> Outcome {
    checker.check(octets)
    if !checker.report.isValid(profile) {
      counts.isInvalid = true
      if checker.report.findings.first?.rule == .utf8Malformed { counts.malformedLines += 1 }
    }
    if !isJSON { counts.tally.count(checker.report) }
    return body(&self, octets)
  }

  /// Writes what was found about an address.
  mutating func append(_ address: JudgedAddress) {
    let suggestions = suggester?.suggestions(for: address.octets, address.report) ?? []
    if isJSON {
      encoder.append(address.octets.span, address.report, suggestions: suggestions, to: &output)
      if showsTree { amendJSON { CheckJSON.appendTree(of: address.octets, to: &$0) } }
      return
    }
    var view = AddressReportView(profile: profile, idna: IDNAEngine())
    view.showsTree = showsTree
    view.append(address.octets, address.report, suggestions: suggestions, to: &output)
  }

  /// Adds members to the object last written.
  mutating func amendJSON(_ append: (inout [UInt8]) -> Void) {
    output.removeLast(2)
    append(&output)
    output += Array("}\n".utf8)
  }

  /// One that works in the same way and has judged nothing.
  var fresh: CheckAddressWorker {
    var worker = self
    worker.output = []
    worker.counts = CheckCounts()
    return worker
  }

  /// Takes over what another has counted.
  mutating func absorb(_ other: inout CheckAddressWorker) {
    counts.add(other.counts)
    other.counts = CheckCounts()
  }
}

/// An address with what was found.
struct JudgedAddress {
  let octets: [UInt8]
  let report: AddressReport

  init(_ octets: Span<UInt8>, _ report: AddressReport) {
    self.octets = octets.withUnsafeBufferPointer { Array($0) }
    self.report = report
  }

  /// The domain as DNS is asked for it, in lower case; nil for a literal.
  var wireDomain: [UInt8]? {
    guard !report.parts.isLiteral, let canonical = CanonicalAddress(octets) else { return nil }
    return canonical.wireDomain.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
  }
}

/// What is told once, at the end.
struct CheckCounts {
  /// Whether something was invalid.
  var isInvalid = false
  /// Lines with escapes that are none.
  var malformedEscapes = 0
  /// Lines that were cut.
  var truncatedLines = 0
  /// Lines that are no UTF-8.
  var malformedLines = 0
  /// The verdicts; empty where JSON has them all.
  var tally = AddressTally()

  mutating func add(_ other: CheckCounts) {
    isInvalid = isInvalid || other.isInvalid
    malformedEscapes += other.malformedEscapes
    truncatedLines += other.truncatedLines
    malformedLines += other.malformedLines
    tally.add(other.tally)
  }

  /// Tells of lines that were not what they seem.
  func writeNotes() {
    if malformedEscapes > 0 {
      Output.diagnostic("parley: note: malformed escapes, taken as they stand, in lines: \(malformedEscapes)")
    }
    if malformedLines > 0 {
      Output.diagnostic(
        "parley: note: lines that are no UTF-8: \(malformedLines); where they are in ISO 8859-1, iconv -f latin1 -t utf-8 FILE mends them"
      )
    }
    if truncatedLines > 0 {
      Output.diagnostic("parley: note: longer than 1 MiB, and judged by their beginning, lines: \(truncatedLines)")
    }
  }
}
