import ArgumentParser
import Glibc
import SMTPSession

/// Where the user's name and password come from; the password need not stand on the command line.
struct CredentialOptions: ParsableArguments, Sendable {
  @Option(name: [.long, .customLong("au", withSingleDash: true), .customLong("user")], help: "The user to log in as.")
  var authUser: String?

  @Option(
    name: [.long, .customLong("ap", withSingleDash: true)],
    help: "The password. Others can read it in the process list: prefer the ways below.")
  var authPassword: String?

  @Option(help: ArgumentHelp("Take the first line that a command prints as the password.", valueName: "command"))
  var passwordCommand: String?

  @Option(help: ArgumentHelp("Read the password from an open file descriptor.", valueName: "number"))
  var passwordFd: Int32?

  @Option(help: "The name to act as, where it is not the user's own.")
  var authzid: String?

  /// The credentials for a host; nil when no user is named anywhere.
  ///
  /// A password is taken from the first of: the options, PARLEY_PASSWORD, ~/.netrc, a prompt on the terminal.
  /// With `asksPassword` off it is empty where none of them has it.
  func credentials(host: String, asksPassword: Bool = true) throws -> Credentials? {
    let entry = try NetrcReader.entry(host: host, user: authUser)
    guard let user = authUser ?? Self.environment("PARLEY_USER") ?? entry?.user else { return nil }
    guard !user.utf8.contains(0) else { throw ValidationError("--auth-user: a user name cannot hold NUL") }
    var password = try givenPassword() ?? Self.environment("PARLEY_PASSWORD") ?? entry?.password
    if password == nil, asksPassword { password = try prompt(user, host) }
    let secret = password ?? ""
    guard !secret.utf8.contains(0) else { throw ValidationError("a password cannot hold NUL (RFC 4616 §2)") }
    return Credentials(user: user, password: secret, authorization: authzid ?? "")
  }

  private func givenPassword() throws -> String? {
    if let authPassword { return authPassword }
    if let passwordFd { return Self.firstLine(try InputFile.readAll(passwordFd, "descriptor \(passwordFd)")) }
    guard let passwordCommand else { return nil }
    return try Self.output(of: passwordCommand)
  }

  private static func output(of command: String) throws -> String {
    guard let pipe = popen(command, "r") else { throw ValidationError("--password-command: cannot be started") }
    let octets = try InputFile.readAll(fileno(pipe), "--password-command")
    guard pclose(pipe) == 0 else {
      Output.diagnostic("parley: error [auth.no_credentials]: --password-command failed")
      throw ExitStatus.noInput.exitCode
    }
    return firstLine(octets)
  }

  private func prompt(_ user: String, _ host: String) throws -> String {
    if let password = PasswordPrompt.ask("Password for \(user) at \(host): ") { return password }
    Output.diagnostic(
      "parley: error [auth.no_credentials]: no password for \(user): give --password-command, --password-fd, "
        + "PARLEY_PASSWORD or an entry in ~/.netrc")
    throw ExitStatus.usage.exitCode
  }

  private static func firstLine(_ octets: [UInt8]) -> String {
    String(decoding: octets.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
  }

  private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
