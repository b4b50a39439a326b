/// What came of the wish to include a file in a script.
package enum ScriptInclusion: Sendable {
  /// The file was read. The path is the same each time the same file is read, so that a cycle can be seen.
  case read(path: String, DialogueReading)
  /// It cannot be read, for a reason in words.
  case failed(String)
}

/// Finds the file that `> include` names; the second argument is the path of the file in which it stands, nil for the
/// script itself.
package typealias ScriptIncluder = (_ name: String, _ from: String?) -> ScriptInclusion

/// Says why the file that `> message` names cannot be read, nil when it can; the arguments are those of an includer.
package typealias ScriptMessageCheck = (_ name: String, _ from: String?) -> String?

/// Where a line of a script stands.
package struct ScriptPlace: Hashable, Sendable {
  /// The path of a file that a script names: it counts from the folder of the script.
  package static func path(of name: String, namedIn script: String) -> String {
    guard !name.hasPrefix("/"), let slash = script.utf8.lastIndex(of: UInt8(ascii: "/")) else { return name }
    return script[...slash] + name
  }

  /// The number of the line, from 1; 0 before the first.
  package let line: Int
  /// The path of an included file; nil for the script itself.
  package let file: String?
}
