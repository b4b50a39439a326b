import Dialogue
import SMTPWire

/// A recording played again: what was recorded and what comes now, with the differences in words.
enum ReplayView {
  /// One row of the list.
  private struct Row {
    var step: Int
    var mark = " "
    var role = Role.dim
    var recorded = StyledText()
    var now = StyledText()
    /// Whether it is the first row of its step.
    var isHead = false
  }

  static func draw(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    guard let replay = model.replay else { return }
    StatusView.bar(status(model, replay), StyledText(replay.state.words, .dim), row: 0, layout, on: &grid)
    StatusView.bar(progress(replay, layout), StyledText(pace(replay), .dim), row: 1, layout, on: &grid)
    let rows = 2..<layout.hintRow
    let split = max(rows.lowerBound + 2, rows.upperBound - (layout.hasInspector ? 7 : 4))
    drawSteps(model, replay, rows.lowerBound..<split, layout, on: &grid)
    drawReason(model, replay, split..<rows.upperBound, layout, on: &grid)
  }

  private static func status(_ model: WorkbenchModel, _ replay: Replay) -> StyledText {
    var left = StyledText("REPLAY ", .replay)
    left.append(replay.title, .strong)
    left.append("  →  ")
    if replay.isAttached, let identity = model.identity {
      left.append(identity.isReference ? "REF " : "LIVE ", identity.isReference ? .reference : .live)
      left.append(identity.title)
    } else {
      left.append(replay.target, .dim)
    }
    left.append("   step \(min(replay.position + 1, replay.steps.count))/\(replay.steps.count)")
    let count = replay.differences
    if count > 0 { left.append("   \(count) difference\(count == 1 ? "" : "s")", .warning) }
    return left
  }

  private static func progress(_ replay: Replay, _ layout: Layout) -> StyledText {
    let room = min(50, layout.width - 30)
    let done = replay.position * room / max(1, replay.steps.count)
    var text = StyledText("▕" + String(repeating: "█", count: done), .replay)
    text.append(String(repeating: "░", count: max(0, room - done)) + "▏", .dim)
    return text
  }

  private static func pace(_ replay: Replay) -> String {
    if replay.pace == 0 { return "no pauses  < slower" }
    let whole = replay.pace >= 1
    return "×\(whole ? String(Int(replay.pace)) : String(replay.pace)) timing  < >"
  }

  private static func drawSteps(
    _ model: WorkbenchModel, _ replay: Replay, _ area: Range<Int>, _ layout: Layout, on grid: inout CellGrid
  ) {
    let isWide = layout.hasInspector
    let bar = isWide ? layout.width / 2 : layout.width
    let title = isWide ? "Recorded  \(replay.title)" : "Recorded (−) / now (+), ignoring host names, dates, ids"
    PaneFrame.rule(title, row: area.lowerBound, columns: 0..<layout.width, isFocused: true, on: &grid)
    if isWide { PaneFrame.rule("Now", row: area.lowerBound, columns: bar + 1..<layout.width, on: &grid) }
    let all = replay.steps.indices.flatMap { rows($0, replay, isWide) }
    let room = area.count - 1
    let focus = all.firstIndex { $0.step == replay.selected } ?? 0
    let first = max(0, min(focus - room / 2, all.count - room))
    for (line, row) in zip(area.dropFirst(), all[first...]) {
      draw(row, replay, line, bar, layout, on: &grid)
      if row.step == replay.selected { grid.lay(.selection, row: line, columns: 0..<layout.width) }
    }
    guard isWide else { return }
    for line in area { grid.put(line == area.lowerBound ? "┬" : "│", .rule, row: line, column: bar) }
  }

  private static func draw(
    _ row: Row, _ replay: Replay, _ line: Int, _ bar: Int, _ layout: Layout, on grid: inout CellGrid
  ) {
    let step = replay.steps[row.step]
    var head = StyledText(row.isHead && row.step == replay.position ? "▶" : " ", .key)
    head.append(row.isHead && step.isBreakpoint ? "●" : " ", .warning)
    let number = row.isHead ? String(row.step + 1) : ""
    head.append(String(repeating: " ", count: max(0, 3 - number.count)) + number + " ", .dim)
    if bar < layout.width {
      grid.put(head, row: line, column: 0)
      grid.put(row.recorded, row: line, column: head.width, columns: bar - head.width - 3)
      grid.put(row.mark, row.role, row: line, column: bar - 2)
      grid.put(row.now, row: line, column: bar + 2, columns: layout.width - bar - 3)
      return
    }
    head.append(row.mark + " ", row.role)
    grid.put(head, row: line, column: 0)
    let text = row.now.isEmpty ? row.recorded : row.now
    grid.put(text, row: line, column: head.width, columns: layout.width - head.width - 1)
  }

  /// The rows of a step: its command, its reply, and in one column both replies where they differ.
  private static func rows(_ index: Int, _ replay: Replay, _ isWide: Bool) -> [Row] {
    let step = replay.steps[index]
    var rows: [Row] = []
    if step.kind != .greeting { rows.append(command(step, index)) }
    var reply = Row(step: index)
    reply.isHead = rows.isEmpty
    if let recorded = step.recorded { reply.recorded = text(recorded) }
    if let now = step.reply { reply.now = text(now) }
    (reply.mark, reply.role) = mark(step)
    if reply.now.isEmpty, step.progress == .awaited { reply.now = StyledText("◂ …", .dim) }
    let isDifferent = step.verdict == .different || step.verdict == .ignored
    guard !isWide, isDifferent else { return step.recorded == nil && step.reply == nil ? rows : rows + [reply] }
    var old = reply
    old.mark = "−"
    old.now = StyledText()
    var new = reply
    new.mark = step.verdict == .ignored ? "(" : "+"
    new.isHead = false
    return rows + [old, new]
  }

