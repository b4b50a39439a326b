/// Where the time of a session went, as one strip.
enum TimingView {
  static func draw(_ model: WorkbenchModel, rows: Range<Int>, columns: Range<Int>, on grid: inout CellGrid) {
    let log = model.live.log
    let steps = log.rows.filter { ($0.elapsed ?? .zero) > .zero }
    let total = steps.reduce(Duration.zero) { $0 + ($1.elapsed ?? .zero) }
    let sum = TimeText.elapsed(total)
    PaneFrame.rule(
      "Timing", right: steps.isEmpty ? "" : "waited \(sum) in \(steps.count) steps", row: rows.lowerBound,
      columns: columns, on: &grid)
    guard rows.count > 3, total > .zero, let slowest = steps.max(by: { ($0.elapsed ?? .zero) < ($1.elapsed ?? .zero) })
    else { return }
    let room = max(1, columns.count - 4)
    let all = max(1, TimeText.milliseconds(total))
    var strip = StyledText()
    var mark = 0
    for (index, step) in steps.enumerated() {
      let width = Int(TimeText.milliseconds(step.elapsed ?? .zero)) * room / Int(all)
      let isSlowest = step.number == slowest.number
      if isSlowest { mark = strip.width }
      let sign = isSlowest ? "▓" : index % 2 == 0 ? "█" : "▒"
      strip.append(String(repeating: sign, count: min(width, room)), isSlowest ? .warning : .dim)
    }
    let scale = max(1, Int(all) / room)
    grid.put(
      "scale \(scale) ms per column; the slowest step is marked", .dim, row: rows.lowerBound + 1, column: 1,
      columns: room)
    grid.put(strip, row: rows.lowerBound + 2, column: 1, columns: room)
    let label = "▲ line \(slowest.number), \(TimeText.elapsed(slowest.elapsed ?? .zero))"
    grid.put(
      label, .warning, row: rows.lowerBound + 3, column: 1 + min(mark, max(0, room - label.count)), columns: room)
  }
}
