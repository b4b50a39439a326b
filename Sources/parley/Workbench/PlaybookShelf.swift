import Dialogue
import Glibc

/// The library of playbooks: dialogue files that each put one question to a server.
enum PlaybookShelf {
  /// A playbook and the first sentence of what it says of itself.
  struct Entry {
    let name: String
    let path: String
    let summary: String
  }

  /// The folder: what PARLEY_PLAYBOOKS names, else that of the source tree the program was built in, else the system's.
  private static var folder: String? {
    var places: [String] = []
    if let named = getenv("PARLEY_PLAYBOOKS") { places.append(String(cString: named)) }
    if let program = realpath("/proc/self/exe", nil) {
      defer { free(program) }
      // …/.build/MACHINE/release/parley
      places.append(
        String(cString: program).split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/transcripts/playbooks")
    }
    places.append("/usr/share/parley/playbooks")
    return places.first(where: InputFile.exists)
  }

  /// All playbooks, by name.
  static func entries() -> [Entry] {
    guard let folder, let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".smtp") { names.append(String(name.dropLast(5))) }
    }
    return names.sorted().map { name in
      let path = "\(folder)/\(name).smtp"
      return Entry(name: name, path: path, summary: summary(of: path))
    }
  }

  /// The file that an argument means: the playbook of that name where there is no such file.
  static func path(of argument: String) -> String {
    guard !InputFile.exists(argument), !argument.contains("/"), let folder else { return argument }
    let path = "\(folder)/\(argument).smtp"
    return InputFile.exists(path) ? path : argument
  }

  /// The first sentence of the remarks at a file's head.
  private static func summary(of path: String) -> String {
    guard let octets = try? InputFile.read(path) else { return "" }
    let notes = DialogueReader.read(octets).dialogue.lines.prefix { $0.kind == .note }.dropFirst()
    let text = notes.map { String(decoding: $0.text, as: UTF8.self) }.joined(separator: " ")
    let ends = [". ", "? "].compactMap { text.firstRange(of: $0)?.lowerBound }
    return ends.min().map { String(text[...$0]) } ?? text
  }
}
