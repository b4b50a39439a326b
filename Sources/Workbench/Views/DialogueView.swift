import Dialogue
import SMTPWire

/// The rows of a dialogue.
enum DialogueView {
  static func draw(
    _ model: WorkbenchModel, rows: Range<Int>, columns: Range<Int>, isFocused: Bool = true, title: String = "Dialogue",
    on grid: inout CellGrid
  ) {
    guard rows.count > 1 else { return }
    let pane = model.pane
    let numbers = pane.shownNumbers
    let isLarge = columns.count >= 70 && columns.count < grid.width || grid.width >= 100
    PaneFrame.rule(
      title, right: head(pane, numbers, isLarge), row: rows.lowerBound, columns: columns, isFocused: isFocused,
      on: &grid)
    let room = rows.dropFirst()
    let visible = window(pane, numbers, room.count)
    for (row, number) in zip(room, visible) {
      guard let entry = pane.log.row(number: number) else { continue }
      draw(entry, pane, isLarge, model.showsSecrets, row: row, columns: columns, on: &grid)
      if number == pane.selected, model.isBrowsing || !pane.isFollowing || model.screen == .replay {
        grid.lay(.selection, row: row, columns: columns)
      }
    }
  }

  /// The numbers that are in sight: the last ones while following, else those around the selected one.
  private static func window(_ pane: DialoguePane, _ numbers: [Int], _ room: Int) -> ArraySlice<Int> {
    guard numbers.count > room else { return numbers[...] }
    if pane.isFollowing { return numbers.suffix(room) }
    let index = numbers.lastIndex { $0 <= pane.selected } ?? 0
    let start = min(max(0, index - room / 2), numbers.count - room)
    return numbers[start..<start + room]
  }

  private static func head(_ pane: DialoguePane, _ numbers: [Int], _ isLarge: Bool) -> String {
    let total = pane.log.rows.count
    let index = numbers.lastIndex { $0 <= pane.selected }.map { $0 + 1 } ?? 0
    let below = numbers.count - index
    let follow = pane.isFollowing ? "follow" : below > 0 ? "\(below) below ↓ G" : "follow off"
    let hidden = pane.filter.isEmpty ? "" : "filter \(pane.filter): \(numbers.count) of \(total)"
    guard isLarge else { return (hidden.isEmpty ? "\(index)/\(numbers.count) " : hidden + " ") + follow }
    let followLong = pane.isFollowing ? "follow on" : follow
    return "\(total) lines · \(followLong) · \(hidden.isEmpty ? "filter none" : hidden)"
  }

  private static func draw(
    _ row: LogRow, _ pane: DialoguePane, _ isLarge: Bool, _ showsSecrets: Bool, row line: Int, columns: Range<Int>,
    on grid: inout CellGrid
  ) {
    var start = StyledText(pane.marks.contains(row.number) ? "●" : " ", .warning)
    let number = String(row.number)
    start.append(String(repeating: " ", count: max(0, 3 - number.utf8.count)) + number + " ", .dim)
    if isLarge { start.append(stamp(row, pane), .dim) }
    let (sign, signRole) = RowText.sign(row)
    start.append(sign + " ", signRole)
    let used = grid.put(start, row: line, column: columns.lowerBound, columns: columns.count)
    let end = timing(row)
    let endWidth = isLarge ? 16 : end.width + (end.isEmpty ? 0 : 1)
    let room = columns.count - used - endWidth
    grid.put(text(row, pane, showsSecrets, room), row: line, column: columns.lowerBound + used, columns: room)
    let edge = columns.upperBound - (isLarge ? 9 : 0)
    if !end.isEmpty { grid.put(end, row: line, endingAt: edge) }
    if isLarge, let elapsed = row.elapsed {
      grid.put(TimeText.bar(elapsed), role(of: elapsed), row: line, column: edge + 1, columns: 7)
    }
  }

  private static func text(_ row: LogRow, _ pane: DialoguePane, _ showsSecrets: Bool, _ room: Int) -> StyledText {
    var text = RowText.styled(row, showsSecrets: showsSecrets)
    if let decoded = pane.log.decodings[row.number].flatMap({ DecodedText.beside($0, showsSecrets: showsSecrets) }) {
      // Base64 says nothing to people: it makes room for what it stands for.
      if case .received = row.event { text = text.truncated(to: max(room / 3, room - decoded.width - 2)) }
      text.append("  ")
      text.append(decoded)
    }
    guard let fold = row.fold, !pane.unfolded.contains(row.number) else { return text }
    if !fold.summary.isEmpty { text.append(" (\(fold.summary))", .event) }
    text.append(" ‹folded \(fold.hidden)›", .dim)
    return text
  }

  /// The time of a row, where it is not the time of the reply's first line.
  private static func stamp(_ row: LogRow, _ pane: DialoguePane) -> String {
    let isRest = row.exchange != nil && pane.log.row(number: row.number - 1)?.exchange == row.exchange
    let stamp = isRest ? "" : TimeText.stamp(row.time)
    return stamp + String(repeating: " ", count: max(0, 7 - stamp.utf8.count))
  }

  private static func timing(_ row: LogRow) -> StyledText {
    guard let elapsed = row.elapsed else { return StyledText() }
    return StyledText(TimeText.elapsed(elapsed), role(of: elapsed))
  }

  private static func role(of elapsed: Duration) -> Role { elapsed >= .seconds(1) ? .warning : .dim }
}
