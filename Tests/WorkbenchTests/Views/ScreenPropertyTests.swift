import Dialogue
import Failures
import SMTPWire
import Testing

@testable import Workbench

struct ScreenPropertyTests {
  @Test("no screen fails at any size, and none changes its own size", arguments: GoldenScreen.all)
  func sizes(_ screen: GoldenScreen) {
    let fixture = screen.make()
    for width in [0, 1, 2, 39, 40, 41, 59, 79, 80, 99, 100, 120, 161, 200] {
      for height in [0, 1, 9, 10, 11, 14, 15, 24, 29, 30, 31, 45, 60] {
        let grid = fixture.model.view(width: width, height: height)
        #expect((0..<grid.height).allSatisfy { grid.row($0).count == grid.width })
        if let cursor = grid.cursor {
          #expect(
            (0..<grid.height).contains(cursor.row) && (0...grid.width).contains(cursor.column), "\(width)×\(height)")
        }
      }
    }
  }

  @Test("whatever octets a server sends, the cells are inert and the rows keep their width")
  func hostile() {
    for _ in 0..<30 {
      var fixture = Fixture()
      fixture.begin(String(decoding: noise(8), as: UTF8.self))
      fixture.event("connected", String(decoding: noise(20), as: UTF8.self))
      for _ in 0..<12 { fixture.happen(.received(WireLine(noise(60), ending: .bareLF))) }
      fixture.happen(.event(SessionEvent(name: "tls", details: noise(40))))
      fixture.happen(.event(SessionEvent(name: "certificate", details: Array("subject=".utf8) + noise(40))))
      fixture.happen(.received(WireLine(Array("250-".utf8) + noise(20))))
      fixture.give(.certificateRefused(name: .tlsCertInvalid, words: String(decoding: noise(50), as: UTF8.self)))
      for (width, height) in [(80, 24), (120, 40)] { expectInert(fixture.model.view(width: width, height: height)) }
      fixture.press(.character("n"))
      fixture.press(.alt("5"))
      expectInert(fixture.model.view(width: 80, height: 24))
    }
  }

  @Test("random keys never make the model fail")
  func keys() {
    let strokes =
      KeyTable.bindings.flatMap(\.keys).flatMap { $0 } + ["y", "n", "4", "x", " ", ".", "<"].map { .character($0) }
    for start in [Fixture.start, .session, .composing] {
      var fixture = start
      for step in 0..<300 {
        guard let stroke = strokes.randomElement() else { continue }
        fixture.press(stroke)
        if step % 50 == 0 { _ = fixture.model.view(width: 80, height: 24) }
      }
      fixture.give(.recording(title: "s", events: Fixture.recording))
      for _ in 0..<150 { fixture.press(strokes.randomElement() ?? .control("L")) }
      expectInert(fixture.model.view(width: 120, height: 40))
    }
  }

  private func expectInert(_ grid: CellGrid) {
    for row in 0..<grid.height {
      let cells = grid.row(row)
      let isInert = cells.allSatisfy { cell in
        let marks = [cell.glyph.firstMark, cell.glyph.secondMark].compactMap { $0 }
        return [.narrow, .wide].contains(ScalarWidth.of(cell.glyph.scalar))
          && marks.allSatisfy { ScalarWidth.of($0) == .mark }
      }
      let width = cells.filter { !$0.isRightHalf }.reduce(0) { $0 + Int($1.glyph.width) }
      if !isInert || width != grid.width { Issue.record("row \(row): \(grid.text(ofRow: row))") }
    }
  }

  /// Octets of the kind that makes trouble.
  private func noise(_ count: Int) -> [UInt8] {
    let pieces: [[UInt8]] = [
      "\u{1B}[2J", "\u{9B}1m", "\u{202E}", "\u{200D}", "e\u{301}\u{302}\u{303}", "日", "👩‍👧", "\u{0}", "250-", "\r", "🇩🇪",
    ].map { Array($0.utf8) }
    var octets: [UInt8] = []
    while octets.count < count {
      octets += Bool.random() ? [UInt8.random(in: 0...255)] : pieces.randomElement() ?? []
    }
    return octets
  }
}
