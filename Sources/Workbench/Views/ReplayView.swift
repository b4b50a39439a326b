import Dialogue

/// A recording, step by step.
enum ReplayView {
  static func draw(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    guard let replay = model.replay else { return }
    var left = StyledText("REPLAY ", .replay)
    left.append(replay.title, .strong)
    left.append("  step \(replay.position)/\(replay.events.count)")
    let right = StyledText(replay.isAtEnd ? "at the end" : "paused", .dim)
    StatusView.bar(left, right, row: 0, layout, on: &grid)
    StatusView.bar(progress(replay, layout), StyledText(), row: 1, layout, on: &grid)
    let rows = 2..<layout.hintRow
    let columns = 0..<layout.width
    let split = max(rows.lowerBound + 2, rows.upperBound - (layout.hasInspector ? 7 : 5))
    DialogueView.draw(model, rows: rows.lowerBound..<split, columns: columns, title: "Recorded", on: &grid)
    ExplanationView.draw(model, rows: split..<rows.upperBound, columns: columns, on: &grid)
  }

  private static func progress(_ replay: Replay, _ layout: Layout) -> StyledText {
    let room = min(50, layout.width - 24)
    let done = replay.position * room / max(1, replay.events.count)
    var text = StyledText("▕" + String(repeating: "█", count: done), .replay)
    text.append(String(repeating: "░", count: max(0, room - done)) + "▏", .dim)
    text.append(" \(TimeText.age(replay.pane.log.lastTime)) of \(TimeText.age(replay.events.last?.time ?? .zero))")
    return text
  }
}
