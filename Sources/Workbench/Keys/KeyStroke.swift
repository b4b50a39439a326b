/// A key of the keyboard, as a terminal tells it.
package enum Key: Hashable, Sendable {
  case character(Unicode.Scalar)
  /// Ctrl with a letter in upper case, or with one of `@ [ \ ] ^ _`.
  ///
  /// `^H ^I ^M ^[` are the same octets as other keys and come as those.
  case control(Unicode.Scalar)
  case enter
  case tab
  case backTab
  case escape
  case backspace
  case delete
  case insert
  case up
  case down
  case left
  case right
  case home
  case end
  case pageUp
  case pageDown
  /// F1 to F63.
  case function(Int)
}

/// A key, and whether Alt was held.
package struct KeyStroke: Hashable, Sendable {
  /// The key.
  package let key: Key
  /// Whether Alt was held.
  package let isAlt: Bool

  /// Makes a key stroke.
  package init(_ key: Key, isAlt: Bool = false) {
    self.key = key
    self.isAlt = isAlt
  }

  /// A character typed alone.
  package static func character(_ scalar: Unicode.Scalar) -> KeyStroke { KeyStroke(.character(scalar)) }
  /// A letter with Ctrl; give it in upper case.
  package static func control(_ scalar: Unicode.Scalar) -> KeyStroke { KeyStroke(.control(scalar)) }
  /// A character with Alt.
  package static func alt(_ scalar: Unicode.Scalar) -> KeyStroke { KeyStroke(.character(scalar), isAlt: true) }

  /// The name that footer and help print, such as `^P`, `M-w`, `⏎`.
  package var name: String { (isAlt ? "M-" : "") + key.name }
}

extension Key {
  /// The name that footer and help print.
  package var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let scalar): String(scalar)
    case .control(let scalar): "^" + String(scalar)
    case .function(let number): "F\(number)"
    case .enter: "⏎"
    case .tab: "Tab"
    case .backTab: "S-Tab"
    case .escape: "Esc"
    case .backspace: "⌫"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    }
  }
}

/// What comes from the terminal.
package enum TerminalInput: Hashable, Sendable {
  case key(KeyStroke)
  /// What a bracketed paste held, octet by octet.
  case paste([UInt8])
  /// The terminal's new size in columns and rows.
  case resize(width: Int, height: Int)
  /// The mouse wheel, up or down.
  case wheel(isUp: Bool)
  /// The process was suspended and goes on; everything must be drawn again.
  case resumed
  /// The terminal is gone.
  case hangup
}
