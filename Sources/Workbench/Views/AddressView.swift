import MailAddress
import SMTPWire

/// An address, judged while it is typed.
enum AddressView {
  static func draw(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let judgement = model.address.judgement
    StatusView.bar(
      status(judgement), StyledText("nothing is sent · offline", .dim), row: 0, layout, on: &grid)
    let top = layout.height >= 20 ? 2 : 1
    let isLarge = layout.hasInspector
    let edge = isLarge ? layout.barColumn : layout.width
    drawLine(model.address, judgement, row: top, layout, on: &grid)
    let rows = top + 3..<layout.hintRow
    let sections = sections(judgement, rows.count, edge - 2)
    PaneSection.draw(sections, rows: rows, columns: 0..<edge, on: &grid)
    if isLarge { drawSide(model.address, judgement, rows, layout, on: &grid) }
  }

  private static func status(_ judgement: AddressJudgement) -> StyledText {
    var text = StyledText("ADDRESS ", .strong)
    guard !judgement.octets.isEmpty else { return text }
    for (profile, name) in zip(AddressProfile.allCases, ["5321", "5322", "6531", "5322+6532"]) {
      text.append("  ")
      text.append(sign(judgement, profile) + " " + name, role(judgement, profile))
    }
    return text
  }

  private static func drawLine(
    _ form: AddressForm, _ judgement: AddressJudgement, row: Int, _ layout: Layout, on grid: inout CellGrid
  ) {
    PaneFrame.rule("Address", row: row, columns: 0..<layout.width, isFocused: true, on: &grid)
    grid.put("› ", .key, row: row + 1, column: 1)
    let fault = judgement.report.primary(judgement.profile)
    let range = fault.map { min($0.start, judgement.octets.count)..<min($0.end, judgement.octets.count) } ?? 0..<0
    var text = StyledText(octets: judgement.octets[..<range.lowerBound])
    let start = text.width
    text.append(StyledText(octets: judgement.octets[range], range.isEmpty ? .normal : .fault))
    let length = max(1, text.width - start)
    text.append(StyledText(octets: judgement.octets[range.upperBound...]))
    if judgement.octets.isEmpty { text.append("local-part@domain", .ghost) }
    let room = layout.width - 4
    let cursor = StyledText(octets: form.line.octetsBeforeCursor).width
    let shift = max(0, cursor - room + 1)
    grid.put(text.dropping(columns: shift), row: row + 1, column: 3, columns: room)
    grid.cursor = CellGrid.Position(row: row + 1, column: 3 + cursor - shift)
    guard fault != nil, !judgement.octets.isEmpty, start >= shift, start - shift < room else { return }
    let marks = String(repeating: "^", count: min(length, room - start + shift))
    grid.put(marks, role(judgement, judgement.profile), row: row + 2, column: 3 + start - shift)
  }

  /// The sections in the order of the screen; the tree gets the rows that the others and two rows of findings leave.
  private static func sections(_ judgement: AddressJudgement, _ room: Int, _ width: Int) -> [PaneSection] {
    guard !judgement.octets.isEmpty else {
      return [PaneSection(title: "What is checked", lines: introduction(width))]
    }
    let repairs = repairs(judgement, width)
    let forms = Array(forms(judgement).prefix(room < 16 ? 0 : room < 24 ? 1 : 3))
    let verdicts = verdicts(judgement)
    let others = [repairs, forms].reduce(0) { $0 + ($1.isEmpty ? 0 : $1.count + 1) } + verdicts.count + 2
    let tree = AddressTree.lines(judgement)
    let found = findings(judgement)
    let foundRows = found.reduce(0) { $0 + $1.wrapped(to: width).count }
    let treeRoom = max(0, min(tree.count, room - others - 1 - min(2, foundRows)))
    let findings = fitted(found, width, rows: max(1, room - others - (treeRoom > 1 ? treeRoom + 1 : 0)))
    var sections: [PaneSection] = []
    if treeRoom > 1 { sections.append(PaneSection(title: "Parse", lines: Array(tree.prefix(treeRoom)))) }
    sections.append(PaneSection(title: "Verdict", lines: verdicts))
    sections.append(
      PaneSection(
        title: "Findings", right: "\(judgement.report.findings.count)", lines: findings))
    if !repairs.isEmpty { sections.append(PaneSection(title: "Did you mean", right: "Tab takes one", lines: repairs)) }
    if !forms.isEmpty { sections.append(PaneSection(title: "Forms", lines: forms)) }
    return sections
  }

  private static func verdicts(_ judgement: AddressJudgement) -> [StyledText] {
    var lines = AddressProfile.allCases.map { profile in
      var line = StyledText(sign(judgement, profile) + " ", role(judgement, profile))
      line.append(StyledText(profile.title).padded(to: 21))
      line.append(words(judgement, profile), .dim)
      return line
    }
    lines.append(lengths(judgement))
    return lines
  }

  private static func words(_ judgement: AddressJudgement, _ profile: AddressProfile) -> String {
    if let primary = judgement.report.primary(profile) {
      return "column \(judgement.column(of: primary.start)): " + AddressMessage.text(primary)
    }
    let needsUTF8 = profile == .eai && judgement.report.needsSMTPUTF8
    return needsUTF8 ? "valid; needs SMTPUTF8 at every hop" : "valid"
  }

