import Testing

@testable import Workbench

struct ReplayTests {
  @Test("a recording is played by lines, by replies, to the end, and back")
  func stepping() {
    var replay = Replay(title: "s", events: Fixture.recording)
    #expect(replay.position == 1)
    replay.stepLine()
    #expect(replay.position == 2)
    replay.stepReply()
    #expect(replay.position == 5)
    replay.stepReply()
    #expect(replay.pane.selectedRow.map(RowText.plain) == "530 5.7.0 Authentication required")
    replay.stepBack()
    #expect(replay.position == 6)
    #expect(replay.pane.log.rows.count == 6)
    replay.stepAll()
    #expect(replay.isAtEnd)
    replay.stepLine()
    #expect(replay.position == 9)
    replay.restart()
    #expect(replay.position == 1)
  }
}
