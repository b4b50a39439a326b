import Failures
import MTACore

/// Reads the file of the reference MTA's users.
enum MTAUserFileReader {
  /// The users; what is wrong with the file is told and ends the command. One that others can read is refused.
  static func read(_ path: String) throws -> [MTAUser] {
    let file = try CredentialOptions.telling { () throws(CredentialFailure) in
      guard let file = try SecretFile(path) else {
        throw CredentialFailure(name: .fileUnreadable, words: "\(path): no such file")
      }
      try file.requirePrivate(.mtaUsersReadable)
      return file
    }
    do throws(MTAUserFileDiagnostic) {
      return try MTAUserFile.read(file.octets)
    } catch {
      throw Output.failure(.mtaUsers, "\(path):\(error.line):\(error.column): \(error.words)")
    }
  }
}
