import Foundation
import Testing

/// A program in a terminal of its own (tmux), typed into as a user would; it ends with the last reference to it.
final class Terminal {
  private let socket: String
  private let files: TemporaryDirectory

  /// Starts a program in a terminal of so many columns and rows, with this home directory and nothing of the user's.
  init(_ command: [String], columns: Int = 80, rows: Int = 24, home: String) throws {
    files = try TemporaryDirectory()
    socket = files.path + "/tmux"
    let words = ["env", "-i", "PATH=/usr/bin:/bin", "HOME=" + home, "TERM=screen-256color", "LANG=C.UTF-8"] + command
    try tmux(["new-session", "-d", "-x", "\(columns)", "-y", "\(rows)"] + words)
  }

  deinit { _ = try? Program.run(["tmux", "-S", socket, "kill-server"]) }

  /// What the screen shows, one line a row.
  func screen() throws -> String { try tmux(["capture-pane", "-p"]).output }

  /// Types a text, then Enter.
  func type(line: String) throws {
    try tmux(["send-keys", "-l", line])
    try press("Enter")
  }

  /// Presses keys by tmux's names, such as Enter, Escape, C-d.
  func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

  /// Waits for a text on the screen.
  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let isShown = eventually { (try? screen().contains(text)) == true }
    let shown = try screen()
    #expect(isShown, "“\(text)” is not on the screen:\n\(shown)", sourceLocation: sourceLocation)
  }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> Program {
    let run = try Program.run(["tmux", "-u", "-f", "/dev/null", "-S", socket] + arguments)
    try #require(run.status == 0, "tmux: \(run.everything)")
    return run
  }
}
