import ArgumentParser
import Dialogue
import Failures
import Glibc
import SMTPClient
import Sessions

/// A dialogue file that was read, with what is wrong in it told.
enum ScriptFile {
  /// Reads a file; notes are told, errors end the command.
  static func read(_ path: String, _ octets: [UInt8]? = nil) throws -> DialogueReading {
    let reading = DialogueReader.read(try octets ?? InputFile.read(path))
    try tell(reading.diagnostics, path)
    return reading
  }

  /// Reads a file to be played, with the files that it includes, which stand in its own folder or in those allowed.
  static func script(_ path: String, allowing folders: [String]) throws -> DialogueScript {
    let reading = DialogueReader.read(try InputFile.read(path))
    let script = DialogueScript(
      reading.dialogue, include: inclusion(ScriptFiles(script: path, allowing: folders)))
    // What a later version means nobody can say.
    let meant = reading.isReadOnly ? [] : script.diagnostics
    try tell((reading.diagnostics + meant).sorted { ($0.file ?? "", $0.line) < ($1.file ?? "", $1.line) }, path)
    return script
  }

  /// Finds the files that a script includes, each beside the one that names it.
  ///
  /// Of a file that is no dialogue nothing is quoted: the script that names it may be a stranger's.
  static func inclusion(_ files: ScriptFiles) -> ScriptIncluder {
    { name, includer in
      do throws(ScriptFiles.Refusal) {
        let path = try files.path(of: name, namedIn: includer)
        guard let octets = try? InputFile.read(path) else { return .failed("\(path) cannot be read") }
        let reading = DialogueReader.read(octets)
        guard let fault = reading.diagnostics.first(where: { $0.severity == .error }) else {
          return .read(path: path, reading)
        }
        return .failed("\(path):\(fault.line):\(fault.column): \(fault.message)")
      } catch {
        return .failed(error.words)
      }
    }
  }

  /// Looks whether the messages that a script names, each beside the file that names it, can be read.
  static func messageCheck(_ files: ScriptFiles) -> ScriptMessageCheck {
    { name, includer in
      do throws(ScriptFiles.Refusal) {
        return MessageSource.failure(at: try files.path(of: name, namedIn: includer))?.words
      } catch {
        return error.words
      }
    }
  }

  private static func tell(_ diagnostics: [DialogueDiagnostic], _ path: String) throws {
    for diagnostic in diagnostics { Output.diagnostic(diagnostic.rendered(file: path)) }
    if diagnostics.contains(where: { $0.severity == .error }) {
      throw Output.failure(.scriptInvalid, "\(path): the file cannot be used as it is; nothing was done")
    }
  }
}
