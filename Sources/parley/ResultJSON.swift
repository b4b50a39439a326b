import Client
import Dialogue
import SMTPSession

/// The last object of a JSON output: how it ended.
enum ResultJSON {
  /// The result of a submission.
  static func submission(_ outcome: SubmissionOutcome) -> [UInt8] {
    object(
      result: outcome.failure == nil ? "sent" : "failed", name: outcome.failure?.name, message: outcome.failure?.summary
    )
  }

  /// One line: an object with a result, and where something failed its name and a sentence.
  static func object(
    result: String, name: String? = nil, message: String? = nil, script: String? = nil, line: Int? = nil
  ) -> [UInt8] {
    var text = Array("{\"schema\":1,\"result\":".utf8)
    DialogueJSON.string(Array(result.utf8), into: &text)
    for (key, value) in [("error", name), ("script", script), ("message", message)] {
      guard let value else { continue }
      text += Array(",\"\(key)\":".utf8)
      DialogueJSON.string(Array(value.utf8), into: &text)
    }
    if let line { text += Array(",\"line\":\(line)".utf8) }
    return text + Array("}\n".utf8)
  }
}
