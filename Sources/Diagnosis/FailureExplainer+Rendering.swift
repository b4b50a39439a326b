import Failures
package import SMTPSession
package import SMTPWire

extension FailureExplainer {
  /// The greatest number of the server's lines that are shown.
  package static let maximumServerLines = 12
  /// The greatest number of characters of one of the server's lines, and of the summary.
  package static let maximumLineLength = 300

  /// The failure as the lines for standard error, each ended by a line feed and safe on a terminal.
  ///
  /// First `parley: error [NAME]: summary`, then, indented, the server's words, the cause, and what to try next.
  package static func rendered(failure: SessionFailure, explanation: Explanation, target: Target?) -> String {
    let explanation = explanation.addressed(to: target)
    var lines = ["parley: error [\(failure.name)]: \(cut(Array(failure.summary.utf8)))"]
    lines += serverLines(failure.lines)
    lines.append("  cause: \(explanation.cause) (\(explanation.clause))")
    lines += explanation.next.map { "  next:  \($0)" }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The server's lines for a terminal; of many, the first ones, and how many more there are.
  package static func serverLines(_ lines: [WireLine]) -> [String] {
    var shown = lines.prefix(maximumServerLines).map { "  server: \(cut($0.octets))" }
    let more = lines.count - shown.count
    if more > 0 { shown.append("  server: … and \(more) more line\(more == 1 ? "" : "s")") }
    return shown
  }

  /// Octets as escaped text of bounded length; what is left out is counted.
  private static func cut(_ octets: [UInt8]) -> String {
    // One octet becomes four characters at most, so no more than these can be needed.
    let text = OctetText.readable(octets.prefix(maximumLineLength * 4))
    guard text.count > maximumLineLength || octets.count > maximumLineLength * 4 else { return text }
    return "\(text.prefix(maximumLineLength - 30))… (\(octets.count) octets in all)"
  }
}
