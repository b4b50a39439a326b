/// What a dialogue can be written as, beside the dialogue file itself.
package enum ExportFormat: String, CaseIterable, Hashable, Sendable {
  /// A shell command that does the same with swaks.
  case swaks
  case curl
  case openssl
  case parley
  /// For a ticket.
  case markdown
  /// JSON Lines, see `DialogueJSON`.
  case json
  /// One file that loads nothing.
  case html
  /// asciicast v2, which asciinema plays.
  case asciicast
  /// The message alone.
  case eml
}

/// What an export may be told.
package struct ExportOptions: Hashable, Sendable {
  /// The server's URL, over the one that the dialogue names.
  package var target: String?
  /// Which message is wanted, from 1.
  package var message: Int
  /// The title, over one made of the server's name.
  package var title: String?

  /// Makes options; the defaults are the dialogue's target and its first message.
  package init(target: String? = nil, message: Int = 1, title: String? = nil) {
    self.target = target
    self.message = message
    self.title = title
  }
}
