import SMTPWire

/// One thing in which a dialogue differs from another, in words.
package struct DialogueFinding: Hashable, Sendable {
  /// What the difference is about.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// What a server offers.
    case capability
    /// Whether a command was accepted, and with which code.
    case reply
    /// The words of a reply.
    case text
    /// An exchange that the other dialogue lacks.
    case onlyInA = "only-in-a"
    case onlyInB = "only-in-b"
    /// What the client said.
    case command
    /// Whether and how TLS was used.
    case tls
    case certificate
    /// How the connection ended.
    case ending
    /// The text of a message.
    case message
  }

  /// What the difference is about.
  package let kind: Kind
  /// The number of the line in the first dialogue, from 1; nil where it has none.
  package let lineA: Int?
  /// The number of the line in the second dialogue, from 1; nil where it has none.
  package let lineB: Int?
  /// The difference in one sentence that is safe to show.
  package let sentence: String
}

/// What came of comparing two dialogues.
package struct DialogueComparisonResult: Hashable, Sendable {
  /// The greatest number of findings that are told; the rest is counted.
  package static let maximumFindings = 1_000

  /// In the order of the lines; facts about the whole dialogues come first.
  package internal(set) var findings: [DialogueFinding] = []
  /// The number of findings that are not told.
  package internal(set) var omitted = 0
  /// The number of exchanges that both dialogues have.
  package internal(set) var compared = 0
  /// What the two dialogues are called in the sentences.
  package let nameA: String
  /// What the second dialogue is called in sentences.
  package let nameB: String

  init(nameA: String, nameB: String) {
    self.nameA = nameA
    self.nameB = nameB
  }

  /// Whether nothing differs.
  package var areAlike: Bool { findings.isEmpty && omitted == 0 }

  /// Lines for people: one for each finding, with its places, and one that sums up. Nothing in them acts on a terminal.
  package func lines() -> [String] {
    var lines = findings.map { finding in
      let places = [finding.lineA.map { "\(nameA):\($0)" }, finding.lineB.map { "\(nameB):\($0)" }].compactMap(\.self)
      return (places.isEmpty ? "" : places.joined(separator: " ") + ": ") + finding.sentence
    }
    if omitted > 0 { lines.append("… and \(omitted) more.") }
    let total = findings.count + omitted
    let exchanges = compared == 1 ? "1 exchange" : "\(compared) exchanges"
    lines.append(
      areAlike
        ? "\(nameA) and \(nameB) are alike (\(exchanges) compared)."
        : "\(total) \(total == 1 ? "difference" : "differences") (\(exchanges) compared).")
    return lines
  }

  /// Appends one JSON object and a line feed: `schema`, `kind`, `alike`, `compared`, `omitted`, `findings`.
  package func json(into buffer: inout [UInt8]) {
    let head = "{\"schema\":1,\"kind\":\"comparison\",\"alike\":\(areAlike),\"compared\":\(compared)"
    buffer.append(contentsOf: "\(head),\"omitted\":\(omitted),\"findings\":[".utf8)
    for (index, finding) in findings.enumerated() {
      let lineA = finding.lineA.map(String.init) ?? "null"
      let lineB = finding.lineB.map(String.init) ?? "null"
      let comma = index > 0 ? "," : ""
      buffer.append(
        contentsOf: "\(comma){\"kind\":\"\(finding.kind.rawValue)\",\"a\":\(lineA),\"b\":\(lineB),\"text\":".utf8)
      DialogueJSON.string(Array(finding.sentence.utf8), into: &buffer)
      buffer.append(UInt8(ascii: "}"))
    }
    buffer.append(contentsOf: "]}\n".utf8)
  }

  mutating func add(_ kind: DialogueFinding.Kind, _ lineA: Int?, _ lineB: Int?, _ sentence: String) {
    guard findings.count < Self.maximumFindings else {
      omitted += 1
      return
    }
    findings.append(DialogueFinding(kind: kind, lineA: lineA, lineB: lineB, sentence: sentence))
  }
}
