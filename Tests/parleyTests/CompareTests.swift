import Foundation
import Testing

/// `parley compare` as its users run it.
struct CompareTests {
  private let files: TemporaryDirectory

  init() throws {
    files = try TemporaryDirectory()
  }

  private static let dialogue = """
    # parley 1
    * target smtp://mail.example.com:25
    * clock 2026-11-22T19:34:05.123Z
    S: 220 mail.example.com ESMTP
    C: EHLO client.example
    S: 250-mail.example.com
    S: 250-SIZE 10240000
    S: 250 AUTH PLAIN LOGIN
    C: MAIL FROM:<alice@example.com>
    S: 250 2.1.0 Ok
    C: RCPT TO:<bob@example.com>
    S: 250 2.1.5 Ok
    C: QUIT
    S: 221 2.0.0 Bye
    * closed by peer

    """

  private func compare(_ change: (String) -> String) throws -> Program {
    let one = try files.write("one.smtp", Self.dialogue)
    return try Program.run([Program.parley, "compare", one, files.write("two.smtp", change(Self.dialogue))])
  }

  @Test("equal dialogues exit 0")
  func same() throws {
    let run = try compare { $0 }
    #expect(run.status == 0, "\(run.everything)")
  }

  @Test(
    "what differs is said in words, and the exit status is 1",
    arguments: [
      ("S: 250-SIZE 10240000", "S: 250-SIZE 52428800", "52428800"),
      ("AUTH PLAIN LOGIN", "AUTH LOGIN", "no longer offers AUTH PLAIN"),
      ("S: 250 2.1.5 Ok", "S: 550 5.7.1 relay denied", "refused 550 5.7.1"),
    ])
  func different(before: String, after: String, words: String) throws {
    let run = try compare { $0.replacingOccurrences(of: before, with: after) }
    #expect(run.status == 1, "\(run.everything)")
    #expect(run.output.contains(words), "\(run.everything)")
  }
}
