import Dialogue

/// TLS of the session: what was agreed, and the chain.
enum TLSView {
  static func draw(_ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    let tls = model.live.log.tls
    var left = StyledText("TLS  ", .strong)
    left.append(model.identity?.title ?? "")
    left.append("  ")
    left.append(
      tls.isVerified ? StyledText("✓ verified", .completion) : StyledText(tls.isUp ? "! not verified" : "off", .warning)
    )
    left.append("  " + tls.version)
    StatusView.bar(left, StyledText(), row: 0, layout, on: &grid)
    let width = layout.width - 2
    let all = agreed(tls, width) + tls.certificates.enumerated().flatMap { chain($0, $1, width) }
    let sections = [
      PaneSection(
        title: "Agreed and proved", right: "Esc back",
        lines: Array(all.dropFirst(min(model.logScroll, max(0, all.count - 1)))), isFocused: true)
    ]
    PaneSection.draw(sections, rows: 2..<layout.hintRow, columns: 0..<layout.width, on: &grid)
  }

  private static func agreed(_ tls: TLSFacts, _ width: Int) -> [StyledText] {
    var lines: [StyledText] = []
    if let failure = tls.failure {
      let sign = tls.isUp ? "! accepted although: " : "✗ "
      let role = tls.isUp ? Role.warning : .permanentFailure
      lines += StyledText(sign + failure.text, role).wrapped(to: width)
    }
    for (name, value) in [("version", tls.version), ("cipher", tls.cipher), ("group", tls.group)] where !value.isEmpty {
      lines.append(field(name, value))
    }
    return lines
  }

  private static func chain(_ index: Int, _ certificate: CertificateSummary, _ width: Int) -> [StyledText] {
    var lines = [StyledText(), StyledText("Certificate \(index)" + (index == 0 ? ": the server's own" : ""), .strong)]
    let fields = [
      ("subject", certificate.subject), ("names", certificate.names), ("issuer", certificate.issuer),
      ("expires", certificate.until), ("key", certificate.key),
    ]
    for (name, value) in fields where !value.isEmpty { lines.append(field(name, value)) }
    return lines
  }

  private static func field(_ name: String, _ value: String) -> StyledText {
    var line = StyledText(name, .dim).padded(to: 10)
    line.append(value)
    return line
  }
}
