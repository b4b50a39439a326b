/// The last row: what just happened, or the keys that are of use now.
enum HintView {
  static func draw(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    if let flash = model.flash {
      drawFlash(flash, layout, on: &grid)
      return
    }
    if let prefix = model.pendingStroke {
      grid.put(prefix.name + " …", .key, row: layout.hintRow, column: 1)
      return
    }
    var column = 1
    for binding in bindings(model) {
      guard let hint = binding.hint, let keys = binding.keys.first else { continue }
      var text = StyledText(keys.map(\.name).joined(), .key)
      text.append(" " + hint, .dim)
      guard column + text.width < layout.width else { break }
      grid.put(text, row: layout.hintRow, column: column)
      column += text.width + 2
    }
  }

  /// A message that has no room says where it can be read whole.
  private static func drawFlash(_ flash: WorkbenchModel.Flash, _ layout: Layout, on grid: inout CellGrid) {
    let text = StyledText((flash.isError ? "✗ " : "› ") + flash.text, flash.isError ? .permanentFailure : .strong)
    let room = layout.width - 2
    if text.width <= room {
      grid.put(text, row: layout.hintRow, column: 1)
    } else {
      grid.put(text, row: layout.hintRow, column: 1, columns: room - 11)
      grid.put(StyledText("M-7 whole", .key), row: layout.hintRow, endingAt: layout.width - 1)
    }
  }

  /// On the screens without a line to type or to choose, most letters of BROWSE do nothing; where a text is typed, the
  /// arrows belong to it.
  private static func isOfUse(_ verb: Verb, _ model: WorkbenchModel) -> Bool {
    switch model.screen {
    case .tls, .log: verb == .back
    case .auth: verb != .nextMechanism || model.auth.turnsMechanism
    case .replay: ![.input, .resendLine, .editLine, .nextProblem, .fold, .filter].contains(verb)
    default: true
    }
  }

  /// The bindings with a hint, in the order of use: the first two of the place, those of everywhere, the rest.
  private static func bindings(_ model: WorkbenchModel) -> [KeyBinding] {
    let places = model.keyPlaces
    let hinted = KeyTable.bindings.filter { $0.hint != nil }
    let own = places.filter { $0 != .everywhere }.flatMap { place in hinted.filter { $0.place == place } }.filter {
      isOfUse($0.verb, model)
    }
    let canBrowse = model.screen == .session && !model.isBrowsing
    let everywhere = places.contains(.everywhere) ? hinted.filter { $0.place == .everywhere } : []
    let useful = everywhere.filter { canBrowse || $0.verb != .browse }.filter {
      model.screen == .session ? $0.verb != .openRecording : ![.explain, .inspector].contains($0.verb)
    }
    let head = [Verb.browse, .palette, .help, .openRecording].compactMap { verb in useful.first { $0.verb == verb } }
    let isReading = model.isBrowsing || model.screen == .replay
    let first = isReading || model.screen == .auth ? own.count : 2
    return own.prefix(first) + head + own.dropFirst(first)
      + useful.filter { binding in !head.contains { $0.verb == binding.verb } }
  }
}
