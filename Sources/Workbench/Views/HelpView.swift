/// The help page, printed from the key table.
enum HelpView {
  static func draw(_ help: HelpOverlay, _ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let isLarge = layout.hasInspector
    let rows = isLarge ? 2..<layout.height - 3 : 1..<layout.height - 1
    let columns = isLarge ? 4..<layout.width - 4 : 2..<layout.width - 2
    PaneFrame.box("Help: \(name(model))", right: "type to filter · Esc closes", rows: rows, columns: columns, on: &grid)
    let inner = columns.lowerBound + 2..<columns.upperBound - 2
    drawFilter(help, row: rows.lowerBound + 1, inner, on: &grid)
    let room = rows.lowerBound + 2..<rows.upperBound - 1
    let filter = String(decoding: help.filter.octets, as: UTF8.self).lowercased()
    let lines = isLarge ? wide(model, filter, inner.count) : keys(filter) + notes(model, filter, inner.count)
    let start = min(help.scroll, max(0, lines.count - room.count))
    for (row, line) in zip(room, lines[start...]) {
      grid.put(line, row: row, column: inner.lowerBound, columns: inner.count, layer: .overlay)
    }
    let left = lines.count - start - room.count
    guard left > 0 else { return }
    grid.put(
      StyledText(" ↓ \(left) more lines ", .dim), row: room.upperBound - 1, endingAt: inner.upperBound, layer: .overlay)
  }

  private static func name(_ model: WorkbenchModel) -> String {
    if model.overlays.contains(where: { if case .composer = $0 { true } else { false } }) { return "composer" }
    switch model.screen {
    case .start: return "start screen"
    case .session: return "live session, " + (model.isBrowsing ? "browse" : "input")
    case .replay: return "recording"
    case .address: return "address"
    case .auth: return "AUTH"
    case .tls: return "TLS"
    case .log: return "log"
    }
  }

  private static func drawFilter(_ help: HelpOverlay, row: Int, _ columns: Range<Int>, on grid: inout CellGrid) {
    var line = StyledText("› ", .key)
    if help.filter.isEmpty {
      line.append("filter: any word or key", .ghost)
    } else {
      line.append(SafeText(octets: help.filter.octets))
    }
    grid.put(line, row: row, column: columns.lowerBound, columns: columns.count, layer: .overlay)
    let cursor = StyledText(octets: help.filter.octetsBeforeCursor).width
    grid.cursor = CellGrid.Position(row: row, column: min(columns.upperBound, columns.lowerBound + 2 + cursor))
  }

  /// The keys in one column, group by group.
  private static func keys(_ filter: String) -> [StyledText] {
    KeyPlace.allCases.flatMap { group($0, filter, keyWidth: 14) }
  }

  private static func group(_ place: KeyPlace, _ filter: String, keyWidth: Int) -> [StyledText] {
    let bindings = KeyTable.bindings.filter { $0.place == place && !(place == .browse && isEverywhere($0.verb)) }
    let lines = bindings.map { ($0, names($0)) }.filter { binding, names in
      filter.isEmpty || (names + " " + binding.verb.summary + " " + binding.verb.rawValue).lowercased().contains(filter)
    }.map { binding, names in
      var line = StyledText(" " + names, .key).padded(to: keyWidth)
      line.append(" " + binding.verb.summary)
      return line
    }
    return lines.isEmpty ? [] : [StyledText(place.rawValue, .strong)] + lines
  }

  private static func isEverywhere(_ verb: Verb) -> Bool {
    KeyTable.bindings.contains { $0.place == .everywhere && $0.verb == verb }
  }

  /// The keys of a binding; one that works everywhere has its letters of BROWSE with it.
  private static func names(_ binding: KeyBinding) -> String {
    guard binding.place == .everywhere else { return binding.keyNames }
    let letters = KeyTable.bindings.filter { $0.place == .browse && $0.verb == binding.verb }
    return ([binding.keyNames] + letters.map(\.keyNames)).joined(separator: " ")
  }

  /// The groups in three columns, and the notes below.
  private static func wide(_ model: WorkbenchModel, _ filter: String, _ width: Int) -> [StyledText] {
    let column = width / 3
    let places: [[KeyPlace]] = [[.everywhere, .composer, .address], [.input, .start, .replay], [.browse, .auth]]
    let columns = places.map { $0.flatMap { group($0, filter, keyWidth: 11) } }
    let height = columns.map(\.count).max() ?? 0
    let lines = (0..<height).map { row in
      columns.reduce(into: StyledText()) { line, entries in
        line.append((row < entries.count ? entries[row] : StyledText()).truncated(to: column - 1).padded(to: column))
      }
    }
    return lines + [StyledText()] + notes(model, filter, width)
  }

  private static func notes(_ model: WorkbenchModel, _ filter: String, _ width: Int) -> [StyledText] {
    guard filter.isEmpty else { return [] }
    var signs = StyledText("▸ you sent", .sent)
    signs.append("   ")
    signs.append("◂ 2xx", .completion)
    signs.append("   ")
    signs.append("◂ 3xx", .intermediate)
    signs.append("   ")
    signs.append("◂ 4xx temporary", .transientFailure)
    signs.append("   ")
    signs.append("◂ 5xx permanent", .permanentFailure)
    var more = StyledText("• event", .event)
    more.append("   ")
    more.append("‹secret›", .secret)
    more.append("   ")
    more.append("\\x1B", .raw)
    more.append(" an octet that is not text")
    let words =
      "Enter sends exactly what the line shows plus CRLF. Nothing else is sent for you, unless the start screen was told to begin with STARTTLS."
    return [StyledText("COLOURS AND SIGNS", .strong), signs, more]
      + StyledText(
        "^V types the next key literally: ^V^@ is NUL, ^V^J a bare LF. Behind \"raw \" a line is escapes, and no CRLF is added."
      ).wrapped(to: width) + StyledText(words).wrapped(to: width)
  }
}
