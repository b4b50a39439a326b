import Dialogue
import Failures
import SASL
import SMTPClient
import SMTPSession
import SMTPWire
import Sessions
import TestPeers
import Testing

@Suite("Playing a dialogue against a live server")
struct ScriptRunnerTests {
  private let steps: [ScriptedServer.Step] = [
    .say("220 mail.example.com ESMTP"), .hear, .say("250-mail.example.com\r\n250 AUTH PLAIN LOGIN"), .hear,
    .say("235 2.7.0 Authentication successful"), .hear, .say("221 2.0.0 Bye"), .close,
  ]

  private func play(
    _ text: String, _ steps: [ScriptedServer.Step],
    credentials: Credentials? = Credentials(user: "alice", password: "wonderland"),
    allowsPlaintext: Bool = true, total: Duration? = nil, events: Events = Events()
  ) async throws -> (outcome: ScriptOutcome, heard: [String]) {
    let server = try await ScriptedServer(steps)
    let script = DialogueScript(DialogueReader.read(Array(text.utf8)).dialogue)
    #expect(script.diagnostics.isEmpty)
    var options = ScriptOptions(greetingName: "client.example")
    options.credentials = credentials
    options.allowsPlaintextAuth = allowsPlaintext
    var timeouts = SMTPTimeouts(all: .short)
    timeouts.total = total
    let runner = ScriptRunner(
      script: script, target: Target(host: "127.0.0.1", port: server.port), options: options,
      conversation: ConversationOptions(timeouts: timeouts), sink: { events.add($0) })
    let outcome = await withTaskExecutorPreference(TestExecutor.shared) { await runner.run() }
    await server.stop()
    return (outcome, server.heard.all)
  }

  private let script = """
    S: 220
    C: EHLO client.example
    S: 250
    C: AUTH PLAIN ${auth.plain}
    S: 235
    C: QUIT
    S: 221

    """

  @Test("a script that fits passes, its secret made of the credentials and hidden from the events")
  func passes() async throws {
    let events = Events()
    let (outcome, heard) = try await play(script, steps, events: events)
    guard case .passed = outcome else { throw Unmet(outcome: "\(outcome)") }
    #expect(heard == ["EHLO client.example", "AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=", "QUIT"])
    #expect(!"\(events.all)".contains("AGFsaWNl"))
    #expect(events.names.contains("authenticated"))
  }

  @Test("the step auth logs in by itself")
  func step() async throws {
    let text = script.split(separator: "\n").filter { !$0.contains("235") }.joined(separator: "\n")
    let (outcome, heard) = try await play(
      text.replacing("C: AUTH PLAIN ${auth.plain}", with: "> auth PLAIN") + "\n", steps)
    guard case .passed = outcome else { throw Unmet(outcome: "\(outcome)") }
    #expect(heard.contains("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ="))
  }

  @Test("the step auth that names no mechanism shows no password without TLS")
  func inClear() async throws {
    let steps = steps.prefix(3) + [.hear, .say("221 2.0.0 Bye"), .close]
    let (outcome, heard) = try await play(
      "S: 220\nC: EHLO client.example\nS: 250\n> auth\n", Array(steps), allowsPlaintext: false)
    guard case .failed(_, let cause) = outcome else { throw Unmet(outcome: "\(outcome)") }
    #expect(cause?.name == .authPlaintextRefused)
    #expect(heard == ["EHLO client.example", "QUIT"])
  }

  @Test(
    "no value that is secret goes out without TLS",
    arguments: [
      "C: AUTH PLAIN ${auth.plain}", "C: NOOP ${password}", "> raw \"x ${password}\\r\\n\"", "> auth PLAIN",
      "> let x = ${password}\nC: NOOP ${x}",
    ])
  func secretsInClear(line: String) async throws {
    let steps = steps.prefix(3) + [.hear, .say("221 2.0.0 Bye"), .close]
    let (outcome, heard) = try await play(
      "S: 220\nC: EHLO client.example\nS: 250\n\(line)\n", Array(steps), allowsPlaintext: false)
    guard case .failed(_, let cause) = outcome else { throw Unmet(outcome: "\(outcome)") }
    #expect(cause?.name == .authPlaintextRefused)
    #expect(heard == ["EHLO client.example", "QUIT"])
  }

