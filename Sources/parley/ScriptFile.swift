import ArgumentParser
import Dialogue

/// A dialogue file that was read, with what is wrong in it told.
enum ScriptFile {
  /// Reads a file; notes are told, errors end the command.
  static func read(_ path: String) throws -> DialogueReading {
    let reading = DialogueReader.read(try InputFile.read(path))
    try tell(reading.diagnostics, path)
    return reading
  }

  /// Reads a file to be played.
  static func script(_ path: String) throws -> (script: DialogueScript, dialogue: Dialogue) {
    let dialogue = try read(path).dialogue
    let script = DialogueScript(dialogue)
    try tell(script.diagnostics, path)
    return (script, dialogue)
  }

  private static func tell(_ diagnostics: [DialogueDiagnostic], _ path: String) throws {
    for diagnostic in diagnostics { Output.diagnostic(diagnostic.rendered(file: path)) }
    if diagnostics.contains(where: { $0.severity == .error }) {
      Output.diagnostic("parley: error [script.invalid]: \(path): nothing was sent")
      throw ExitStatus.badInput.exitCode
    }
  }
}
