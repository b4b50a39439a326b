/// Why the workbench cannot be shown.
package enum TerminalFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// Standard input or output is no terminal.
  case notATerminal
  /// The terminal of this type cannot place the cursor.
  case cannotMoveCursor(type: String)
  /// Curses knows neither the terminal's type nor `xterm-256color`.
  case unknownType(String)

  /// One sentence for the user.
  package var description: String {
    switch self {
    case .notATerminal: "standard input and output must be a terminal"
    case .cannotMoveCursor(let type): "a terminal of type \"\(type)\" cannot show the workbench"
    case .unknownType(let type): "curses does not know the terminal type \"\(type)\""
    }
  }
}
