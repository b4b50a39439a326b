import Foundation
import Testing

/// Where a password is in the memory of a process, as somebody who may look into it sees it.
struct SecretMemoryTests {
  private static let password = "mistakenly-typed-password"
  private let home: TemporaryDirectory

  init() throws {
    home = try TemporaryDirectory()
  }

  /// Starts a program in a terminal and gives its process.
  private func start(_ arguments: [String]) throws -> (terminal: Terminal, process: String) {
    let words = (["echo $$ > \(home.path)/pid; exec"] + arguments.map { "'\($0)'" }).joined(separator: " ")
    let terminal = try Terminal(["/bin/sh", "-c", words], home: home.path)
    let isThere = eventually { home.text("pid").hasSuffix("\n") }
    try #require(isThere)
    return (terminal, home.text("pid").trimmingCharacters(in: .whitespacesAndNewlines))
  }

  /// Which of some texts stand in the memory that a process can write.
  private func found(_ texts: [String], in process: String) throws -> Set<String> {
    let maps = try String(contentsOfFile: "/proc/\(process)/maps", encoding: .utf8)
    let memory = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/\(process)/mem"))
    defer { try? memory.close() }
    var found: Set<String> = []
    for line in maps.split(separator: "\n") {
      let words = line.split(separator: " ")
      let ends = words[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
      guard ends.count == 2, words[1].hasPrefix("rw"), !line.hasSuffix("[vvar]") else { continue }
      try memory.seek(toOffset: ends[0])
      // A part that is mapped and not readable has nothing to find.
      guard let octets = try? memory.read(upToCount: Int(ends[1] - ends[0])) else { continue }
      for text in texts where octets.range(of: Data(text.utf8)) != nil { found.insert(text) }
    }
    return found
  }

  @Test("a session that is over has left neither the password nor what was made of it in memory")
  func workbench() throws {
    let server = try MailServer.start(.reference)
    let (terminal, process) = try start([Program.parley, "localhost:\(server.port)"])
    let texts = [Self.password, Data("\0alice\0\(Self.password)".utf8).base64EncodedString()]
    try terminal.expect("220 ")
    try terminal.type(line: "EHLO client.example")
    try terminal.expect("250 CHUNKING")
    try terminal.type(line: "AUTH PLAIN")
    try terminal.expect("Password")
    try terminal.type(line: "alice")
    try terminal.type(line: Self.password)
    try terminal.expect("Send the password in clear?")
    try terminal.press("y")
    try terminal.expect("535 5.7.8")
    guard geteuid() == 0 else {
      // Nobody but root can look into a process that holds a secret.
      #expect(FileManager.default.isReadableFile(atPath: "/proc/\(process)/mem") == false)
      return
    }
    let open = try found(texts, in: process)
    #expect(open.contains(texts[1]), "what was sent can be shown while the session is open")
    try terminal.type(line: "QUIT")
    try terminal.expect("closed")
    let isGone = eventually { (try? found(texts, in: process).isEmpty) == true }
    let left = try found(texts, in: process)
    #expect(isGone, "still there: \(left)")
  }

  @Test("a password on the command line is not there for others to read")
  func arguments() throws {
    let server = try MailServer.start(.reference)
    let script = try home.write("talk.smtp", "S: 220\nC: EHLO a\nS: 250\n> auth PLAIN\nS: 535\n> wait 30\n")
    let arguments = [
      "run", script, server.target, "--auth-user", "alice", "--auth-password", Self.password, "-v",
      "--allow-plaintext-auth",
    ]
    let (terminal, process) = try start([Program.parley] + arguments)
    try terminal.expect("535 5.7.8")
    let line = try Data(contentsOf: URL(fileURLWithPath: "/proc/\(process)/cmdline"))
    #expect(line.range(of: Data("--auth-password".utf8)) != nil)
    #expect(line.range(of: Data(Self.password.utf8)) == nil)
    let limits = try String(contentsOfFile: "/proc/\(process)/limits", encoding: .utf8)
    let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
    #expect(core?.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"], "no core is dumped: \(core ?? "")")
  }
}