  @Test(
    "a login that stands literally in a script is in no event",
    arguments: [
      "C: AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=\nS: 334", "C: AUTH PLAIN\nS: 334\nC: AGFsaWNlAHdvbmRlcmxhbmQ=",
      "C: AUTH LOGIN\nS: 334\nC: YWxpY2U=\nS: 334\nC: d29uZGVybGFuZA==",
      "C: AUTH LOGIN\nC: YWxpY2U=\nC: d29uZGVybGFuZA==",
      "> raw \"AUTH PLAIN AGFsaWNl\"\n> raw \"AHdvbmRlcmxhbmQ=\\r\\n\"",
      "> raw bytewise \"AUTH LOGIN\\r\\nYWxpY2U=\\r\\nd29uZGVybGFuZA==\\r\\n\"",
    ])
  func literals(login: String) async throws {
    let events = Events()
    let peer: [ScriptedServer.Step] =
      [.say("220 hi"), .hear, .say("250-hi\r\n250 AUTH PLAIN LOGIN")]
      + Array(repeating: [.hear, .say("334 ")], count: 3).flatMap { $0 } + [.close]
    _ = try await play("S: 220\nC: EHLO client.example\nS: 250\n\(login)\n", peer, events: events)
    let shown = events.all.map { event in
      if case .sent(let line) = event { return line.masked }
      return ""
    }.joined(separator: "\n")
    #expect(shown.contains("AUTH"))
    for secret in ["d29uZGVybGFuZ", "AGFsaWNl", "b25kZXJsYW5k", "YWxpY2U", "AHdvbmRl"] {
      #expect(!shown.contains(secret), "\(shown)")
    }
  }

  @Test("a script without an end is over when its time is")
  func endless() async throws {
    let text =
      "S: 220\n> let x = \(String(repeating: "y", count: 60_000))\n> repeat 99999\n"
      + String(repeating: "> let y = ${x}\n", count: 1_000) + "> end\n"
    let (outcome, _) = try await play(text, [.say("220 hi"), .silence], total: .milliseconds(300))
    guard case .failed(_, let cause) = outcome else { throw Unmet(outcome: "\(outcome)") }
    #expect(cause?.name == .timeoutTotal)
  }

  @Test("a line that grows beyond all bounds with its variables is not sent")
  func overlong() async throws {
    let text =
      "S: 220\n> let x = \(String(repeating: "y", count: 60_000))\nC: NOOP \(String(repeating: "${x}", count: 20_000))\n"
    let (outcome, heard) = try await play(text, [.say("220 hi"), .hear, .close])
    guard case .failed(let failure, _) = outcome else { throw Unmet(outcome: "\(outcome)") }
    #expect(failure.number == 3)
    #expect(failure.sentence.contains("1048576 octets"))
    #expect(heard.allSatisfy { $0 == "QUIT" })
  }

  @Test("an expectation that is not met names its line, what was expected and what came")
  func unmet() async throws {
    let (outcome, heard) = try await play(script.replacing("S: 235", with: "S: 535"), steps)
    guard case .failed(let failure, let cause) = outcome else { throw Unmet(outcome: "\(outcome)") }
    #expect(failure.number == 5)
    #expect(failure.expected == ["S: 535"])
    #expect(failure.got.map { String(decoding: $0.octets, as: UTF8.self) } == ["235 2.7.0 Authentication successful"])
    #expect(cause == nil)
    #expect(heard.last == "QUIT")
  }

  @Test("a server that is gone is the cause of the failure")
  func gone() async throws {
    let (outcome, _) = try await play(script, [.say("220 hi"), .hear, .reset])
    guard case .failed(let failure, let cause) = outcome else { throw Unmet(outcome: "\(outcome)") }
    #expect(failure.number == 3)
    #expect(cause?.name == .connReset)
  }

  @Test("a script's message is not accepted early either")
  func script() async throws {
    let server = try await ScriptedServer([.say("220 hi"), .hear, .say("354 go\r\n250 queued"), .silence])
    let text = "S: 220\nC: DATA\nS: 354\nC: Subject: x\nC: .\nS: 250\n"
    let runner = ScriptRunner(
      script: DialogueScript(DialogueReader.read(Array(text.utf8)).dialogue),
      target: Target(host: "127.0.0.1", port: server.port), options: ScriptOptions(greetingName: "c.example"),
      conversation: ConversationOptions(timeouts: SMTPTimeouts(all: .seconds(30))), sink: { _ in })
    let outcome = await withTaskExecutorPreference(TestExecutor.shared) { await runner.run() }
    guard case .failed(_, let cause) = outcome else { throw Unmet(outcome: "passed") }
    await server.stop()
    #expect(cause?.name == .protoUnsolicited)
    #expect(server.heard.all == ["DATA"])
  }
}
