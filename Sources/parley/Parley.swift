import ArgumentParser
import Failures
import Glibc
import Network
import TLSEngine

/// The program: each command is a type of its own beside this one.
@main
struct Parley: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "parley",
    abstract: "Holds SMTP conversations: scripts, records, explains and replays them.",
    discussion: """
      TARGET is host, host:port, [IPv6]:port, smtp://… smtps://… lmtp://… or unix:/path; `ref` is the bundled \
      reference MTA. Port 465 means TLS from the first byte.

      Exit status: 0 done and as expected, 1 expectation failed, 64 usage, 65 bad input, 66 no such file, 68 unknown \
      host, 69 unavailable, 70 our own fault, 74 input/output, 75 temporary, 76 protocol error by the peer, \
      77 authentication or TLS verification refused.
      """,
    version: version,
    subcommands: [
      WorkbenchCommand.self, RunCommand.self, SendCommand.self, ReplayCommand.self, CompareCommand.self,
      ConvertCommand.self, LintCommand.self, CheckCommand.self, AuthCommand.self, MTACommand.self,
    ],
    defaultSubcommand: WorkbenchCommand.self)

  static func main() {
    signal(SIGPIPE, SIG_IGN)
    SecretArguments.blank()
    // The version alone is asked by scripts, often; it needs no parser.
    if CommandLine.arguments.dropFirst() == ["--version"] {
      print(version)
      return
    }
    let arguments = Array(CommandLine.arguments.dropFirst())
    // A parser for all commands costs more than a whole session: the one that is named is asked alone.
    if let command = configuration.subcommands.first(where: { $0.configuration.commandName == arguments.first }) {
      execute(command, Array(arguments.dropFirst()))
    } else {
      refuseMisspelt(arguments.first ?? "")
      execute(Self.self, arguments)
    }
    // Nothing is left to be done, so nothing is taken down.
    fflush(nil)
    _exit(ExitStatus.done.rawValue)
  }

  /// Ends the program where a word is no command and looks like no target.
  private static func refuseMisspelt(_ word: String) {
    let commands = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let objection = CommandName.objection(to: word, commands: commands) else { return }
    Output.diagnostic("parley: error [usage]: \(objection)\nSee 'parley --help' for the commands.")
    _exit(ExitStatus.usage.rawValue)
  }

  private static func execute(_ command: any ParsableCommand.Type, _ arguments: [String]) {
    if command is any NetworkCommand.Type { prepareTLS(for: arguments) }
    var culprit = command
    do {
      if command == SendCommand.self, let send = SendCommand(plain: arguments) { return try send.run() }
      if command is any NetworkCommand.Type { prepareNetworkLoop() }
      var parsed = try command.parseAsRoot(arguments)
      if type(of: parsed).configuration._superCommandName != nil { culprit = type(of: parsed) }
      try parsed.run()
    } catch {
      end(culprit, error)
    }
  }

  /// Ends with an error as the parser does, but a mistake has its name, and one of usage the whole name of the command
  /// that helps: the parser knows only its own.
  private static func end(_ command: any ParsableCommand.Type, _ error: any Error) -> Never {
    let code = command.exitCode(for: error)
    if error is ExitCode || code == .success { command.exit(withError: error) }
    guard code == .validationFailure else {
      command.exit(withError: Output.failure(.internalFault, command.message(for: error)))
    }
    let name = command._commandName
    let outer = command.configuration._superCommandName.map { $0 + " " } ?? ""
    var words = String(command.fullMessage(for: error).trimmingPrefix("Error: "))
    if let help = words.firstRange(of: "\n\nOVERVIEW: ") {
      // To a command without arguments the parser tells all that it can do, and the mistake scrolls out of sight.
      words.replaceSubrange(help.lowerBound..., with: "\nUsage: \(command.usageString())")
      words += "\n  See '\(name) --help' for more information."
    }
    words.replace("See '\(name) ", with: "See '\(outer)\(name) ")
    command.exit(withError: Output.failure(.usage, words))
  }

  /// Starts OpenSSL where TLS is wanted, on the other core: its first context takes as long as connecting does.
  private static func prepareTLS(for arguments: [String]) {
    guard arguments.contains(where: { $0.hasPrefix("-tls") || $0.hasPrefix("--tls") }) else { return }
    Task { _ = try? TLSContext(.client(trust: .none)) }
  }
}
