import Foundation
import Testing

/// What other programs write about a session, next to Parley's own recording of the same session.
struct ConvertTests {
  private let files: TemporaryDirectory

  init() throws {
    files = try TemporaryDirectory()
  }

  @Test(
    "a log in an unknown form is one error that quotes nothing of it",
    arguments: [
      "connect: to ('mail', 587) None\nsend: 'AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ='\nreply: b'535 no'\n",
      "DEBUG: version 1\nDEBUG SMTP: trying\n220 mail\nAUTH LOGIN\n334 VXNlcm5hbWU6\nYWxpY2U=\nd29uZGVybGFuZA==\n",
      "\u{1F}\u{8B} packed",
    ])
  func unknownForm(log: String) throws {
    let path = try files.write("log.txt", log)
    let run = try Program.run([Program.parley, "convert", path])
    #expect(run.status == 65 && run.output.isEmpty, "\(run.everything)")
    #expect(run.errors.hasPrefix("parley: error [convert.unknown_form]: "), "\(run.errors)")
    #expect(run.errors.contains("swaks (output of swaks)") && run.errors.split(separator: "\n").count == 1)
  }

  @Test("lint quotes no login of a file that is no dialogue")
  func quotesNoLogin() throws {
    let text =
      "C: EHLO a\nsend: AUTH LOGIN\n334 VXNlcm5hbWU6\nYWxpY2U=\n334 UGFzc3dvcmQ6\nd29uZGVybGFuZA==\nC: QUIT\n"
    let path = try files.write("x.smtp", text)
    let run = try Program.run([Program.parley, "lint", path])
    #expect(
      run.status == 1 && run.output.contains("expected C:") && !run.everything.contains("d29uZGVy"), "\(run.everything)"
    )
  }

  /// What differs between the programs' ways to say the same.
  private struct Habits {
    var openssl = false
    var size = ""
    var recipient = "RCPT"
    var endsWithBlankLine = false
    var quit = "QUIT"
  }

  private static let body = ["From: alice@example.com", "Subject: test message", "", "hello", ".a dot"]

  /// The session as a script: what the client says, and the codes of the answers.
  private func talk(_ habits: Habits) -> [String] {
    let opening =
      habits.openssl ? ["C: EHLO openssl.client.net", "S: 250", "C: STARTTLS", "S: 220"] : []
    let envelope = [
      "C: EHLO client.example", "S: 250", "C: MAIL FROM:<alice@example.com>" + habits.size, "S: 250",
      "C: \(habits.recipient) TO:<bob@example.com>", "S: 250", "C: DATA", "S: 354",
    ]
    let message = (Self.body + (habits.endsWithBlankLine ? [""] : [])).map {
      "C: " + ($0.hasPrefix(".") ? "." : "") + $0
    }
    let ending = habits.quit.isEmpty ? [] : ["C: " + habits.quit, "S: 221"]
    return ["S: 220"] + opening + envelope + message + ["C: .", "S: 250"] + ending
  }

  /// Plays the session with Parley and returns its recording.
  private func recording(_ habits: Habits, _ server: MailServer) throws -> String {
    let script = try files.write("talk.smtp", talk(habits).joined(separator: "\n") + "\n")
    let run = try server.parley([
      "run", script, "smtp://127.0.0.1:\(server.port)", "--record", files.path + "/own.smtp",
    ])
    #expect(run.status == 0, "\(run.everything)")
    return files.text("own.smtp")
  }

  /// Converts another program's log and expects that the dialogue has what Parley's own recording has.
  private func expectAlike(_ log: String, _ own: String, cutting cut: (String) -> String = { $0 }) throws {
    let converted = try Program.run([Program.parley, "convert", log])
    #expect(converted.status == 0, "\(converted.everything)")
    let one = try files.write("converted.smtp", cut(converted.output))
    let two = try files.write("recorded.smtp", cut(own))
    let compared = try Program.run([Program.parley, "compare", "--match", "text", one, two])
    #expect(compared.status == 0, "\(compared.everything)\n\(converted.output)\n\(own)")
    #expect(converted.output.contains("C: MAIL FROM:<alice@example.com>"))
    #expect(converted.output.contains(" TO:<bob@example.com>"))
    #expect(converted.output.contains("S: 250 2.0.0 Ok: queued as "))
  }

  /// Runs another program and returns the file that has all that it wrote.
  private func log(_ arguments: [String]) throws -> String {
    let run = try Program.run(arguments, environment: ["HOME": files.path])
    #expect(run.status == 0, "\(run.everything)")
    return try files.write("log", run.everything)
  }

  private func message() throws -> String {
    try files.write("message.eml", Self.body.joined(separator: "\r\n") + "\r\n")
  }

  @Test("what swaks writes becomes the dialogue", .enabled(if: Program.isInstalled("swaks")))
  func swaks() throws {
    let server = try MailServer.start(.reference)
    let log = try log([
      "swaks", "--server", "127.0.0.1:\(server.port)", "--ehlo", "client.example", "--from", "alice@example.com",
      "--to", "bob@example.com", "--data", "@" + message(),
    ])
    try expectAlike(log, recording(Habits(endsWithBlankLine: true), server))
  }

  private func curl(_ server: MailServer, _ options: [String]) throws -> String {
    try log(
      ["curl", "-sS", "--url", "smtp://127.0.0.1:\(server.port)/client.example", "--mail-from", "alice@example.com"]
        + ["--mail-rcpt", "bob@example.com", "--upload-file", message()] + options)
  }

  @Test("what curl -v writes becomes the dialogue without the message", .enabled(if: Program.isInstalled("curl")))
  func curlVerbose() throws {
    let server = try MailServer.start(.reference)
    let log = try curl(server, ["-v"])
    try expectAlike(log, recording(Habits(size: " SIZE=76", quit: ""), server), cutting: Self.withoutMessage)
  }

  @Test(
    "what curl traces becomes the dialogue", .enabled(if: Program.isInstalled("curl")),
    arguments: ["--trace", "--trace-ascii"])
  func curlTrace(option: String) throws {
    let server = try MailServer.start(.reference)
    let log = files.path + "/trace"
    _ = try curl(server, [option, log])
    try expectAlike(log, recording(Habits(size: " SIZE=76", quit: ""), server))
  }

  /// The dialogue without a message's lines, which some logs do not show.
  private static func withoutMessage(_ text: String) -> String {
    var isInMessage = false
    let lines = text.components(separatedBy: "\n").filter { line in
      if line.hasSuffix("C: .") { isInMessage = false }
      defer { if line.contains("S: 354") { isInMessage = true } }
      return !isInMessage
    }
    return lines.joined(separator: "\n")
  }

  /// Speaks at a program's terminal: says a line when the answer to the one before has come; writes all that is seen.
  private static let terminal = """
    import os, pty, re, sys
    said, lines = b"", open(sys.argv[1], "rb").read().splitlines()
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(sys.argv[2], sys.argv[2:])
    def read():
        global said
        try:
            octets = os.read(terminal, 65536)
        except OSError:
            octets = b""
        said += octets
        sys.stdout.buffer.write(octets)
        return octets
    for line in lines:
        mark, text = line[:2], line[3:]
        if mark == b"C:":
            os.write(terminal, text + b"\\r")
            continue
        answer = re.compile(rb"(?:^|\\n)" + text + rb" [^\\n]*\\n")
        while not answer.search(said):
            if not read():
                sys.exit("no answer " + repr(line))
        said = said[answer.search(said).end():]
    while read():
        pass
    """

  /// What is seen when the session is typed at a terminal.
  private func typed(_ lines: [String], _ program: [String]) throws -> String {
    let script = try files.write("typed", lines.joined(separator: "\n") + "\n")
    return try log(["python3", "-c", Self.terminal, script] + program)
  }

  @Test("what telnet shows becomes the dialogue", .enabled(if: Program.isInstalled("telnet")))
  func telnet() throws {
    let server = try MailServer.start(.reference)
    let log = try typed(talk(Habits()), ["telnet", "127.0.0.1", "\(server.port)"])
    try expectAlike(log, recording(Habits(), server))
  }

  @Test("what openssl s_client shows becomes the dialogue", .enabled(if: Program.isInstalled("openssl")))
  func openssl() throws {
    let server = try MailServer.start(.reference)
    // To openssl a line that begins with R or Q is a command to itself.
    let habits = Habits(openssl: true, recipient: "rcpt", quit: "quit")
    let behindTLS = talk(habits).drop { $0 != "C: EHLO client.example" }
    let client = ["openssl", "s_client", "-connect", "localhost:\(server.port)", "-starttls", "smtp", "-crlf"]
    let log = try self.typed(["S: 250"] + behindTLS, client + ["-CAfile", server.authority])
    try expectAlike(log, recording(habits, server), cutting: Self.behindSTARTTLS)
  }

  /// The dialogue from the handshake on: of what is before it openssl tells the codes alone.
  private static func behindSTARTTLS(_ text: String) -> String {
    let lines = text.components(separatedBy: "\n")
    let start = lines.firstIndex { $0.contains("* tls ") } ?? 0
    return (["S: 220", "C: STARTTLS", "S: 220"] + lines[start...]).joined(separator: "\n")
  }

  @Test(
    "Postfix's own log becomes the dialogue without the message",
    .enabled(if: MailServer.Kind.available.contains(.postfix), "Postfix needs root"))
  func postfixLog() throws {
    let server = try MailServer.start(.postfix)
    let base = (server.mail as NSString).deletingLastPathComponent
    // Postfix waits for files younger than two seconds.
    let verbose = """
      postconf -c "$1/etc" -e debug_peer_list=127.0.0.1 debug_peer_level=1
      touch -d '1 minute ago' "$1/etc/main.cf"
      postfix -c "$1/etc" reload
      """
    let reload = try Program.run(["sh", "-ec", verbose, "sh", base])
    #expect(reload.status == 0, "\(reload.everything)")
    let log = base + "/maillog"
    #expect(eventually { (try? String(contentsOfFile: log, encoding: .utf8))?.contains("reload -- version") == true })
    let own = try recording(Habits(), server)
    #expect(eventually { (try? String(contentsOfFile: log, encoding: .utf8))?.contains("221 2.0.0") == true })
    try expectAlike(log, own, cutting: Self.withoutMessage)
  }

  @Test(
    "packets taken from the wire become the dialogue, octet for octet",
    .enabled(if: geteuid() == 0 && Program.isInstalled("tcpdump"), "capturing needs root and tcpdump"))
  func packets() throws {
    let server = try MailServer.start(.reference)
    let capture = files.path + "/capture.pcap"
    let tcpdump = try ChildProcess(
      ["tcpdump", "-i", "lo", "-U", "--immediate-mode", "-w", capture, "tcp", "port", "\(server.port)"],
      output: files.path + "/tcpdump", errors: files.path + "/tcpdump")
    defer { tcpdump.terminate() }
    try #require(eventually { files.text("tcpdump").contains("listening on") }, "\(files.text("tcpdump"))")
    let own = try recording(Habits(), server)
    #expect(eventually { files.text("capture.pcap").contains("221 2.0.0") })
    tcpdump.terminate()
    try expectAlike(capture, own)
    for side in ["client-bytes", "server-bytes"] {
      let one = try Program.run([Program.parley, "convert", files.path + "/converted.smtp", "--to", side])
      let two = try Program.run([Program.parley, "convert", files.path + "/own.smtp", "--to", side])
      #expect(!one.output.isEmpty && one.output == two.output)
    }
  }

  @Test("an exported command makes the same delivery", arguments: ["swaks", "curl"], [false, true])
  func exported(program: String, hasLogin: Bool) throws {
    guard Program.isInstalled(program) else { return }
    let server = try MailServer.start(.reference)
    let credentials = ["--tls-ca-path", server.authority, "--auth-user", "alice", "--auth-password", "wonderland"]
    let login = hasLogin ? ["--tls", "--auth", "PLAIN"] + credentials : []
    let send = try Program.run(
      [
        Program.parley, "send", "--server", "localhost:\(server.port)", "--ehlo", "client.example", "--from",
        "alice@example.com", "--to",
      ]
        + ["bob@example.com", "--data", "@" + message(), "--record", files.path + "/own.smtp"] + login)
    #expect(send.status == 0, "\(send.everything)")
    let export = try Program.run([Program.parley, "convert", files.path + "/own.smtp", "--to", program])
    #expect(export.status == 0, "\(export.everything)")
    #expect(!export.output.contains("wonderland"))
    let other = try MailServer.start(.reference)
    let command = export.output.replacingOccurrences(of: ":\(server.port)", with: ":\(other.port)")
      .replacingOccurrences(of: "--port \(server.port)", with: "--port \(other.port)")
    let run = try Program.run(["sh", files.write("command.sh", Self.answered(command, program, other))])
    #expect(run.status == 0, "\(run.everything)\n\(command)")
    #expect(other.hasStored("Subject: test message"), "\(command)")
    #expect(other.hasStored("\r\nhello\r\n.a dot\r\n") || other.hasStored("\nhello\n.a dot\n"), "\(command)")
  }

  /// The exported command with what it leaves to the user: the password and whom to trust.
  private static func answered(_ command: String, _ program: String, _ server: MailServer) -> String {
    guard program == "swaks" else {
      return "curl() { command curl -sS --cacert '\(server.authority)' \"$@\"; }\n"
        + command.replacingOccurrences(of: "--user alice ", with: "--user alice:wonderland ")
    }
    let password = command.contains("--auth-user") ? "--auth-password wonderland" : ""
    return "swaks() { command swaks \"$@\" --tls-ca-path '\(server.authority)' \(password); }\n" + command
  }
}

extension Program {
  /// Whether a program of this name is on the search path.
  static func isInstalled(_ name: String) -> Bool {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }
}
