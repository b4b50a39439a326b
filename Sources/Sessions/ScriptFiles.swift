import Dialogue
import Glibc

/// The files that a script may name: regular ones below its own folder, and below the folders that its user allows.
///
/// A script may come from a stranger, and it can send what it reads to a server of its choice.
package struct ScriptFiles: Sendable {
  /// Why a file is not read.
  package struct Refusal: Error, Hashable, Sendable {
    /// The path and the reason.
    package let words: String
  }

  /// The canonical paths of the folders, each with a slash at its end.
  private let folders: [String]
  /// The path of the script.
  private let script: String

  /// Allows the folder of a script, and others; a script that has no path, such as standard input, has no folder.
  package init(script: String, allowing others: [String] = []) {
    let slash = script.utf8.lastIndex(of: UInt8(ascii: "/"))
    let own = script.isEmpty || script == "-" ? [] : [slash.map { String(script[...$0]) } ?? "."]
    folders = (own + others).compactMap(Self.canonical).map { $0.hasSuffix("/") ? $0 : $0 + "/" }
    self.script = script
  }

  /// The canonical path of the file that a line names; `includer` is the path of the file with that line, nil for the
  /// script itself.
  ///
  /// - Throws: a `Refusal` when there is no such file, when it is no regular file, and when it stands elsewhere.
  package func path(of name: String, namedIn includer: String?) throws(Refusal) -> String {
    let path = ScriptPlace.path(of: name, namedIn: includer ?? script)
    var status = stat()
    guard let canonical = Self.canonical(path), stat(canonical, &status) == 0 else {
      throw Refusal(words: "\(path): \(String(cString: strerror(errno)))")
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw Refusal(words: "\(path): \(String(cString: strerror(EISDIR)))")
    default: throw Refusal(words: "\(path): no regular file")
    }
    guard folders.contains(where: { canonical.hasPrefix($0) }) else {
      throw Refusal(words: "\(path): outside of the script's own folder; --allow-files DIR allows another one")
    }
    return canonical
  }

  private static func canonical(_ path: String) -> String? {
    guard let canonical = realpath(path, nil) else { return nil }
    defer { free(canonical) }
    return String(cString: canonical)
  }
}
