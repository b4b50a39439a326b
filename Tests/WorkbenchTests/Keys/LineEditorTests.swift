import Testing

@testable import Workbench

struct LineEditorTests {
  private func edited(_ start: String, _ strokes: KeyStroke...) -> LineEditor {
    var editor = LineEditor(Array(start.utf8))
    for stroke in strokes { _ = editor.apply(stroke) }
    return editor
  }

  private func text(_ editor: LineEditor) -> String { String(decoding: editor.octets, as: UTF8.self) }

  @Test("letters are inserted at the cursor")
  func typing() {
    #expect(text(edited("ac", KeyStroke(.left), .character("b"))) == "abc")
    #expect(text(edited("größe", KeyStroke(.home), KeyStroke(.delete))) == "röße")
  }

  @Test("killed text can be put back elsewhere")
  func killing() {
    #expect(text(edited("MAIL FROM", .control("W"), .control("A"), .control("Y"))) == "FROMMAIL ")
    #expect(text(edited("abc def", .control("A"), .control("K"))) == "")
    #expect(text(edited("abc def", .alt("b"), .control("U"))) == "def")
    #expect(text(edited("abc def", .control("A"), .alt("d"))) == " def")
    #expect(text(edited("a.b", KeyStroke(.backspace, isAlt: true))) == "a.")
  }

  @Test("undo goes back step by step to the beginning")
  func undo() {
    var editor = edited("", .character("a"), .character("b"), .character(" "), .character("c"), .control("U"))
    #expect(editor.isEmpty)
    _ = editor.apply(.control("_"))
    #expect(text(editor) == "ab c")
    _ = editor.apply(.control("_"))
    #expect(text(editor) == "ab")
    _ = editor.apply(.control("_"))
    _ = editor.apply(.control("_"))
    #expect(text(editor) == "")
  }

  @Test("behind ^V a key goes in as its octets")
  func literal() {
    let editor = edited(
      "", .control("V"), .control("@"), .control("V"), .control("J"), .control("V"), KeyStroke(.enter), .control("V"),
      KeyStroke(.escape), .control("V"), KeyStroke(.tab))
    #expect(editor.octets == [0x00, 0x0A, 0x0D, 0x1B, 0x09])
    #expect(!editor.awaitsLiteral)
  }

  @Test("any octets survive, and the cursor steps over whole scalars")
  func octets() {
    let octets: [UInt8] = [0x61, 0xFF, 0xC3, 0xB6, 0x80, 0x00]
    var editor = LineEditor(octets)
    #expect(editor.octets == octets)
    #expect(editor.cursor == 5)
    _ = editor.apply(KeyStroke(.backspace))
    _ = editor.apply(KeyStroke(.backspace))
    _ = editor.apply(KeyStroke(.backspace))
    #expect(editor.octets == [0x61, 0xFF])
  }

  @Test("keys that mean nothing are given back")
  func unknown() {
    var editor = LineEditor()
    for stroke in [KeyStroke(.function(5)), .alt("x"), .control("G")] {
      let isTaken = editor.apply(stroke)
      #expect(!isTaken)
    }
  }

  @Test("a thousand random keys keep the cursor within the line")
  func random() {
    var generator = SystemRandomNumberGenerator()
    var editor = LineEditor()
    let keys: [KeyStroke] =
      [.left, .right, .home, .end, .backspace, .delete].map { KeyStroke($0) }
      + ["A", "E", "K", "U", "W", "Y", "_", "V", "D"].map { .control($0) } + ["b", "f", "d"].map { .alt($0) }
      + ["a", " ", "ß", "日"].map { .character($0) }
    for _ in 0..<1000 {
      guard let key = keys.randomElement(using: &generator) else { continue }
      _ = editor.apply(key)
      #expect((0...editor.elements.count).contains(editor.cursor))
    }
  }
}
