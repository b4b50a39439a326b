import Foundation
import Testing

/// The workbench as its user meets it: in a terminal, key by key, with the reference MTA inside.
struct WorkbenchSessionTests {
  private static let base64 = "AGFsaWNlAHdvbmRlcmxhbmQ="
  /// Each line that is typed, and what the recording then holds.
  private static let conversation: [(line: String, answer: String, count: Int)] = [
    ("EHLO client.example", "S: 250 CHUNKING", 1),
    ("STARTTLS", "* tls TLSv1.3", 1),
    ("EHLO client.example", "S: 250 CHUNKING", 2),
    ("AUTH PLAIN " + base64, "S: 235 2.7.0", 1),
    ("MAIL FROM:<alice@example.com>", "S: 250 2.1.0 Ok", 1),
    ("RCPT TO:<bob@example.com>", "S: 250 2.1.5 Ok", 1),
    ("DATA", "S: 354", 1),
  ]
  private static let message = [
    "From: alice@example.com", "Subject: typed by hand", "To: bob@example.com", "", "hello", ".",
  ]

  @Test("the STARTTLS conversation, typed by hand, delivers; its recording holds no secret and replays")
  func typed() throws {
    let home = try TemporaryDirectory()
    let terminal = try Terminal([Program.parley], home: home.path)
    try terminal.expect("ref MTA up")
    try terminal.press("Enter")
    expectRecorded("S: 220", 1, home, terminal)
    for step in Self.conversation {
      try terminal.type(line: step.line)
      expectRecorded(step.answer, step.count, home, terminal)
      let screen = try terminal.screen()
      #expect(!screen.contains(Self.base64), "a secret is on the screen:\n\(screen)")
    }
    for line in Self.message { try terminal.type(line: line) }
    expectRecorded("queued as", 1, home, terminal)
    try terminal.type(line: "QUIT")
    expectRecorded("S: 221", 1, home, terminal)
    let isStored = eventually {
      filesBelow(home.path).contains { !$0.path.hasSuffix(".smtp") && $0.text.contains("Subject: typed by hand") }
    }
    #expect(isStored)
    for file in filesBelow(home.path) {
      #expect(!file.text.contains("wonderland") && !file.text.contains(Self.base64), "a secret is in \(file.path)")
    }
    try expectReplays(home)
  }

  private func recording(_ home: TemporaryDirectory) -> (path: String, text: String)? {
    filesBelow(home.path).first { $0.path.hasSuffix(".smtp") }
  }

  private func expectRecorded(_ text: String, _ count: Int, _ home: TemporaryDirectory, _ terminal: Terminal) {
    let isThere = eventually { (recording(home)?.text.components(separatedBy: text).count ?? 0) > count }
    #expect(isThere, "“\(text)” is not in the recording; the screen:\n\((try? terminal.screen()) ?? "")")
  }

  private func expectReplays(_ home: TemporaryDirectory) throws {
    let path = try #require(recording(home)).path
    for kind in MailServer.Kind.available {
      let server = try MailServer.start(kind)
      let run = try server.parley(["replay", path, server.target])
      #expect(run.status == 0, "\(kind): \(run.everything)")
      #expect(server.hasStored("Subject: typed by hand"))
    }
  }

  /// A terminal in which a command runs and then tells its status.
  private static func shell(_ command: String, _ home: TemporaryDirectory) throws -> Terminal {
    try Terminal(["/bin/sh", "-c", "\(command); echo left with $?; exec sleep 100"], home: home.path)
  }

  @Test("a terminal that cannot place the cursor is refused, and the status says so")
  func unusable() throws {
    let home = try TemporaryDirectory()
    let shell = try Self.shell("TERM=dumb \(Program.parley)", home)
    try shell.expect("error [terminal.unusable]")
    try shell.expect("left with 69")
  }

  @Test("help lists the keys, and the terminal is left as it was found")
  func helpAndLeave() throws {
    let home = try TemporaryDirectory()
    let shell = try Self.shell(Program.parley, home)
    try shell.expect("Connect to")
    try shell.press("F1")
    try shell.expect("palette")
    try shell.press("Escape")
    try shell.expect("Connect to")
    try shell.press("C-c", "C-c")
    try shell.expect("left with 0")
    let screen = try shell.screen()
    #expect(!screen.contains("Connect to"), "\(screen)")
  }
}