  /// The lengths of what was read, and a dash for what could not be.
  private static func lengths(_ judgement: AddressJudgement) -> StyledText {
    let path = judgement.canonical == nil ? nil : judgement.wire.count + 2
    let lengths: [(name: String, count: Int?, limit: Int)] = [
      ("local", judgement.report.parts.local?.count, 64), ("domain", judgement.canonical?.wireDomain.count, 255),
      ("path", path, 256),
    ]
    let isTooLong = lengths.contains { $0.count ?? 0 > $0.limit }
    let look: (String, Role) = isTooLong ? ("✗ ", .permanentFailure) : path == nil ? ("– ", .dim) : ("✓ ", .completion)
    var line = StyledText(look.0, look.1)
    line.append(StyledText("lengths").padded(to: 21))
    let words = lengths.map { name, count, limit in count.map { "\(name) \($0)/\(limit)" } ?? "\(name) –" }
    line.append(words.joined(separator: ", "), .dim)
    return line
  }

  private static func findings(_ judgement: AddressJudgement) -> [StyledText] {
    let found = judgement.report.sorted(judgement.profile)
    if found.isEmpty { return [StyledText("nothing against it, and nothing to remark", .dim)] }
    return found.map { finding in
      let severity = finding.rule.entry.severities[judgement.profile]
      let look: (String, Role) =
        severity.isInvalid ? ("✗", .permanentFailure) : severity >= .caution ? ("!", .warning) : ("·", .dim)
      var line = StyledText(look.0 + " \(judgement.column(of: finding.start)) ", look.1)
      line.append(AddressMessage.text(finding))
      line.append("  \(finding.rule.entry.clause)", .dim)
      return line
    }
  }

  /// Findings in so many rows: all whole, or else the first whole and the others cut to a row each.
  private static func fitted(_ findings: [StyledText], _ width: Int, rows: Int) -> [StyledText] {
    let whole = findings.flatMap { $0.wrapped(to: width) }
    guard whole.count > rows, let first = findings.first?.wrapped(to: width) else { return whole }
    let cut = findings.map { $0.truncated(to: width) }
    return Array((first.count > rows ? cut : first + cut.dropFirst()).prefix(rows))
  }

  private static func repairs(_ judgement: AddressJudgement, _ width: Int) -> [StyledText] {
    guard !judgement.repairs.isEmpty else { return [] }
    var line = StyledText()
    for repair in judgement.repairs.prefix(4) {
      if !line.isEmpty { line.append("    ") }
      line.append(StyledText(octets: repair, .completion))
    }
    return [line.truncated(to: width)]
  }

  /// The forms, where the one for the wire may stand in an envelope.
  private static func forms(_ judgement: AddressJudgement) -> [StyledText] {
    guard let canonical = judgement.canonical, AddressJudgement(canonical.wire).report.isValid(.eai) else { return [] }
    let rcpt = Array("RCPT TO:<".utf8) + canonical.wire + [UInt8(ascii: ">")]
    return [form("wire", rcpt), form("compare", canonical.comparison), form("show", canonical.shown)]
  }

  private static func form(_ name: String, _ octets: [UInt8]) -> StyledText {
    var line = StyledText(name, .dim).padded(to: 9)
    line.append(StyledText(octets: octets))
    return line
  }

  private static func introduction(_ width: Int) -> [StyledText] {
    StyledText(
      "Type an address: it is judged at every key by the grammars of the envelope (RFC 5321, RFC 6531) and of header fields (RFC 5322, RFC 6532), with every finding, its clause, and a repair where one is certain. ⏎ puts it into RCPT of the session."
    ).wrapped(to: width)
  }

  private static func drawSide(
    _ form: AddressForm, _ judgement: AddressJudgement, _ rows: Range<Int>, _ layout: Layout, on grid: inout CellGrid
  ) {
    let bar = layout.barColumn
    for row in rows { grid.put("│", .rule, row: row, column: bar) }
    grid.put("┬", .rule, row: rows.lowerBound, column: bar)
    let columns = bar + 1..<layout.width
    let history = form.history.prefix(12).map { address in
      let verdict = AddressJudgement(address)
      var line = StyledText(sign(verdict, verdict.profile) + " ", role(verdict, verdict.profile))
      line.append(StyledText(octets: address))
      return line
    }
    let octets = judgement.octets.prefix(96)
    let hexadecimal = stride(from: 0, to: octets.count, by: 12).map { start in
      octets[start..<min(start + 12, octets.count)].map { String(decoding: $0.hexadecimal, as: UTF8.self) }
        .joined(separator: " ")
    }.map { StyledText($0) }
    PaneSection.draw(
      [
        PaneSection(title: "Octets", right: "\(judgement.octets.count)", lines: hexadecimal + [StyledText()]),
        PaneSection(
          title: "History", right: "↑↓", lines: history.isEmpty ? [StyledText("none yet", .dim)] : Array(history)),
      ], rows: rows, columns: columns, on: &grid)
  }

  private static func sign(_ judgement: AddressJudgement, _ profile: AddressProfile) -> String {
    switch judgement.report.verdict(profile) {
    case .valid: "✓"
    case .warning: "!"
    case .invalid: "✗"
    }
  }

  private static func role(_ judgement: AddressJudgement, _ profile: AddressProfile) -> Role {
    switch judgement.report.verdict(profile) {
    case .valid: .completion
    case .warning: .warning
    case .invalid: .permanentFailure
    }
  }
}
