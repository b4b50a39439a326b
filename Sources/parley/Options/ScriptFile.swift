import ArgumentParser
import Dialogue
import Failures
import Glibc
import SMTPClient

/// A dialogue file that was read, with what is wrong in it told.
enum ScriptFile {
  /// Reads a file; notes are told, errors end the command.
  static func read(_ path: String, _ octets: [UInt8]? = nil) throws -> DialogueReading {
    let reading = DialogueReader.read(try octets ?? InputFile.read(path))
    try tell(reading.diagnostics, path)
    return reading
  }

  /// Reads a file to be played, with the files that it includes.
  static func script(_ path: String) throws -> DialogueScript {
    let reading = DialogueReader.read(try InputFile.read(path))
    let script = DialogueScript(reading.dialogue, include: inclusion(of: path))
    // What a later version means nobody can say.
    let meant = reading.isReadOnly ? [] : script.diagnostics
    try tell((reading.diagnostics + meant).sorted { ($0.file ?? "", $0.line) < ($1.file ?? "", $1.line) }, path)
    return script
  }

  /// Finds the files that a script includes, each beside the one that names it.
  static func inclusion(of path: String) -> (String, String?) -> ScriptInclusion {
    { name, includer in
      let file = ScriptPlace.path(of: name, namedIn: includer ?? path)
      guard let canonical = realpath(file, nil) else { return .failed("\(file): \(String(cString: strerror(errno)))") }
      defer { free(canonical) }
      guard let octets = try? InputFile.read(file) else { return .failed("\(file) cannot be read") }
      return .read(path: String(cString: canonical), DialogueReader.read(octets))
    }
  }

  /// Looks whether the messages that a script names, each beside the file that names it, can be read.
  static func messageCheck(of path: String) -> ScriptMessageCheck {
    { name, includer in MessageSource.failure(at: ScriptPlace.path(of: name, namedIn: includer ?? path))?.words }
  }

  private static func tell(_ diagnostics: [DialogueDiagnostic], _ path: String) throws {
    for diagnostic in diagnostics { Output.diagnostic(diagnostic.rendered(file: path)) }
    if diagnostics.contains(where: { $0.severity == .error }) {
      throw Output.failure(.scriptInvalid, "\(path): the file cannot be used as it is; nothing was done")
    }
  }
}
