import Dialogue
import FoundationEssentials
import SMTPWire
import Testing

@Suite("docs/dialogue-format.md")
struct DialogueFormatDocumentTests {
  private let file: URL
  private let document: String

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    file = root.appending(path: "docs/dialogue-format.md")
    document = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  @Test("each example can be read and played, and is written as it was read")
  func examples() {
    let examples = document.split(separator: "\n```smtp\n").dropFirst().compactMap {
      $0.split(separator: "```\n").first
    }
    #expect(examples.count >= 4)
    for example in examples {
      let reading = DialogueReader.read(bytes(String(example)))
      #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics.map { $0.rendered(file: "example") })")
      #expect(DialogueScript(reading.dialogue).diagnostics.isEmpty)
      #expect(reading.dialogue.source == bytes(String(example)))
    }
  }

  @Test("each step is explained", arguments: DialogueStep.names)
  func steps(name: String) {
    #expect(document.contains("| `> \(name)"))
  }

  @Test("the table of events is the one that the program has; UPDATE_GOLDEN=1 writes it anew")
  func events() throws {
    let begin = try #require(document.firstRange(of: "| event | what happened | when it is played |\n"))
    let end = try #require(document[begin.upperBound...].firstRange(of: "\n\n"))
    let range = begin.lowerBound..<document.index(after: end.lowerBound)
    guard ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" else {
      #expect(document[range] == SessionEvent.table)
      return
    }
    let text = document[..<range.lowerBound] + SessionEvent.table + document[range.upperBound...]
    try Data(text.utf8).write(to: file, options: .atomic)
  }

  @Test("what is written about an event in JSON is true")
  func json() {
    let line = TimedEvent(.milliseconds(40), .received(WireLine("250-mail.example.com")))
    var buffer: [UInt8] = []
    DialogueJSON.encode(line, into: &buffer)
    #expect(document.contains(String(decoding: buffer, as: UTF8.self)))
  }
}
