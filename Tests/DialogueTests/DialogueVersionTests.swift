import SMTPWire
import Testing

@testable import Dialogue

@Suite("Versions of the dialogue file")
struct DialogueVersionTests {
  @Test("one step leads from each version to the next, in their order")
  func steps() {
    let steps: [Int: DialogueVersion.Migration] = [
      1: { Dialogue(lines: $0.lines + [DialogueLine("# one")]) },
      2: { Dialogue(lines: $0.lines + [DialogueLine("# two")]) },
      3: { Dialogue(lines: $0.lines + [DialogueLine("# three")]) },
    ]
    func migrated(_ text: String) -> String {
      let result = DialogueVersion.migrated(dialogue(text), to: 3, by: steps)
      return String(decoding: result.source, as: UTF8.self)
    }
    #expect(migrated("# parley 1\n") == "# parley 1\n# one\n# two\n")
    #expect(migrated("# parley 2\n") == "# parley 2\n# two\n")
    for text in ["# parley 3\n", "# parley 4\n", "# parley x\n", "S: 220\n"] { #expect(migrated(text) == text) }
  }

  @Test("a later version can be read and not be changed; the mistake says so")
  func later() throws {
    let reading = DialogueReader.read(bytes("# parley 2\nS: 220\n"))
    #expect(reading.isReadOnly && reading.hasErrors)
    #expect(
      try #require(reading.diagnostics.first).message
        == "this file has version 2 of the format; this program plays up to version 1, and shows later ones as they are"
    )
    #expect(reading.dialogue.lines.count == 2)
  }

  @Test(
    "what is no version is a mistake, and the file can be changed", arguments: ["0", "1.0", "-1", "9999999999", "x"])
  func nonsense(version: String) {
    let reading = DialogueReader.read(bytes("# parley \(version)\nS: 220\n"))
    #expect(reading.hasErrors && !reading.isReadOnly)
    #expect(reading.diagnostics.first?.message.hasPrefix("\(version) is no version") == true)
  }
}
