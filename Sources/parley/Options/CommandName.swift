/// A word in the place of a command: a command's name misspelt is likelier than a host without a dot.
enum CommandName {
  /// Why a word is not taken for a target; nil where it may be one, or a dialogue file, or an option.
  static func objection(to word: String, commands: [String]) -> String? {
    guard isBare(word), !InputFile.exists(word) else { return nil }
    let near = commands.map { (name: $0, distance: EditDistance.between(word.lowercased(), $0)) }
      .filter { $0.distance <= max(1, min($0.name.count, word.count) / 3) }
      .min { $0.distance < $1.distance }
    let hint = near.map { "did you mean parley \($0.name)? " } ?? ""
    return "there is no command \(word); \(hint)A host of this name is written \(word):25 or smtp://\(word)"
  }

  /// Whether a word has no sign of a host's, a path's or an option's, and is not a target by itself.
  private static func isBare(_ word: String) -> Bool {
    !word.isEmpty && !["localhost", "ref", "help"].contains(word)
      && word.utf8.allSatisfy {
        (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
      }
      && word.utf8.first != 0x2D
  }
}
