import SMTPSession
import SMTPWire
import Testing

@testable import Workbench

struct InputLineTests {
  @Test("behind raw stand escapes, and no ending is added")
  func raw() {
    let line = InputLine.outgoing(Array(#"raw NOOP\r\nRSET\n\xFF"#.utf8), session: ClientSession())
    #expect(line.wireOctets == Array("NOOP\r\nRSET\n".utf8) + [0xFF])
    let plain = InputLine.outgoing(Array(#"NOOP \r"#.utf8), session: ClientSession())
    #expect(plain.wireOctets == Array("NOOP \\r\r\n".utf8))
  }

  @Test("staged lines and the last one go out together, in their order")
  func staged() {
    var input = InputLine()
    for text in ["NOOP", "RSET"] {
      input.editor.insert(Array(text.utf8))
      input.stage(session: ClientSession())
    }
    input.editor.insert(Array("QUIT".utf8))
    let lines = input.take(session: ClientSession())
    #expect(lines.map(\.octets) == ["NOOP", "RSET", "QUIT"].map { Array($0.utf8) })
    #expect(input.isEmpty)
    #expect(input.history.lines.count == 3)
  }

  @Test("a secret is marked where it is typed and is kept in no history")
  func secret() {
    var input = InputLine()
    input.editor.insert(Array("AUTH PLAIN AGEAYg==".utf8))
    let lines = input.take(session: ClientSession())
    #expect(lines.map(\.masked) == ["AUTH PLAIN ‹secret 8 chars›"])
    #expect(input.history.lines.isEmpty)
  }

  @Test("Tab walks through the candidates and around")
  func completion() {
    var input = InputLine()
    input.editor.insert(Array("x".utf8))
    let completion = LineCompletion(replaced: 1, candidates: ["xa", "xbb"])
    var seen: [String] = []
    for _ in 0..<3 {
      let isFound = input.complete(completion, isForward: true)
      #expect(isFound)
      seen.append(String(decoding: input.editor.octets, as: UTF8.self))
    }
    #expect(seen == ["xa", "xbb", "xa"])
    _ = input.complete(completion, isForward: false)
    #expect(input.editor.octets == Array("xbb".utf8))
  }
}
