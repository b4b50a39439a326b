import Foundation
import Testing

/// Recordings that take the server's place for other people's clients.
struct ReplayServerTests {
  private let files: TemporaryDirectory

  init() throws {
    files = try TemporaryDirectory()
  }

  private static let message = "From: alice@example.com\r\nSubject: test message\r\n\r\nhello\r\n"

  /// The program that makes the session with the port and the file of the message.
  private static let clients: [String: @Sendable (Int, String) -> [String]] = [
    "swaks": { port, message in
      [
        "swaks", "--server", "127.0.0.1:\(port)", "--ehlo", "client.example", "--from", "alice@example.com",
        "--to", "bob@example.com", "--data", "@" + message,
      ]
    },
    "curl": { port, message in
      [
        "curl", "-sS", "--url", "smtp://127.0.0.1:\(port)/client.example", "--mail-from", "alice@example.com",
        "--mail-rcpt", "bob@example.com", "--upload-file", message,
      ]
    },
    "smtplib": { port, message in
      let program = """
        import smtplib, sys
        with smtplib.SMTP('127.0.0.1', int(sys.argv[1]), 'client.example', timeout=20) as client:
            client.sendmail('alice@example.com', ['bob@example.com'], open(sys.argv[2], newline='').read())
        """
      return ["python3", "-c", program, "\(port)", message]
    },
  ]

  /// A recording that Parley made of the session with a real server.
  private func recording(_ kind: MailServer.Kind, _ message: String) throws -> String {
    let server = try MailServer.start(kind)
    let recording = files.path + "/recording.smtp"
    let send = try Program.run(
      [Program.parley, "send", "--server", "127.0.0.1:\(server.port)", "--ehlo", "client.example", "--from"]
        + ["alice@example.com", "--to", "bob@example.com", "--data", "@" + message, "--record", recording])
    #expect(send.status == 0, "\(send.everything)")
    return recording
  }

  /// Lets a client talk to the recording; its own outcome and what the replay says.
  private func replay(_ recording: String, _ client: (Int) -> [String]) throws -> (client: Program, replay: Program) {
    let output = files.path + "/replay"
    let server = try ChildProcess(
      [Program.parley, "replay", recording, "--as", "server", "--order", "lenient", "127.0.0.1:0", "--port-file"]
        + [files.path + "/port"], environment: ["XDG_STATE_HOME": files.path], output: output, errors: output)
    defer { server.terminate() }
    try #require(eventually { files.text("port").hasSuffix("\n") }, "\(files.text("replay"))")
    let port = try #require(files.text("port").split { " \n".contains($0) }.last.flatMap { Int($0) })
    let run = try Program.run(client(port), environment: ["HOME": files.path])
    let status = server.wait(limit: 10)
    return (run, Program(status: status, output: files.text("replay"), errors: ""))
  }

  @Test("a recording satisfies the client", arguments: MailServer.Kind.available, clients.keys.sorted())
  func satisfies(kind: MailServer.Kind, name: String) throws {
    guard name == "smtplib" || Program.isInstalled(name) else { return }
    let message = try files.write("message.eml", Self.message)
    let client = try #require(Self.clients[name])
    let played = try replay(recording(kind, message)) { client($0, message) }
    #expect(played.client.status == 0, "\(played.client.everything)\n\(played.replay.everything)")
    #expect(played.replay.status != 137, "the replay did not end: \(played.replay.everything)")
  }

  @Test("a client that says something else is refused and told the line")
  func deviates() throws {
    let message = try files.write("message.eml", Self.message)
    let file = try recording(.reference, message)
    let lines = files.text("recording.smtp").components(separatedBy: "\n")
    let number = try #require(lines.firstIndex { $0.contains("C: RCPT TO:<bob@example.com>") }) + 1
    let program = """
      import smtplib, sys
      client = smtplib.SMTP('127.0.0.1', int(sys.argv[1]), 'client.example', timeout=20)
      client.ehlo()
      client.mail('alice@example.com')
      print(client.rcpt('carol@example.com'))
      """
    let played = try replay(file) { ["python3", "-c", program, "\($0)"] }
    #expect(!played.client.output.contains("(250"), "\(played.client.everything)")
    #expect(played.client.output.contains("(line \(number))"), "\(played.client.everything)")
    #expect(played.replay.status == 1, "\(played.replay.everything)")
    #expect(played.replay.everything.contains("\(number)"), "\(played.replay.everything)")
  }
}
