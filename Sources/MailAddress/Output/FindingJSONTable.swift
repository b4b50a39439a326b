/// For each rule the parts of its JSON object that do not depend on the finding, written once.
struct FindingJSONTable: Sendable {
  /// Where in the text the parts of one rule are: what stands before the offsets, between them and the character, and
  /// behind the character.
  private struct Parts: Sendable {
    var head = 0..<0
    var middle = 0..<0
    /// Nil when the sentence names no character.
    var tail: Range<Int>?
  }

  private var text: [UInt8] = []
  private var parts: [Parts] = []

  init(_ profile: AddressProfile) {
    for entry in AddressRuleCatalogue.allRules { add(entry, profile) }
  }

  /// Appends the object of a finding without its closing brace.
  func append(_ finding: AddressFinding, to output: inout [UInt8]) {
    let parts = parts[Int(finding.rule.rawValue)]
    let text = text.span
    output.append(text, parts.head)
    output.append(decimal: finding.start)
    output.append(literal: ",\"end\":")
    output.append(decimal: finding.end)
    output.append(text, parts.middle)
    if let tail = parts.tail {
      appendSubject(finding, to: &output)
      output.append(text, tail)
    }
  }

  /// The character found; the only two that JSON escapes are written by hand.
  private func appendSubject(_ finding: AddressFinding, to output: inout [UInt8]) {
    switch UInt8(truncatingIfNeeded: finding.scalar) {
    case Octet.quote where finding.scalar < 0x80: output.append(literal: "“\\\"” (U+0022 QUOTATION MARK)")
    case Octet.backslash where finding.scalar < 0x80: output.append(literal: "“\\\\” (U+005C REVERSE SOLIDUS)")
    default: AddressMessage.appendSubject(finding, to: &output)
    }
  }

  private mutating func add(_ entry: AddressRuleEntry, _ profile: AddressProfile) {
    let severity = entry.severities[profile].name
    let title = JSONText.escaped(entry.title.description.utf8)
    let place = title.indices.dropLast().first { title[$0] == 0x7B && title[$0 + 1] == 0x7D }
    var parts = Parts()
    parts.head = add(Array("{\"rule\":\"\(entry.id)\",\"severity\":\"\(severity)\",\"start\":".utf8))
    let clause = Array(",\"clause\":\"\(entry.clause)\",\"message\":\"".utf8)
    if let place {
      parts.middle = add(clause + title[..<place])
      parts.tail = add(title[(place + 2)...] + [Octet.quote])
    } else {
      parts.middle = add(clause + title + [Octet.quote])
    }
    self.parts.append(parts)
  }

  private mutating func add(_ octets: some Collection<UInt8>) -> Range<Int> {
    let start = text.count
    text.append(contentsOf: octets)
    return start..<text.count
  }
}
