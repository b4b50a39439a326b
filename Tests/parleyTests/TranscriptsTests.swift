import Foundation
import Testing

/// The dialogue files of the project, played by the program as its users run it.
struct TranscriptsTests {
  private static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../transcripts").standardizedFileURL.path
  private static let names = scripts(in: directory)
  private static let playbooks = scripts(in: directory + "/playbooks")

  private static func scripts(in directory: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [])
      .filter { $0.hasSuffix(".smtp") }.sorted()
  }

  @Test("there are transcripts to play")
  func exist() {
    #expect(Self.names.count >= 3)
    #expect(Self.playbooks.count >= 18)
  }

  @Test("each file is read and written again octet for octet", arguments: names + playbooks.map { "playbooks/" + $0 })
  func rewritten(name: String) throws {
    let file = Self.directory + "/" + name
    let run = try Program.run([Program.parley, "convert", file, "--to", "dialogue"])
    #expect(run.status == 0, "\(run.everything)")
    #expect(try run.output == String(contentsOfFile: file, encoding: .utf8))
  }

  @Test("each transcript passes", arguments: MailServer.Kind.available, Self.names)
  func passes(kind: MailServer.Kind, name: String) throws {
    let server = try MailServer.start(kind)
    // One of them shows what a login without TLS is.
    let run = try server.parley(["run", Self.directory + "/" + name, server.target, "--allow-plaintext-auth"])
    #expect(run.status == 0, "\(run.everything)")
    #expect(server.hasStored("Subject: test message"))
  }

  @Test("each playbook passes against the reference MTA and has no mistake", arguments: playbooks)
  func playbook(name: String) throws {
    let server = try MailServer.start(.reference)
    let file = Self.directory + "/playbooks/" + name
    let run = try server.parley(["run", file, server.target])
    #expect(run.status == 0, "\(run.everything)")
    let lint = try Program.run([Program.parley, "lint", file])
    #expect(lint.status == 0, "\(lint.everything)")
  }

  @Test("a changed expectation fails and names the line, what was expected and what came")
  func changed() throws {
    let server = try MailServer.start(.reference)
    let files = try TemporaryDirectory()
    let text = try String(contentsOfFile: Self.directory + "/plain-smtp.smtp", encoding: .utf8)
    let lines = text.components(separatedBy: "\n")
    let index = try #require(lines.firstIndex(of: "S: 250 2.1.5 Ok"))
    let script = try files.write(
      "changed.smtp", text.replacingOccurrences(of: "S: 250 2.1.5 Ok", with: "S: 551 5.1.6 no"))
    let run = try server.parley(["run", script, server.target])
    #expect(run.status == 1, "\(run.everything)")
    #expect(run.everything.contains("\(index + 1)"))
    #expect(run.everything.contains("551"))
    #expect(run.everything.contains("250 2.1.5 Ok"))
  }

  @Test("a recording holds no secret, and replays", arguments: MailServer.Kind.available)
  func recorded(kind: MailServer.Kind) throws {
    let server = try MailServer.start(.reference)
    let files = try TemporaryDirectory()
    let recording = files.path + "/talk.smtp"
    let script = Self.directory + "/starttls-submission.smtp"
    let run = try server.parley(["run", script, server.target, "--record", recording])
    #expect(run.status == 0, "\(run.everything)")
    let text = files.text("talk.smtp")
    #expect(text.contains("${auth.plain}"))
    #expect(!text.contains("wonderland"))
    #expect(!text.contains("AGFsaWNlAHdvbmRlcmxhbmQ"))
    let other = try MailServer.start(kind)
    let replay = try other.parley(["replay", recording, other.target])
    #expect(replay.status == 0, "\(replay.everything)")
  }
}
