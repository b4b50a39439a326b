import Failures

/// The results of a run as JUnit XML, the form that build servers read.
package enum JUnitReport {
  /// One document in UTF-8: a suite with a case for each file. Characters that XML 1.0 forbids become U+FFFD.
  package static func render(_ results: [ScriptResult], suite: String = "parley") -> [UInt8] {
    let time = ScriptResult.decimal(results.reduce(0) { $0 + $1.seconds })
    let counts = [("failures", ScriptResult.Outcome.failed), ("errors", .error), ("skipped", .skipped)]
      .map { name, outcome in " \(name)=\"\(results.count { $0.outcome == outcome })\"" }.joined()
    let head = "name=\"\(escaped(suite))\" tests=\"\(results.count)\"\(counts) time=\"\(time)\""
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(head)>\n  <testsuite \(head)>\n"
    for result in results { text += testCase(result, suite) }
    return Array((text + "  </testsuite>\n</testsuites>\n").utf8)
  }

  private static func testCase(_ result: ScriptResult, _ suite: String) -> String {
    let line = result.line.map { " line=\"\($0)\"" } ?? ""
    let head =
      "    <testcase classname=\"\(escaped(suite))\" name=\"\(escaped(result.file))\" file=\"\(escaped(result.file))\""
      + "\(line) time=\"\(ScriptResult.decimal(result.seconds))\""
    guard let element = element(of: result.outcome) else { return head + "/>\n" }
    let type = result.name.map { " type=\"\(escaped($0.rawValue))\"" } ?? ""
    let message = result.sentence.isEmpty ? "" : " message=\"\(escaped(result.sentence))\""
    let details = result.detailLines.map(escaped).joined(separator: "\n")
    return "\(head)>\n      <\(element)\(element == "skipped" ? "" : type)\(message)>\(details)</\(element)>\n"
      + "    </testcase>\n"
  }

  private static func element(of outcome: ScriptResult.Outcome) -> String? {
    switch outcome {
    case .passed: nil
    case .failed: "failure"
    case .error: "error"
    case .skipped: "skipped"
    }
  }

  /// A text for an attribute or an element.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n", "\r": escaped += "&#\(scalar.value);"
      case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        // The C1 controls are allowed, and act on terminals.
        escaped.unicodeScalars.append((0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar)
      default: escaped += "\u{FFFD}"
      }
    }
    return escaped
  }
}
