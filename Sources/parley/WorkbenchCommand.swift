import ArgumentParser
import CursesTerminal
import Glibc

/// `parley [TARGET]`: the workbench.
struct WorkbenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workbench", _superCommandName: "parley",
    abstract: "The terminal program (what `parley` alone starts).",
    discussion: "Without TARGET it shows its start screen; the bundled reference MTA runs inside.")

  @Argument(help: "Where to connect at once, or a dialogue file to open.") var target: String?
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run() throws {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      Output.diagnostic(
        "parley: error [terminal.none]: the workbench needs a terminal; without one use parley run, send or replay")
      throw ExitStatus.usage.exitCode
    }
    let options = connection
    let target = target
    UIExecutor.shared.run {
      do {
        let driver = try WorkbenchDriver(options: options)
        await driver.run(opening: target)
      } catch {
        Output.diagnostic("parley: error [terminal.unusable]: \(error)")
      }
    }
  }
}
