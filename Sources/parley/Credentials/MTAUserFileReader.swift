import MTACore

/// Reads the file of the reference MTA's users.
enum MTAUserFileReader {
  /// The users; what is wrong with the file is told and ends the command. One that others can read is refused.
  static func read(_ path: String) throws -> [MTAUser] {
    let file = try CredentialOptions.telling { () throws(CredentialFailure) in
      guard let file = try SecretFile(path) else {
        throw CredentialFailure(name: "file.unreadable", words: "\(path): no such file", status: .noInput)
      }
      try file.requirePrivate("mta.users_readable")
      return file
    }
    do throws(MTAUserFileDiagnostic) {
      return try MTAUserFile.read(file.octets)
    } catch {
      Output.diagnostic("parley: error [mta.users]: \(path):\(error.line):\(error.column): \(error.words)")
      throw ExitStatus.badInput.exitCode
    }
  }
}
