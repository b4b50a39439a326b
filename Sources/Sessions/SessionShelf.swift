import Dialogue
import Glibc
import SMTPClient
import SMTPWire

/// The directory in which the workbench keeps its recordings, one file a session.
package struct SessionShelf: Sendable {
  /// A recording on the shelf.
  package struct Entry: Hashable, Sendable {
    /// The recording's path.
    package let path: String
    /// The target as the recording names it.
    package let target: String
    /// The file's name, which begins with the date.
    package let name: String
    /// The last reply's code and text; empty when there was none.
    package let outcome: String
  }

  /// The directory's path.
  package let directory: String

  /// The shelf in the user's state directory (XDG Base Directory Specification).
  package init(environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }) {
    let home = environment("HOME") ?? "/"
    let state = environment("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.local/state"
    directory = state + "/parley/sessions"
  }

  /// A path for a new recording; the directory is made where it is missing.
  package func newPath(host: String) -> String {
    Self.makeDirectories(directory)
    let instant = CalendarTime.now.text.filter { $0 != ":" && $0 != "." && $0 != "Z" }
    let safe = String(String.UnicodeScalarView(host.unicodeScalars.map { Self.isPlain($0) ? $0 : "_" })).prefix(80)
    return "\(directory)/\(instant)-\(safe).smtp"
  }

  /// The newest recordings, newest first.
  package func newest(_ count: Int) -> [Entry] {
    let names = DirectoryListing.names(in: directory).filter { $0.hasSuffix(".smtp") }
    return names.sorted(by: >).prefix(count).compactMap(entry)
  }

  private func entry(_ name: String) -> Entry? {
    let path = "\(directory)/\(name)"
    guard let octets = Self.beginning(of: path) else { return nil }
    let dialogue = DialogueReader.read(octets).dialogue
    var outcome = ""
    for event in dialogue.events {
      if case .received(let line) = event.event { outcome = String(decoding: line.octets.prefix(60), as: UTF8.self) }
    }
    return Entry(path: path, target: dialogue.target ?? "", name: name, outcome: outcome)
  }

  /// At most a mebibyte of a file.
  private static func beginning(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
    }
  }

  private static func makeDirectories(_ path: String) {
    var part = ""
    for piece in path.split(separator: "/") {
      part += "/" + piece
      mkdir(part, 0o700)
    }
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "." || scalar == "-")
  }
}
