import Dialogue
import Failures
import SMTPClient
import SMTPSession

/// The last object of a JSON output: how it ended.
enum ResultJSON {
  /// The result of a submission.
  static func submission(_ outcome: SubmissionOutcome) -> [UInt8] {
    object(
      result: outcome.failure == nil ? "sent" : "failed", name: outcome.failure?.name.rawValue,
      message: outcome.failure?.summary
    )
  }

  /// The result of a play, with the place, what was expected and came, and the diagnosis where it failed.
  static func script(_ result: ScriptResult) -> [UInt8] {
    let message = result.outcome == .passed ? nil : result.sentence
    var text = Array(
      object(result: result.outcome.rawValue, name: result.name?.rawValue, message: message, script: result.file)
        .dropLast(2))
    if let line = result.line { text += Array(",\"line\":\(line)".utf8) }
    for (key, lines) in [("expected", result.expected), ("got", result.got), ("next", result.next)] where !lines.isEmpty
    {
      text += Array(",\"\(key)\":[".utf8)
      for (index, line) in lines.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        DialogueJSON.string(Array(line.utf8), into: &text)
      }
      text.append(UInt8(ascii: "]"))
    }
    append("cause", result.cause, to: &text)
    return text + Array("}\n".utf8)
  }

  /// One line: an object with a result, and where something failed its name and a sentence.
  private static func object(
    result: String, name: String? = nil, message: String? = nil, script: String? = nil
  ) -> [UInt8] {
    var text = Array("{\"schema\":1".utf8)
    append("result", result, to: &text)
    append("error", name, to: &text)
    append("script", script, to: &text)
    append("message", message, to: &text)
    return text + Array("}\n".utf8)
  }

  private static func append(_ key: String, _ value: String?, to text: inout [UInt8]) {
    guard let value else { return }
    text += Array(",\"\(key)\":".utf8)
    DialogueJSON.string(Array(value.utf8), into: &text)
  }
}
