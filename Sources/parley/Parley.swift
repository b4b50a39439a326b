import ArgumentParser
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
    // A parser for all commands costs more than a whole session: the one that is named is asked alone.
    guard let name = CommandLine.arguments.dropFirst().first,
      let command = configuration.subcommands.first(where: { $0.configuration.commandName == name })
    else { return main(nil) }
    let arguments = Array(CommandLine.arguments.dropFirst(2))
    if command is any NetworkCommand.Type { prepareTLS(for: arguments) }
    do {
      if command == SendCommand.self, let send = SendCommand(plain: arguments) {
        try send.run()
      } else {
        if command is any NetworkCommand.Type { prepareNetworkLoop() }
        var parsed = try command.parseAsRoot(arguments)
        try parsed.run()
      }
    } catch {
      end(command, error)
    }
    // Nothing is left to be done, so nothing is taken down.
    fflush(nil)
    _exit(ExitStatus.done.rawValue)
  }

  /// Ends with an error as the parser does, but for the name of the command that helps: it knows only its own.
  private static func end(_ command: any ParsableCommand.Type, _ error: any Error) -> Never {
    let code = command.exitCode(for: error)
    guard code == .validationFailure, let name = command.configuration.commandName else {
      command.exit(withError: error)
    }
    Output.diagnostic(command.fullMessage(for: error).replacing("See '\(name) ", with: "See 'parley \(name) "))
    command.exit(withError: code)
  }

  /// Starts OpenSSL where TLS is wanted, on the other core: its first context takes as long as connecting does.
  private static func prepareTLS(for arguments: [String]) {
    guard arguments.contains(where: { $0.hasPrefix("-tls") || $0.hasPrefix("--tls") }) else { return }
    Task { _ = try? TLSContext(.client(trust: .none)) }
  }
}
