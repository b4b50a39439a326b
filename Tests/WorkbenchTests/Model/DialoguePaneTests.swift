import SMTPWire
import Testing

@testable import Workbench

struct DialoguePaneTests {
  private var pane: DialoguePane { Fixture.session.model.live }

  @Test("folded rows are not shown until the fold is opened")
  func folds() {
    var pane = pane
    let count = pane.shownNumbers.count
    pane.unfolded = [14]
    #expect(pane.shownNumbers.count == count)
    pane.unfolded = Set(pane.log.rows.filter { $0.fold != nil }.map(\.number))
    #expect(pane.shownNumbers.count == count + 8)
  }

  @Test(
    "a filter never hides the selected row",
    arguments: ["4xx", "sent", "received", "events", "greylist", "nothing of it"])
  func filters(_ filter: String) {
    var pane = pane
    pane.select(3)
    pane.filter = filter
    #expect(pane.shownNumbers.contains(3))
    #expect(pane.shownNumbers.count < 20)
  }

  @Test("moving up stops following, the end follows again")
  func follow() {
    var pane = pane
    pane.move(by: -2)
    #expect(!pane.isFollowing)
    pane.move(by: 99)
    #expect(pane.isFollowing)
    pane.move(by: -999)
    #expect(pane.selected == 1)
  }

  @Test("the next problem is found around the end")
  func problems() {
    var pane = pane
    pane.select(1)
    for _ in 0..<2 {
      let isFound = pane.selectNextProblem()
      #expect(isFound)
      #expect(pane.selectedRow?.code?.rawValue == 451)
    }
  }

  @Test("a search without capitals finds any case")
  func search() throws {
    let row = try #require(pane.log.rows.last)
    #expect(DialoguePane.matches(row, "greylisted"))
    #expect(DialoguePane.matches(row, "Greylisted"))
    #expect(!DialoguePane.matches(row, "GREYLISTED"))
  }
}

extension DialoguePane {
  fileprivate mutating func selectNextProblem() -> Bool { selectNext(isForward: true) { $0.problem != nil } }
}