  private static func command(_ step: ReplayStep, _ index: Int) -> Row {
    var row = Row(step: index, isHead: true)
    let first = step.lines.first.map { $0.masked } ?? ""
    let recorded = step.recordedLines.first.map { $0.masked } ?? ""
    let tail = step.kind == .message ? "  ‹message, \(step.lines.count) lines›" : ""
    row.recorded = StyledText(step.isInserted ? "" : "▸ " + recorded + tail, .sent)
    let now = StyledText("▸ " + first + tail, .sent)
    switch (step.isSkipped, step.isInserted, step.isEdited) {
    case (true, _, _): (row.mark, row.role, row.now) = ("−", .dim, StyledText("‹left out› " + recorded, .dim))
    case (_, true, _): (row.mark, row.role, row.now) = ("i", .key, now)
    case (_, _, true): (row.mark, row.role, row.now) = ("e", .key, now)
    default:
      row.mark = step.progress == .ahead ? "·" : "="
      if step.progress != .ahead { row.now = now }
    }
    return row
  }

  private static func mark(_ step: ReplayStep) -> (String, Role) {
    switch step.verdict {
    case .same: ("=", .completion)
    case .alike: ("~", .dim)
    case .different: ("!", .permanentFailure)
    case .ignored: ("(", .dim)
    case nil: (step.progress == .ahead ? "·" : " ", .dim)
    }
  }

  /// A reply in one row: its first line, or the keywords of a long one.
  private static func text(_ reply: Reply) -> StyledText {
    var text = StyledText("◂ ", RowText.role(of: reply.code))
    guard reply.lines.count > 1 else {
      text.append(StyledText(octets: reply.lines.first?.octets ?? [], RowText.role(of: reply.code)))
      return text
    }
    text.append("\(reply.code) ×\(reply.lines.count)", RowText.role(of: reply.code))
    for line in reply.lines.dropFirst() {
      text.append(" ")
      text.append(StyledText(octets: line.octets.dropFirst(4).prefix { !$0.isASCIIBlank }))
    }
    return text
  }

  private static func drawReason(
    _ model: WorkbenchModel, _ replay: Replay, _ rows: Range<Int>, _ layout: Layout, on grid: inout CellGrid
  ) {
    let step = replay.current
    let isDifferent = step.verdict == .different || step.verdict == .ignored
    let title = isDifferent ? "Why different at step \(replay.selected + 1)" : "Step \(replay.selected + 1)"
    let lines = reason(model, step).flatMap { $0.wrapped(to: layout.width - 2) }
    PaneSection.draw(
      [PaneSection(title: title, right: "] next  [ previous difference", lines: lines)], rows: rows,
      columns: 0..<layout.width, on: &grid)
  }

  /// The recorded lines of the login in focus, each with what it says.
  private static func login(_ model: WorkbenchModel) -> [StyledText] {
    guard let replay = model.replay else { return [] }
    let log = replay.pane.log
    let end = replay.steps.dropFirst(replay.selected + 1).first { $0.row > 0 }?.row ?? log.rows.count + 1
    return (replay.current.row..<end).compactMap { number in
      guard let row = log.row(number: number), let content = log.decodings[number],
        let decoded = DecodedText.beside(content, showsSecrets: model.showsSecrets)
      else { return nil }
      let (sign, role) = RowText.sign(row)
      var line = StyledText(sign + " ", role)
      line.append(RowText.styled(row, showsSecrets: model.showsSecrets).truncated(to: 24))
      line.append("  ")
      line.append(decoded)
      return line
    }
  }

  private static func reason(_ model: WorkbenchModel, _ step: ReplayStep) -> [StyledText] {
    var lines = step.sentences.map { StyledText($0, step.verdict == .different ? .warning : .normal) }
    if step.verdict == .ignored { lines.append(StyledText("This difference is ignored from now on.", .dim)) }
    if step.verdict == .same { lines.append(StyledText("The reply is the recorded one to the last word.", .dim)) }
    if step.verdict == .alike, lines.isEmpty {
      lines.append(StyledText("Only host names, dates or ids differ, which carry no weight.", .dim))
    }
    if step.progress == .awaited { lines.append(StyledText("Sent; the reply has not come yet.", .dim)) }
    if step.isSkipped { lines.append(StyledText("This step is left out; d takes it in again.", .dim)) }
    if case .authentication = step.kind { lines += login(model) }
    if step.verdict == .different, let cause = model.explanation(of: step)?.text { lines.append(StyledText(cause)) }
    if lines.isEmpty {
      let words =
        model.replay?.isAttached == true
        ? "Not reached yet. s sends this step, c goes on, e edits it, i inserts a line before it, d leaves it out."
        : "Nothing is sent yet. s or c asks for the server to replay against, and connects."
      lines.append(StyledText(words, .dim))
    }
    return lines
  }
}
