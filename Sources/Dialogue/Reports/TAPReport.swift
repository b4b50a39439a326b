import Failures
import SMTPWire

/// The results of a run in the Test Anything Protocol.
package enum TAPReport {
  /// The plan and a line for each file, with what went wrong as YAML below it; version 13 or 14, any other is 14.
  package static func render(_ results: [ScriptResult], version: Int = 14) -> [UInt8] {
    var text = "TAP version \(version == 13 ? 13 : 14)\n1..\(results.count)\n"
    for (index, result) in results.enumerated() { text += point(result, index + 1) }
    return Array(text.utf8)
  }

  private static func point(_ result: ScriptResult, _ number: Int) -> String {
    let isOK = result.outcome == .passed || result.outcome == .skipped
    let words = result.sentence.isEmpty ? "" : " " + description(result.sentence)
    let skip = result.outcome == .skipped ? " # SKIP\(words)" : ""
    let line = "\(isOK ? "ok" : "not ok") \(number) - \(description(result.file))\(skip)\n"
    return line + "  ---\n\(yaml(result))  ...\n"
  }

  private static func yaml(_ result: ScriptResult) -> String {
    var text = ""
    if !result.sentence.isEmpty { text += "  message: \(quoted(result.sentence))\n" }
    if result.outcome == .failed || result.outcome == .error {
      text += "  severity: \(result.outcome == .failed ? "fail" : "error")\n"
    }
    if let name = result.name { text += "  name: \(quoted(name.rawValue))\n" }
    if let line = result.line { text += "  at:\n    file: \(quoted(result.file))\n    line: \(line)\n" }
    text += list("expected", result.expected) + list("got", result.got)
    if let cause = result.cause { text += "  cause: \(quoted(cause))\n" }
    text += list("next", result.next)
    return text + "  duration_ms: \(ScriptResult.milliseconds(result.seconds))\n"
  }

  private static func list(_ name: String, _ lines: [String]) -> String {
    lines.isEmpty ? "" : "  \(name):\n" + lines.map { "    - \(quoted($0))\n" }.joined()
  }

  /// A text within a test line, in which `#` would begin a directive and a backslash an escape.
  private static func description(_ text: String) -> String {
    OctetText.readable(Array(text.utf8)).split(separator: "#", omittingEmptySubsequences: false).joined(
      separator: "\\#")
  }

  /// A YAML string in double quotes, which may be written as in JSON.
  private static func quoted(_ text: String) -> String {
    var buffer: [UInt8] = []
    DialogueJSON.string(Array(text.utf8), into: &buffer)
    return String(decoding: buffer, as: UTF8.self)
  }
}
