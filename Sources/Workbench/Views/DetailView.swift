import Dialogue
import SMTPSession
import SMTPWire

/// One line in full: its text, its octets, and why it is as it is.
enum DetailView {
  private static let maximumOctets = 4096

  static func draw(_ number: Int, _ scroll: Int, _ model: WorkbenchModel, _ layout: Layout, on grid: inout CellGrid) {
    guard let row = model.pane.log.row(number: number) else { return }
    let columns = 2..<layout.width - 2
    let width = columns.count - 4
    let lines = content(row, model, width)
    let rows = 1..<min(layout.height - 1, lines.count + 3)
    PaneFrame.box("Line \(number)", right: "← → other lines · Esc closes", rows: rows, columns: columns, on: &grid)
    let room = rows.lowerBound + 1..<rows.upperBound - 1
    let start = min(scroll, max(0, lines.count - room.count))
    for (line, text) in zip(room, lines[start...]) {
      grid.put(text, row: line, column: columns.lowerBound + 2, columns: width, layer: .overlay)
    }
    grid.cursor = nil
  }

  private static func content(_ row: LogRow, _ model: WorkbenchModel, _ width: Int) -> [StyledText] {
    var lines = RowText.styled(row, showsSecrets: model.showsSecrets).wrapped(to: width)
    if let elapsed = row.elapsed { lines.append(StyledText("after \(TimeText.elapsed(elapsed))", .dim)) }
    if let exchange = model.pane.log.exchange(of: row) {
      lines.append(StyledText("answers \(exchange.stage)", .dim))
      for deviation in exchange.reply.deviations { lines.append(StyledText("! \(deviation.name)", .warning)) }
    }
    if let content = model.pane.log.decodings[row.number] {
      let decoded = DecodedText.lines(content, showsSecrets: model.showsSecrets, width: width)
      if !decoded.isEmpty { lines += [StyledText(), StyledText("DECODED", .strong)] + decoded }
    }
    let octets = octets(row, model.showsSecrets)
    if !octets.isEmpty { lines += [StyledText(), StyledText("OCTETS", .strong)] + hexadecimal(octets, width) }
    let explanation = model.explanation(of: row)
    if let explanation {
      lines +=
        [StyledText(), StyledText("WHY \(explanation.title)", .strong)]
        + ExplanationView.lines(explanation, width: width, isFull: true)
    }
    return lines
  }

  /// The octets of a line, a secret as asterisks unless secrets are shown.
  private static func octets(_ row: LogRow, _ showsSecrets: Bool) -> [UInt8] {
    switch row.event {
    case .received(let line): return Array(line.wireOctets.prefix(maximumOctets))
    case .sent(let line):
      var octets: [UInt8] = []
      for part in line.parts {
        switch part {
        case .octets(let plain): octets += plain
        case .secret(let secret):
          octets += showsSecrets ? secret.octets : Array(repeating: UInt8(ascii: "*"), count: secret.count)
        }
      }
      return Array((octets + line.ending.octets).prefix(maximumOctets))
    default: return []
    }
  }

  private static func hexadecimal(_ octets: [UInt8], _ width: Int) -> [StyledText] {
    let perLine = width >= 75 ? 16 : 8
    return stride(from: 0, to: octets.count, by: perLine).map { start in
      let part = octets[start..<min(start + perLine, octets.count)]
      let address = String(start, radix: 16)
      var line = StyledText(String(repeating: "0", count: max(0, 4 - address.utf8.count)) + address + "  ", .dim)
      let digits = part.map { String(decoding: $0.hexadecimal, as: UTF8.self) }.joined(separator: " ")
      line.append(StyledText(digits).padded(to: perLine * 3 + 1))
      for octet in part {
        let isText = (0x20...0x7E).contains(octet)
        line.append(
          isText ? String(Unicode.Scalar(octet)) : octet == 0x0D ? "␍" : octet == 0x0A ? "␊" : "·",
          isText ? .normal : .raw)
      }
      return line
    }
  }
}
