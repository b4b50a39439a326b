/// The invariant: whatever the octets, judging them ends without a trap, every finding lies within them, both roads
/// find the same, what is valid in the envelope is valid everywhere and has a canonical form that is valid and its
/// own canonical form, and reading the same octets as a list, a path or an escaped line ends without a trap.
///
/// Built together with the sources of the library, never by the package itself:
/// `swiftc -O -sanitize=fuzzer,address -parse-as-library $(find Sources/MailAddress -name "*.swift") Fuzz/MailAddressFuzzer.swift`
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMailAddress(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let octets = Array(UnsafeBufferPointer(start: data, count: size))
  var (short, long) = (AddressChecker(), AddressChecker())
  short.check(octets)
  long.checkSlowly(octets)
  let report = short.report
  precondition(report.findings == long.report.findings, "the two roads differ")
  for finding in report.findings {
    precondition(finding.start >= 0 && finding.start <= finding.end && finding.end <= size, "a range outside")
  }
  if report.isValid(.smtp) {
    precondition(AddressProfile.allCases.allSatisfy { report.isValid($0) }, "valid in the envelope alone")
    holdCanonicalForm(octets)
  }
  writeEverything(octets, report)
  readOtherwise(octets)
  return 0
}

private let encoder = AddressJSONEncoder(profile: .eai)
private let suggester = DomainSuggester()

private func holdCanonicalForm(_ octets: [UInt8]) {
  guard let canonical = CanonicalAddress(octets)?.comparison else { preconditionFailure("no canonical form") }
  var checker = AddressChecker()
  checker.check(canonical)
  precondition(checker.report.isValid(.smtp), "the canonical form is invalid")
  precondition(CanonicalAddress(canonical)?.comparison == canonical, "the canonical form is not its own")
}

private func writeEverything(_ octets: [UInt8], _ report: AddressReport) {
  var output: [UInt8] = []
  encoder.append(octets.span, report, to: &output)
  precondition(
    output.last == Octet.lineFeed && output.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "raw controls")
  var view = AddressReportView(profile: .header)
  view.showsTree = true
  view.append(octets, report, suggestions: suggester.suggestions(for: octets, report), to: &output)
}

private func readOtherwise(_ octets: [UInt8]) {
  let list = AddressListParser.parse(octets)
  for finding in list.findings {
    precondition(finding.start <= finding.end && finding.end <= octets.count, "a range of the list outside")
  }
  let recovered = AddressListRecovery.recover(octets)
  precondition(list.verdict(.eaiHeader) == .invalid || recovered.forgiven.isEmpty, "a valid list needs no mercy")
  var paths = SMTPPathParser()
  let path = paths.parse(octets, from: 0, .rcpt)
  for finding in path.findings {
    precondition(finding.start <= finding.end && finding.end <= octets.count, "a range of the path outside")
  }
  var decoded: [UInt8] = []
  EscapedLineDecoder.decode(octets.span, to: &decoded)
  precondition(decoded.count <= octets.count, "an escape grew")
}
