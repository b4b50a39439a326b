/// For each rule the parts of its JSON object that do not depend on the finding, written once.
struct FindingJSONTable: Sendable {
  /// What stands before the offsets, between them and the character, and behind the character.
  struct Parts: Sendable {
    let head: [UInt8]
    let middle: [UInt8]
    /// Nil when the sentence names no character.
    let tail: [UInt8]?
  }

  private let parts: [Parts]

  init(_ profile: AddressProfile) {
    parts = AddressRuleCatalogue.allRules.map { Self.parts($0, profile) }
  }

  /// Appends the object of a finding without its closing brace.
  func append(_ finding: AddressFinding, to output: inout [UInt8]) {
    let parts = parts[Int(finding.rule.rawValue)]
    output.append(contentsOf: parts.head)
    output.append(decimal: finding.start)
    output.append(literal: ",\"end\":")
    output.append(decimal: finding.end)
    output.append(contentsOf: parts.middle)
    if let tail = parts.tail {
      appendSubject(finding, to: &output)
      output.append(contentsOf: tail)
    }
    output.append(Octet.quote)
  }

  /// The character found; the only two that JSON escapes are written by hand.
  private func appendSubject(_ finding: AddressFinding, to output: inout [UInt8]) {
    switch UInt8(truncatingIfNeeded: finding.scalar) {
    case Octet.quote where finding.scalar < 0x80: output.append(literal: "“\\\"” (U+0022 QUOTATION MARK)")
    case Octet.backslash where finding.scalar < 0x80: output.append(literal: "“\\\\” (U+005C REVERSE SOLIDUS)")
    default: AddressMessage.appendSubject(finding, to: &output)
    }
  }

  private static func parts(_ entry: AddressRuleEntry, _ profile: AddressProfile) -> Parts {
    let severity = entry.severities[profile].name
    let head = "{\"rule\":\"\(entry.id)\",\"severity\":\"\(severity)\",\"start\":"
    let clause = ",\"clause\":\"\(entry.clause)\",\"message\":\""
    let title = JSONText.escaped(entry.title.description.utf8)
    let place = title.indices.dropLast().first { title[$0] == 0x7B && title[$0 + 1] == 0x7D }
    guard let place else { return Parts(head: Array(head.utf8), middle: Array(clause.utf8) + title, tail: nil) }
    return Parts(
      head: Array(head.utf8), middle: Array(clause.utf8) + title[..<place], tail: Array(title[(place + 2)...]))
  }
}
