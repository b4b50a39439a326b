import Foundation
import Testing

/// The password and what is made of it appear nowhere but on the wire.
struct SecretsTests {
  private let files: TemporaryDirectory

  init() throws {
    files = try TemporaryDirectory()
  }

  private static let mechanisms = [
    "PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS",
    "SCRAM-SHA-256-PLUS", "NTLM", "XOAUTH2", "OAUTHBEARER", "EXTERNAL", "ANONYMOUS",
  ]
  private static let password = "wonderland"

  /// The password, its base64 in all three alignments, and the whole answers of PLAIN and LOGIN.
  private static let forms: [String] = {
    let aligned = (0..<3).map { shift -> String in
      let octets = [UInt8](repeating: 0, count: shift) + Array(password.utf8)
      // The first and the last group depend on what stands beside the password.
      let whole = octets.count / 3 * 4
      let text = Data(octets).base64EncodedString()
      return String(text.prefix(whole).dropFirst(shift == 0 ? 0 : 4))
    }
    let answers = ["\0alice\0" + password, password].map { Data($0.utf8).base64EncodedString() }
    return [password] + aligned + answers
  }()

  /// What an answer on the wire proves: the answer itself, and the proof within it.
  private static func proofs(_ answer: String) -> [String] {
    guard answer.count >= 12 else { return [] }
    let text = String(decoding: Data(base64Encoded: answer) ?? Data(), as: UTF8.self)
    let found = text.matches(of: /(?:p=|response=|^alice )([0-9A-Za-z+\/=]{16,})/).map { String($0.1) }
    return [answer] + found
  }

  private func expectNone(_ secrets: [String], in text: String, _ what: String) {
    for secret in Self.forms + secrets { #expect(!text.contains(secret), "\(secret) in \(what):\n\(text)") }
  }

  @Test(
    "no output, recording, report or export holds a password or a proof", arguments: mechanisms, [true, false])
  func mechanism(name: String, accepts: Bool) throws {
    let peer = try AuthPeer(mechanism: name, password: Self.password, accepts: accepts)
    let recording = files.path + "/talk.smtp"
    let junit = files.path + "/junit.xml"
    let script = try files.write("script.smtp", "C: EHLO client.example\nS: 250\n> auth \(name)\n> quit\n")
    let run = ["run", script, "smtps://localhost:\(peer.port)"]
    let send =
      ["send", "--server", "localhost:\(peer.port)", "--tls-on-connect", "--auth", name, "--from", "a@example.com"]
      + ["--to", "b@example.com", "--body", "hello"]
    let calls = [
      send, send + ["--json"], run + ["--json", "--junit", junit], run + ["--tap"],
      run + ["-v", "--record", recording],
      ["replay", recording, "-v"], send + ["--record", recording],
    ]
    for call in calls {
      let program = try Program.run([Program.parley] + call + login(peer))
      #expect((program.status == 0) == accepts || call[0] == "replay", "\(call): \(program.everything)")
      #expect(!peer.answers.isEmpty)
      let secrets = peer.answers.flatMap(Self.proofs)
      expectNone(secrets, in: program.everything, "the output of \(call)")
      expectNone(secrets, in: files.text("talk.smtp"), "the recording of \(call)")
    }
    #expect(files.text("talk.smtp").contains("C: AUTH \(name)"))
    let secrets = peer.answers.flatMap(Self.proofs)
    expectNone(secrets, in: files.text("junit.xml"), "JUnit's XML")
    try expectNoneInExports(recording, secrets)
  }

  private func login(_ peer: AuthPeer) -> [String] {
    ["--insecure", "--auth-user", "alice", "--auth-password", Self.password]
      + ["--tls-cert", peer.certificate, "--tls-key", peer.key]
  }

  private func expectNoneInExports(_ recording: String, _ secrets: [String]) throws {
    let forms = ["dialogue", "server-bytes", "client-bytes", "swaks", "curl", "openssl", "parley", "markdown", "json"]
    for form in forms + ["html", "asciicast", "eml"] {
      let run = try Program.run([Program.parley, "convert", recording, "--to", form])
      expectNone(secrets, in: run.everything, form)
    }
  }

  @Test("the log of the bundled server holds no password", arguments: ["PLAIN", "LOGIN"])
  func log(mechanism: String) throws {
    let server = try MailServer.start(.reference)
    for password in [Self.password, Self.password + "!"] {
      let credentials = ["--auth-user", "alice", "--auth-password", password, "--tls-ca-path", server.authority]
      let run = try Program.run(
        [Program.parley, "send", "--server", "localhost:\(server.port)", "--tls", "--auth", mechanism, "--from"]
          + ["alice@example.com", "--to", "bob@example.com"] + credentials)
      #expect((run.status == 0) == (password == Self.password), "\(run.everything)")
    }
    for file in filesBelow((server.mail as NSString).deletingLastPathComponent) {
      expectNone([], in: file.text, file.path)
    }
  }

  /// Dialogues played as the server: one with the login that comes, one with another, one without any.
  private static let dialogues = [
    "C: AUTH PLAIN ${auth.plain}\nS: 235 2.7.0 welcome\n", "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\n", "C: NOOP\nS: 250\n",
  ]

  @Test("a replay as the server tells and records no password of its client", arguments: dialogues, ["PLAIN", "LOGIN"])
  func served(dialogue: String, mechanism: String) throws {
    let file = try files.write(
      "served.smtp",
      "S: 220 peer.example ESMTP\nC: EHLO client.example\nS: 250-peer.example\nS: 250 AUTH PLAIN LOGIN\n" + dialogue
        + "C: QUIT\nS: 221 2.0.0 Bye\n")
    let (output, port) = (files.path + "/output", files.path + "/ports")
    let server = try ChildProcess(
      [Program.parley, "replay", file, "--as", "server", "127.0.0.1:0", "--port-file", port, "-v", "--record"]
        + [files.path + "/recorded.smtp"], output: output, errors: output)
    defer { server.terminate() }
    try #require(eventually { files.text("ports").hasSuffix("\n") }, "\(files.text("output"))")
    let client = """
      import smtplib, sys
      client = smtplib.SMTP('127.0.0.1', int(open(sys.argv[1]).read().split()[2]), 'client.example', timeout=20)
      client.user, client.password = 'alice', sys.argv[3]
      client.ehlo()
      try:
          client.auth(sys.argv[2], getattr(client, 'auth_' + sys.argv[2].lower()))
          client.quit()
      except smtplib.SMTPException:
          client.close()
      """
    _ = try Program.run(["python3", "-c", client, port, mechanism, Self.password])
    _ = server.wait(limit: 10)
    let recorded = files.text("recorded.smtp")
    #expect(recorded.contains("C: AUTH \(mechanism)"), "\(recorded)")
    expectNone([], in: files.text("output"), "the output")
    expectNone([], in: recorded, "the recording")
  }
}
