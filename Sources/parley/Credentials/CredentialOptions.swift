import ArgumentParser
import Failures
import Glibc
import SASL
import SMTPClient
import SMTPSession
import SMTPWire

/// Where the user's name and password come from; the password need not stand on the command line.
struct CredentialOptions: ParsableArguments, Sendable {
  @Option(name: [.long, .customLong("au", withSingleDash: true), .customLong("user")], help: "The user to log in as.")
  var authUser: String?

  @Option(
    name: [.long, .customLong("ap", withSingleDash: true)],
    help: "The password. It stays in the shell's history: prefer the ways below.")
  var authPassword: String?

  @Option(help: ArgumentHelp("Take the first line that a command prints as the password.", valueName: "command"))
  var passwordCommand: String?

  @Option(help: ArgumentHelp("Read the password from an open file descriptor.", valueName: "number"))
  var passwordFd: Int32?

  @Option(help: "The name to act as, where it is not the user's own.")
  var authzid: String?

  @Option(
    help: ArgumentHelp(
      "Take target, user, password and variables from a file in ~/.config/parley/profiles; without it, from the one whose target is the server.",
      valueName: "name"))
  var profile: String?

  @Flag(help: "Look nowhere but in ~/.netrc for user and password.") var netrc = false

  /// Credentials, and where they are from.
  struct Found: Sendable {
    let credentials: Credentials
    let source: String
    /// Whether they were stored for the very host, or typed by somebody who was told its name.
    var isForHost = false
  }

  /// The credentials for a host; nil when no user is named anywhere.
  ///
  /// A user and a password are taken from the first of: the options, PARLEY_USER and PARLEY_PASSWORD, a profile, ~/.netrc,
  /// a prompt on the terminal. With `asksPassword` off the password is empty where none of them has it.
  func credentials(host: String, asksPassword: Bool = true) throws -> Credentials? {
    try Self.telling { () throws(CredentialFailure) in
      try find(host: host, asksPassword: asksPassword)?.credentials
    }
  }

  /// As `credentials(host:)`, with the place that they are from.
  func asked(host: String) throws -> Found? {
    try Self.telling { () throws(CredentialFailure) in try find(host: host, asksPassword: true) }
  }

  /// What is known for a host without asking; nil where that is nothing.
  func found(host: String) throws -> Found? {
    try Self.telling { () throws(CredentialFailure) in try find(host: host) }
  }

  /// The profile that is named; nil where none is.
  func namedProfile() throws -> Profile? {
    guard let profile else { return nil }
    return try Self.telling { () throws(CredentialFailure) in try Profile.named(profile) }
  }

  /// The credentials for a host, the password asked for where nothing else has it and `asksPassword` says so.
  ///
  /// With `runsCommands` off, a command that would print the password is not run.
  func find(
    host: String, runsCommands: Bool = true, asksPassword: Bool = false
  ) throws(CredentialFailure) -> Found? {
    let environment = netrc ? nil : Self.environment
    let profile = try profile(of: host)
    let named = authUser ?? environment?.user ?? profile?.user
    let entry = try NetrcReader.entry(host: host, user: named)
    guard let user = named ?? entry?.user else { return nil }
    SecretGuard.arm()
    guard !user.utf8.contains(0) else { throw .missing("--auth-user: a user name cannot hold NUL") }
    var found = try given(runsCommands)
    if found == nil { found = environment?.password.map { ($0, "PARLEY_PASSWORD") } }
    var isForHost = false
    if found == nil {
      found = try Self.password(of: profile, runsCommands)
      isForHost = found != nil && self.profile == nil
    }
    if found == nil {
      found = entry?.password.map { ($0, "~/.netrc") }
      isForHost = found != nil && entry?.machine != nil
    }
    if found == nil, asksPassword { (found, isForHost) = ((try prompt(user, host), "prompt"), true) }
    let (password, source) = found ?? (Secret(name: "password", octets: []), "nowhere")
    guard !password.octets.contains(0) else { throw .missing("a password cannot hold NUL (RFC 4616 §2)") }
    let identity = authzid ?? profile?.authzid ?? ""
    return Found(
      credentials: Credentials(user: user, password: password, authorization: identity), source: source,
      isForHost: isForHost)
  }

  private func profile(of host: String) throws(CredentialFailure) -> Profile? {
    if netrc { return nil }
    if let profile { return try Profile.named(profile) }
    return try Profile.of(host: host)
  }

  /// The password that an option leads to.
  private func given(_ runsCommands: Bool) throws(CredentialFailure) -> (Secret, String)? {
    if let authPassword { return (Secret(name: "password", octets: Array(authPassword.utf8)), "--auth-password") }
    if let passwordFd {
      let file = try SecretFile(passwordFd, "descriptor \(passwordFd)")
      try file.requirePrivate(.authDescriptorReadable)
      return (Self.firstLine(file.octets), "--password-fd")
    }
    guard runsCommands, let passwordCommand else { return nil }
    return (try Self.output(of: passwordCommand, "--password-command"), "--password-command")
  }

  private static func password(of profile: Profile?, _ runsCommands: Bool) throws(CredentialFailure) -> (
    Secret, String
  )? {
    guard let profile else { return nil }
    let source = "profile \(profile.name)"
    if let password = profile.password { return (password, source) }
    guard runsCommands, let command = profile.passwordCommand else { return nil }
    return (try output(of: command, "the password-command of \(source)"), source)
  }

  private static func output(of command: String, _ name: String) throws(CredentialFailure) -> Secret {
    guard let pipe = popen(command, "r") else { throw .missing("\(name): cannot be started", .noInput) }
    let output: SecretFile
    do throws(CredentialFailure) {
      output = try SecretFile(fileno(pipe), name)
    } catch {
      pclose(pipe)
      throw error
    }
    guard pclose(pipe) == 0 else { throw .missing("\(name) failed", .noInput) }
    return firstLine(output.octets)
  }

  private func prompt(_ user: String, _ host: String) throws(CredentialFailure) -> Secret {
    if let password = PasswordPrompt.ask("Password for \(user)\(host.isEmpty ? "" : " at \(host)"): ") {
      return password
    }
    throw .missing(
      "no password for \(user): give --password-command, --password-fd, PARLEY_PASSWORD, a profile or an entry in ~/.netrc"
    )
  }

  private static func firstLine(_ octets: [UInt8]) -> Secret {
    Secret(name: "password", octets: octets.prefix { $0 != 0x0A && $0 != 0x0D })
  }

  /// What the environment says, taken out of it: what this program starts has no use for it.
  private static let environment: (user: String?, password: Secret?) = {
    let user = getenv("PARLEY_USER").map { String(cString: $0) }
    guard let value = getenv("PARLEY_PASSWORD") else { return (user, nil) }
    let octets = UnsafeRawBufferPointer(start: value, count: strlen(value))
    let password = Secret(name: "password", octets: octets)
    explicit_bzero(value, strlen(value))
    unsetenv("PARLEY_PASSWORD")
    return (user, password)
  }()

  /// Tells a failure on standard error, and ends the command with its status.
  static func telling<Result>(_ body: () throws(CredentialFailure) -> Result) throws -> Result {
    do throws(CredentialFailure) {
      return try body()
    } catch {
      throw Output.failure(error.name, error.words, status: error.status)
    }
  }
}
