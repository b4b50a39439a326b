import Glibc
import MTACore

/// Reads the file of the reference MTA's users.
enum MTAUserFileReader {
  /// The users; what is wrong with the file is told and ends the command. One that others can read is refused.
  static func read(_ path: String) throws -> [MTAUser] {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & 0o007 != 0 {
      Output.diagnostic("parley: error [mta.users_readable]: \(path) can be read by others; say chmod 600 \(path)")
      throw ExitStatus.refused.exitCode
    }
    let octets = try InputFile.read(path)
    do throws(MTAUserFileDiagnostic) {
      return try MTAUserFile.read(octets)
    } catch {
      Output.diagnostic("parley: error [mta.users]: \(path):\(error.line):\(error.column): \(error.words)")
      throw ExitStatus.badInput.exitCode
    }
  }
}
