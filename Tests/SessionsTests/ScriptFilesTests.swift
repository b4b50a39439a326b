import Foundation
import Sessions
import Testing

@Suite("The files that a script may name")
struct ScriptFilesTests {
  private let root: String

  init() throws {
    root = NSTemporaryDirectory() + "parley-files-\(UUID().uuidString)"
    for folder in ["own/below", "other"] {
      try FileManager.default.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
    }
    for file in ["own/a.eml", "own/below/b.eml", "other/c.eml"] {
      try "x".write(toFile: "\(root)/\(file)", atomically: false, encoding: .utf8)
    }
    try FileManager.default.createSymbolicLink(
      atPath: "\(root)/own/link.eml", withDestinationPath: "\(root)/other/c.eml")
  }

  /// Whether a name is taken, else why not.
  private func verdict(_ name: String, script: String = "own/a.smtp", allowing: [String] = []) -> String {
    let files = ScriptFiles(
      script: script.isEmpty || script == "-" ? script : "\(root)/\(script)", allowing: allowing.map { "\(root)/\($0)" }
    )
    do throws(ScriptFiles.Refusal) {
      _ = try files.path(of: name, namedIn: nil)
      return "taken"
    } catch {
      return error.words.contains("outside") ? "outside" : String(error.words.split(separator: ": ").last ?? "")
    }
  }

  @Test("those below its own folder and below those allowed are taken, whatever way leads elsewhere is not")
  func folders() {
    defer { try? FileManager.default.removeItem(atPath: root) }
    #expect(verdict("a.eml") == "taken")
    #expect(verdict("below/b.eml") == "taken")
    #expect(verdict("\(root)/own/a.eml") == "taken")
    #expect(verdict("../other/c.eml") == "outside")
    #expect(verdict("\(root)/other/c.eml") == "outside")
    #expect(verdict("link.eml") == "outside")
    #expect(verdict("../other/c.eml", allowing: ["other"]) == "taken")
    #expect(verdict("/etc/passwd") == "outside")
    #expect(verdict("\(root)/own/a.eml", script: "-") == "outside")
    #expect(verdict("/dev/zero") == "no regular file")
    #expect(verdict("below") == "Is a directory")
    #expect(verdict("none") == "No such file or directory")
  }
}
