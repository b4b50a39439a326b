import SMTPWire

/// The versions of the dialogue file: `# parley 1` at its beginning names one.
///
/// For each version there is one small step that makes a dialogue of the version before it one of this version.
package enum DialogueVersion {
  /// The version that this program writes and plays.
  package static let current = 1

  /// Makes a dialogue of one version one of the next.
  typealias Migration = @Sendable (Dialogue) -> Dialogue

  /// The steps by the version they begin with.
  static let migrations: [Int: Migration] = [:]

  /// A dialogue in the present version; one of a later version, or without a version, as it is.
  package static func current(of dialogue: Dialogue) -> Dialogue {
    migrated(dialogue, to: current, by: migrations)
  }

  static func migrated(_ dialogue: Dialogue, to latest: Int, by steps: [Int: Migration]) -> Dialogue {
    guard case .number(let declared) = declared(in: dialogue), declared < latest else { return dialogue }
    var dialogue = dialogue
    for version in declared..<latest { if let step = steps[version] { dialogue = step(dialogue) } }
    return dialogue
  }

  /// What the head of a file says.
  enum Declaration: Hashable {
    /// Nothing: the file is of the first version.
    case none
    case number(Int)
    /// No number from 1 to 999 999 999.
    case nonsense
  }

  static func declared(in dialogue: Dialogue) -> Declaration {
    dialogue.lines.first.map(declared) ?? .none
  }

  /// What the first line says.
  static func declared(in line: DialogueLine) -> Declaration {
    guard line.kind == .note, line.text.starts(with: "parley ".utf8) else { return .none }
    let word = line.text.dropFirst(7).prefix { !$0.isASCIIBlank }
    guard (1...9).contains(word.count), word.allSatisfy(\.isASCIIDigit) else { return .nonsense }
    let number = word.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return number > 0 ? .number(number) : .nonsense
  }

  /// Why a file with this head cannot be played; nil when it can.
  static func objection(to declaration: Declaration, written: String) -> String? {
    switch declaration {
    case .none: return nil
    case .number(let number) where number <= current: return nil
    case .number(let number):
      return "this file has version \(number) of the format; this program plays up to version \(current), "
        + "and shows later ones as they are"
    case .nonsense: return "\(written) is no version of the dialogue file; this program plays up to version \(current)"
    }
  }
}
