import Dialogue
import SMTPWire
import Testing

@Suite("Comparing two dialogues")
struct DialogueComparisonTests {
  private let expected = dialogue(
    "S: 220 a.example ESMTP\nC: EHLO x\nS: 250-a.example\nS: 250 SIZE 10\nC: QUIT\nS: 221 Bye\n")

  private func differences(_ actual: String, _ level: MatchLevel) -> [DialogueDifference] {
    DialogueComparison.differences(expected: expected, actual: dialogue(actual), level: level)
  }

  @Test("a dialogue is like itself at each level", arguments: MatchLevel.allCases)
  func itself(level: MatchLevel) {
    #expect(DialogueComparison.differences(expected: expected, actual: expected, level: level).isEmpty)
  }

  @Test("the level decides what differs")
  func levels() {
    let other = "# b\nS: 220 b.example ESMTP\nC: EHLO y\nS: 250-b.example\nS: 250 SIZE 20\nC: QUIT\nS: 221 Bye\n"
    #expect(differences(other, .code).isEmpty)
    #expect(differences(other, .text).map(\.sentence) == ["The reply to EHLO has another text."])
    #expect(differences(other, .text).map(\.expectedNumber) == [3])
    #expect(differences(other, .text).map(\.actualNumber) == [4])
    #expect(differences(other, .exact).count == 2)
  }

  @Test("replies that one dialogue lacks, and other commands")
  func others() {
    #expect(differences("S: 220 a\n", .code).map(\.expectedNumber) == [3, 6])
    let other = "S: 220 a\nC: HELO x\nS: 250 a\n"
    #expect(differences(other, .code).first?.sentence == "EHLO was answered in one dialogue, HELO in the other.")
  }
}
