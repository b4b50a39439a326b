/// The machine that walks over an address once, from the first octet to the last, and notes what it finds. It reads
/// the most generous grammar, RFC 5322 with its obsolete forms and RFC 6532's UTF-8, and each finding says what the
/// stricter profiles hold against it. It stops at the first octet that no profile allows.
struct AddressParser: Sendable {
  var report = AddressReport()
  let idna: any IDNAConverter
  /// Whether plain addresses may take the short road.
  var usesShortcut = true
  /// The parse tree, when it is wanted.
  var nodes: [AddressNode]?
  /// The next octet to read.
  var at = 0
  /// The classes of the octets, when there are few enough.
  var scan = OctetScan()
  var local = LocalFacts()
  var domain = DomainFacts()

  init(idna: any IDNAConverter) { self.idna = idna }

  mutating func parse(_ octets: Span<UInt8>) {
    report.reset()
    at = 0
    if octets.count <= OctetScan.limit {
      scan = OctetScan(octets)
      if usesShortcut && nodes == nil && parsePlain(octets) { return }
    }
    parseFully(octets)
  }

  /// The first place from `index` on, which is inside the text, where an octet is not of a class; `word` has the class
  /// when the text was scanned.
  @inline(__always)
  func endOfRun(_ octets: Span<UInt8>, from index: Int, _ word: UInt64, _ kind: UInt8) -> Int {
    if octets.count <= OctetScan.limit { return OctetScan.endOfRun(word, from: index) }
    var end = index
    while end < octets.count, OctetClass.of(octets[end]) & kind != 0 { end += 1 }
    return end
  }

  private mutating func parseFully(_ octets: Span<UInt8>) {
    local = LocalFacts()
    domain = DomainFacts()
    guard !octets.isEmpty else { return note(.empty, 0, 0) }
    let plainLocalEnd = report.parts.atSign
    report.parts.hasNonASCII = hasNonASCII(octets)
    guard report.parts.hasNonASCII else { return parseText(octets, plainLocalEnd) }
    let facts = UnicodeFacts(octets)
    if let bad = facts.malformed { return note(.utf8Malformed, bad, bad + 1, UInt32(octets[bad])) }
    parseText(octets, plainLocalEnd)
    noteUnicode(octets, facts)
  }

  /// Reads well-formed text from the place where the short road stopped.
  private mutating func parseText(_ octets: Span<UInt8>, _ plainLocalEnd: Int) {
    let hasLocalPart = plainLocalEnd > 0 ? takePlainLocalPart(plainLocalEnd) : parseLocalPart(octets)
    report.parts.isComplete = hasLocalPart && parseDomain(octets)
    if report.parts.isComplete { finish(octets) } else { overrideStructure(octets) }
  }

  /// Takes over the local part from the short road, which stopped behind it.
  private mutating func takePlainLocalPart(_ end: Int) -> Bool {
    local.count(end, from: 0)
    at = end + 1
    return true
  }

  /// What can only be said of an address that was read to its end: lengths and the shape of the domain.
  private mutating func finish(_ octets: Span<UInt8>) {
    if !report.parts.isLiteral { noteDomainShape(octets) }
    if let excess = local.excess { note(.localTooLong, excess, report.parts.localEnd) }
    let domainLength = domain.length
    if domainLength > 253 && !report.parts.isLiteral {
      note(.domainTooLong, min(report.parts.domainStart + 253, octets.count), octets.count)
    }
    if local.length + 1 + domainLength - domain.encodingExcess > 254 {
      note(.addressTooLong, min(254, octets.count), octets.count)
    }
  }

  /// What people want to hear first of something that is no address at all.
  private mutating func overrideStructure(_ octets: Span<UInt8>) {
    if !hasSign(octets) {
      if !report.findings.contains(where: { $0.rule == .noAt }) { note(.noAt, octets.count, octets.count) }
      report.override = .noAt
    } else if let open = Self.bracketedAddress(octets) {
      note(.nameAddrForm, open, octets.count)
      report.override = .nameAddrForm
    }
  }

  private func hasSign(_ octets: Span<UInt8>) -> Bool {
    if report.parts.atSign >= 0 { return true }
    for index in octets.indices where octets[index] == Octet.at { return true }
    return false
  }

  /// The place of the "<" of a text that ends in `<x@y>`.
  private static func bracketedAddress(_ octets: Span<UInt8>) -> Int? {
    var end = octets.count
    while end > 0, Octet.isBlank(octets[end - 1]) { end -= 1 }
    guard end > 0, octets[end - 1] == Octet.greater else { return nil }
    var index = end - 2
    var hasAt = false
    while index >= 0, octets[index] != Octet.less, octets[index] != Octet.greater {
      hasAt = hasAt || octets[index] == Octet.at
      index -= 1
    }
    return index >= 0 && octets[index] == Octet.less && hasAt ? index : nil
  }

  private func hasNonASCII(_ octets: Span<UInt8>) -> Bool {
    if octets.count <= OctetScan.limit { return scan.hasNonASCII }
    // Eight octets at a time; the last eight overlap with the ones before.
    var union = OctetScan.word(octets, endingAt: octets.count)
    for end in stride(from: 8, to: octets.count, by: 8) { union |= OctetScan.word(octets, endingAt: end) }
    return union & 0x8080_8080_8080_8080 != 0
  }

  mutating func note(_ rule: AddressRule, _ start: Int, _ end: Int, _ scalar: UInt32 = 0) {
    report.add(AddressFinding(rule, start, end, scalar: scalar))
  }

  /// Notes a finding about the one character at `index`.
  mutating func noteCharacter(_ rule: AddressRule, _ octets: Span<UInt8>, _ index: Int) {
    guard index < octets.count else { return note(rule, octets.count, octets.count) }
    let (scalar, length) = UTF8Scalar.decode(octets, at: index)
    note(rule, index, index + max(length, 1), scalar)
  }

  @inline(__always)
  mutating func addNode(_ kind: AddressNode.Kind, _ start: Int, _ end: Int) {
    if nodes != nil { appendNode(kind, start, end) }
  }

  private mutating func appendNode(_ kind: AddressNode.Kind, _ start: Int, _ end: Int) {
    guard let count = nodes?.count, count < AddressNode.limit else { return }
    nodes?.append(AddressNode(kind: kind, range: start..<end))
  }
}

/// What the walk over the local part learned.
struct LocalFacts: Sendable {
  /// Octets of words and dots.
  var length = 0
  /// Where octet 65 is.
  var excess: Int?
  var words = 0
  var quotedWords = 0
  /// Where Dot-string or Quoted-string stops matching, once two kinds of words are mixed.
  var mixed: Int?
  var quotedIsEmpty = false
  var quotedIsNeeded = false
  var hasNonASCII = false

  /// Counts a word or a dot.
  mutating func count(_ octets: Int, from start: Int) {
    if length <= 64 && length + octets > 64 { excess = start + 64 - length }
    length += octets
  }
}

/// What the walk over the domain learned.
struct DomainFacts: Sendable {
  /// Octets of labels, as A-labels, and dots.
  var length = 0
  /// How many octets the A-labels have more than the U-labels they stand for.
  var encodingExcess = 0
  var labels = 0
  var lastLabel = 0..<0
  /// The label before the last one, empty when there is none.
  var previousLabel = 0..<0
  var lastIsALabel = false
  var lastHasNonASCII = false
  var hasNonASCII = false
}
