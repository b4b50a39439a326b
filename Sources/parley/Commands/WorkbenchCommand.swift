import ArgumentParser
import CursesTerminal
import Failures
import Glibc
import SMTPClient
import SMTPSession

/// `parley [TARGET]`: the workbench.
struct WorkbenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workbench", _superCommandName: "parley",
    abstract: "The terminal program (what `parley` alone starts).",
    discussion: "Without TARGET it shows its start screen; the bundled reference MTA runs inside.")

  @Argument(help: "Where to connect at once, or a dialogue file to open.") var target: String?
  @OptionGroup(title: "Connection") var connection: ConnectionOptions
  @OptionGroup(title: "Login") var login: CredentialOptions

  func run() throws {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      throw Output.failure(.terminalNone, "the workbench needs a terminal; without one use parley run, send or replay")
    }
    SecretGuard.arm()
    let options = connection
    let login = login
    let target = try target ?? login.namedProfile()?.target
    let known = try knownCredentials(target)
    UIExecutor.shared.run {
      do {
        let driver = try WorkbenchDriver(options: options, login: login, known: known)
        await driver.run(opening: target)
      } catch {
        Self.exit(withError: Output.failure(.terminalUnusable, "\(error)"))
      }
    }
  }

  /// What is known of the user at the target, before the screen is taken: a command may have to ask something.
  private func knownCredentials(_ target: String?) throws -> WorkbenchSessions.Known? {
    guard let target, !InputFile.exists(target), let host = try? Target(target).host,
      let found = try login.found(host: host)
    else { return nil }
    return WorkbenchSessions.Known(host: host, found: found)
  }
}
