import SMTPSession
import SMTPWire

/// Rows 0 and 1 of a session: where, how safe, who, what came last; and the way through it.
enum StatusView {
  static func draw(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let log = model.live.log
    bar(left(model, log, layout), right(model, log, layout), row: 0, layout, on: &grid)
    bar(ribbon(log, layout), idle(model, layout), row: 1, layout, on: &grid)
  }

  /// Draws one of the status rows; the right part only where there is room for it.
  static func bar(_ left: StyledText, _ right: StyledText, row: Int, _ layout: Layout, on grid: inout CellGrid) {
    grid.clear(rows: row..<row + 1, columns: 0..<layout.width, layer: .bar)
    grid.put(left, row: row, column: 1, columns: layout.width - 1, layer: .bar)
    if left.width + right.width + 4 <= layout.width {
      grid.put(right, row: row, endingAt: layout.width - 1, layer: .bar)
    }
  }

  private static func left(_ model: WorkbenchModel, _ log: SessionLog, _ layout: Layout) -> StyledText {
    let isLarge = layout.hasInspector
    let gap = "  "
    var text = StyledText()
    let isReference = model.identity?.isReference == true
    text.append(isReference ? "REF" : "LIVE", isReference ? .reference : .live)
    text.append(isLarge ? gap : " ")
    text.append(model.identity?.title ?? "", .strong)
    text.append(gap)
    text.append(security(log, isLarge))
    if !log.identity.isEmpty { text.append(gap + (isLarge ? "auth " : "") + log.identity) }
    if let reply = log.lastReply {
      text.append(gap)
      let enhanced = isLarge ? reply.enhancedStatusCode.map { " \($0)" } ?? "" : ""
      text.append("\(reply.code)" + enhanced, RowText.role(of: reply.code))
    }
    if log.isClosed { text.append(gap + "closed", .warning) }
    return text
  }

  private static func security(_ log: SessionLog, _ isLarge: Bool) -> StyledText {
    let tls = log.tls
    guard tls.isUp else { return StyledText("plain", .warning) }
    let short = tls.version.hasPrefix("TLSv") ? "TLS" + tls.version.dropFirst(4) : tls.version
    if isLarge {
      var text = StyledText(tls.version + " ")
      text.append(tls.isVerified ? "✓ verified" : "! unverified", tls.isVerified ? .completion : .warning)
      return text
    }
    return StyledText(short + (tls.isVerified ? "✓" : "!"), tls.isVerified ? .completion : .warning)
  }

  private static func right(_ model: WorkbenchModel, _ log: SessionLog, _ layout: Layout) -> StyledText {
    let isLarge = layout.hasInspector
    var text = StyledText()
    if let recording = model.identity?.recording {
      text.append(StyledText(isLarge ? "●REC \(recording)" : "●rec", .permanentFailure).truncated(to: 24))
      text.append(isLarge ? "  " : " ")
    }
    let secrets = model.showsSecrets ? "SHOWN" : "masked"
    text.append((isLarge ? "secrets " : "") + secrets, model.showsSecrets ? .warning : .dim)
    text.append((isLarge ? "  last event at " : " ") + TimeText.age(log.lastTime))
    return text
  }

  private static func ribbon(_ log: SessionLog, _ layout: Layout) -> StyledText {
    let isLarge = layout.hasInspector
    var text = StyledText()
    for phase in log.ribbon.phases(session: log.session) {
      if !text.isEmpty { text.append(isLarge ? " ─ " : " ", .rule) }
      text.append(name(phase, log.ribbon, isLarge))
    }
    return text
  }

  private static func name(_ phase: PhaseRibbon.Phase, _ ribbon: PhaseRibbon, _ isLarge: Bool) -> StyledText {
    var name = isLarge ? phase.step.name : phase.step.shortName
    if phase.step == .recipient, ribbon.recipients.offered > 0, phase.outcome == .current {
      name += " \(ribbon.recipients.accepted)/\(ribbon.recipients.offered)"
    }
    switch phase.outcome {
    case .done: return StyledText(name + "✓", .completion)
    case .doubtful: return StyledText(name + "!", .warning)
    case .failed: return StyledText(name + "✗", .permanentFailure)
    case .current: return StyledText("[\(name)]", .strong)
    case .ahead: return StyledText(name, .dim)
    }
  }

  /// RFC 5321 §4.5.3.2.7: a server waits five minutes for the next command at least. No clock runs on the screen.
  private static func idle(_ model: WorkbenchModel, _ layout: Layout) -> StyledText {
    guard model.isConnected else { return StyledText() }
    return StyledText(layout.hasInspector ? "server idle limit 5:00 or more" : "idle limit 5:00", .dim)
  }
}
