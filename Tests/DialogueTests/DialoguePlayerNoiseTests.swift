import Dialogue
import SMTPWire
import Testing

@Suite("Playing anything against anybody")
struct DialoguePlayerNoiseTests {
  private static let lines = [
    "S: 220", "C: EHLO a", "S: 250-a\nS: 250 b", "S: 250-a", "C: DATA", "S: 354", "C: text", "C: .", "S: 250",
    "C: STARTTLS",
    "S~ 250", "> starttls", "> auth", "> message", "> connect", "> drop", "> reset", "> quit", "> tls", "> wait 0",
    "* closed by peer", "* closed by us", "* connected a", "* reset", "* timeout x", "* tls-failed x", "C: BDAT 5",
    "* deviation proto.bad_code", "C: a\\z", "# note", "S: nonsense",
    "> if code 25z", "> if no capability b", "> if variable x", "> else", "> end", "> end", "> repeat 3",
    "> repeat 100000",
    "> pipeline", "> raw \"DATA\\r\\n.\\r\\n\"", "> raw bytewise \"a\"", "> let x = ${x}${x}1", "C: ${x}",
    "> expect code xyz", "> expect within 1", "S~ (?<x>.)", "* elided sha256=00 octets=5", "> include a",
  ]

  private func input(_ numbers: inout SeededNumbers) -> PlayerInput {
    switch Int.random(in: 0...19, using: &numbers) {
    case 0: .closed
    case 1: .reset
    case 2: .timeout
    case 3: .failed("no")
    case 4: .broken(.badCode(line: [0xFF]), lines: [WireLine([0xFF])])
    case 5...11: .done
    default: .replied(Reply([220, 250, 354, 550].randomElement(using: &numbers)!, ["a", "b \u{1B}"]))
    }
  }

  @Test("a script ends whatever comes, and each failure names a line of it")
  func ends() {
    for seed in 1...2_000 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let lines = (0..<Int.random(in: 0...20, using: &numbers)).map { _ in Self.lines.randomElement(using: &numbers)! }
      let text = (["* clock x"] + lines).joined(separator: "\n")
      let level = MatchLevel.allCases.randomElement(using: &numbers)!
      var player = DialoguePlayer(DialogueScript(dialogue(text)), level: level)
      var action = player.start()
      var count = 0
      while count < 200 {
        if case .finished = action { break }
        if case .failed(let failure) = action {
          #expect((0...42).contains(failure.number), "seed \(seed)")
          #expect(!failure.sentence.contains("\u{1B}"), "seed \(seed)")
          break
        }
        action = player.receive(input(&numbers), after: .zero)
        count += 1
      }
      #expect(count < 200, "seed \(seed) does not end")
    }
  }
}
