import SMTPWire
import Testing

@testable import Dialogue

@Suite("Which replies a client's lines will have")
struct SentLineTrackerTests {
  /// The names of the replies awaited after some lines on a fresh connection, the greeting taken away.
  private func awaited(after lines: String...) -> [String] {
    var tracker = SentLineTracker()
    tracker.connect()
    for line in lines { tracker.send(DialogueLine("C: " + line).content) }
    return tracker.awaited.dropFirst().map(\.name)
  }

  @Test("each command has one, the text of a message none")
  func message() {
    #expect(
      awaited(after: "MAIL FROM:<>", "DATA", "RCPT", "", "..", ".", "QUIT") == ["MAIL", "DATA", "message", "QUIT"])
  }

  @Test("only a dot between two CRLF ends a message")
  func dots() {
    #expect(awaited(after: "DATA", ".\\n", "a", ".", "NOOP") == ["DATA", "message", "NOOP"])
    #expect(awaited(after: "DATA", "a\\n", ".", "NOOP") == ["DATA"])
    #expect(awaited(after: "DATA", "a\\z", ".", "NOOP") == ["DATA"])
  }

  @Test(
    "a chunk ends after its octets, line endings counted",
    arguments: [
      ("BDAT 5", ["BDAT"]), ("BDAT 4", ["BDAT", "NOOP"]), ("BDAT 0 LAST", ["BDAT", "?", "NOOP"]),
      ("BDAT x", ["BDAT", "?", "NOOP"]), ("BDAT -1", ["BDAT", "?", "NOOP"]),
      ("BDAT 99999999999999999999", ["BDAT", "?", "NOOP"]),
    ])
  func chunks(bdat: String, names: [String]) {
    #expect(awaited(after: bdat, "??", "NOOP").map { $0 == "??" ? "?" : $0 } == names)
  }

  @Test("a command in pieces is one command")
  func pieces() {
    #expect(awaited(after: "NO\\z", "OP\\z", " x", "QUIT") == ["NOOP", "QUIT"])
  }

  @Test("a refused DATA is followed by commands")
  func refused() {
    var tracker = SentLineTracker()
    tracker.send(DialogueText("DATA"))
    #expect(tracker.isInMessage)
    #expect(tracker.receive(Reply(554, "no")).name == "DATA")
    #expect(!tracker.isInMessage)
    #expect(tracker.receive(Reply(421, "bye")) == .unprompted)
  }

  @Test("the last EHLO is known beyond its connection")
  func lastEHLO() {
    var tracker = SentLineTracker()
    tracker.connect()
    #expect(tracker.lastEHLO == nil && !tracker.hasSentEHLO)
    tracker.send(DialogueText("ehlo me"))
    #expect(tracker.hasSentEHLO)
    tracker.connect()
    #expect(tracker.lastEHLO == DialogueText("ehlo me") && !tracker.hasSentEHLO)
    #expect(tracker.awaited == [.greeting])
  }
}
