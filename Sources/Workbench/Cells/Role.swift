/// What a piece of text on the screen means; a theme gives it a look.
package enum Role: UInt8, CaseIterable, Sendable {
  case normal
  /// Of less weight than its surroundings.
  case dim
  /// A heading or the thing in focus.
  case strong
  /// What the client sent.
  case sent
  /// A reply 2yz.
  case completion
  /// A reply 3yz.
  case intermediate
  /// A reply 4yz, or a failure that time may heal.
  case transientFailure
  /// A reply 5yz, or a failure that stays.
  case permanentFailure
  /// Something that happened without a line: a connection, a handshake.
  case event
  /// In the place of a secret.
  case secret
  /// In the place of an octet or scalar that is not printed.
  case raw
  /// Worth a look, and not wrong by itself.
  case warning
  /// Proposed, and not there.
  case ghost
  /// A key to press.
  case key
  /// A real server.
  case live
  /// The reference MTA.
  case reference
  /// A recording.
  case replay
  /// The lines between panes.
  case rule
  /// The line above the pane in focus.
  case focusRule
  /// Where an error stands in a line.
  case fault
}

/// What lies behind a piece of text; it composes with any role.
package enum Layer: UInt8, CaseIterable, Sendable {
  case screen
  /// The rows 0 and 1.
  case bar
  /// The selected line.
  case selection
  /// Overlays: help, palette, confirmation.
  case overlay
  /// The line being typed.
  case input
}
