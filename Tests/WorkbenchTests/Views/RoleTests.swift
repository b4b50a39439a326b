import SMTPWire
import Testing

@testable import Workbench

struct RoleTests {
  private func roles(_ text: String, _ grid: CellGrid) -> Set<Role> {
    for row in 0..<grid.height {
      let cells = Array(grid.row(row))
      let scalars = cells.map(\.glyph.scalar)
      let wanted = Array(text.unicodeScalars)
      for start in 0...max(0, cells.count - wanted.count) where Array(scalars[start..<start + wanted.count]) == wanted {
        return Set(cells[start..<start + wanted.count].map(\.role))
      }
    }
    return []
  }

  @Test("LIVE, REF and REPLAY have roles of their own, on the bar")
  func places() {
    let live = Fixture.session.model.view(width: 80, height: 24)
    #expect(roles("LIVE", live) == [.live])
    #expect(Set(live.row(0).map(\.layer)) == [.bar])
    var fixture = Fixture()
    fixture.begin(isReference: true)
    #expect(roles("REF", fixture.model.view(width: 80, height: 24)) == [.reference])
    fixture.give(.recording(title: "s", events: Fixture.recording))
    #expect(roles("REPLAY", fixture.model.view(width: 80, height: 24)) == [.replay])
  }

  @Test("each kind of line has its role")
  func lines() {
    let grid = Fixture.session.model.view(width: 120, height: 40)
    #expect(roles("235", grid) == [.completion])
    #expect(roles("‹secret 24 chars›", grid) == [.secret])
    #expect(roles("RCPT TO:<bob", grid) == [.sent])
    #expect(roles("connected to", grid) == [.event])
    #expect(roles("1204ms", grid) == [.warning])
  }

  @Test("what is escaped is told from text that looks the same")
  func raw() {
    var fixture = Fixture()
    fixture.begin()
    fixture.received("220 \u{1B}[2J")
    fixture.received("250 y\\x1B")
    let grid = fixture.model.view(width: 80, height: 24)
    #expect(roles("\\x1B[2J", grid) == [.raw, .normal])
    #expect(roles("y\\x1B", grid) == [.normal])
  }

  @Test("the selected line is marked by its layer")
  func selection() {
    var fixture = Fixture.session
    fixture.press(.escape)
    let grid = fixture.model.view(width: 80, height: 24)
    let selected = (0..<24).filter { grid.row($0).first?.layer == .selection }
    #expect(selected.count == 1)
    #expect(selected.first.map(grid.text(ofRow:))?.contains("451 4.7.1") == true)
  }
}
