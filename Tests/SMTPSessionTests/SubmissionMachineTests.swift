import Failures
import SASL
import SMTPSession
import SMTPWire
import Testing

/// Plays a submission against given replies and writes down what it does: each action as a short line.
private struct Play {
  var machine: SubmissionMachine
  var log: [String] = []
  var outcome: SubmissionOutcome?

  init(_ plan: SubmissionPlan) { machine = SubmissionMachine(plan) }

  mutating func perform(_ actions: [SubmissionMachine.Action]) {
    for action in actions {
      switch action {
      case .send(let lines): log.append(lines.map(\.masked).joined(separator: " | "))
      case .sendMessage: log.append("message")
      case .drop: log.append("drop")
      case .finish(let outcome):
        self.outcome = outcome
        log.append("finish \(outcome.failure?.name.rawValue ?? "ok")")
      case .startTLS:
        log.append("handshake")
        perform(machine.secured())
      }
    }
  }

  mutating func replies(_ replies: [[String]]) {
    for lines in replies {
      var parser = ReplyParser()
      for line in lines {
        if case .reply(let reply) = parser.receive(WireLine(line)) { perform(machine.received(reply)) }
      }
    }
  }
}

@Suite("The steps of a submission")
struct SubmissionMachineTests {
  private let ehlo = [
    "250-mail.example.com", "250-PIPELINING", "250-SIZE 1000", "250-STARTTLS", "250-AUTH PLAIN", "250 8BITMIME",
  ]
  private let simple = ["250-mail.example.com", "250 HELP"]

  private func plan(_ recipients: String...) -> SubmissionPlan {
    SubmissionPlan(greetingName: "client.example", sender: "a@example.com", recipients: recipients)
  }

  private func played(_ plan: SubmissionPlan, _ replies: [[String]]) -> Play {
    var play = Play(plan)
    play.replies(replies)
    return play
  }

  @Test("one recipient, no extensions: each command waits for its answer")
  func plain() {
    let play = played(
      plan("b@example.org"), [["220 hi"], simple, ["250 ok"], ["250 ok"], ["354 go"], ["250 queued"], ["221 bye"]])
    #expect(
      play.log == [
        "EHLO client.example", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.org>", "DATA", "message", "QUIT",
        "finish ok",
      ])
    #expect(play.outcome?.final?.code == 250)
  }

  @Test("with PIPELINING, MAIL and RCPT go out together and DATA waits for them")
  func pipelined() {
    let play = played(
      plan("b@x.example", "c@x.example"),
      [["220 hi"], ehlo, ["250 ok"], ["250 ok"], ["250 ok"], ["354 go"], ["250 queued"], ["221 bye"]])
    #expect(play.log[1] == "MAIL FROM:<a@example.com> | RCPT TO:<b@x.example> | RCPT TO:<c@x.example>")
    #expect(play.log.last == "finish ok")
  }

  @Test("a pipelined DATA that is taken though nobody was accepted is ended by a lone dot")
  func pipelinedDataWithoutRecipients() {
    var plan = plan("b@x.example")
    plan.envelope.pipelinesData = true
    let play = played(
      plan, [["220 hi"], ehlo, ["250 ok"], ["550 5.1.1 no"], ["354 go"], ["554 5.5.1 nobody"], ["221 bye"]])
    #expect(
      play.log == [
        "EHLO client.example", "MAIL FROM:<a@example.com> | RCPT TO:<b@x.example> | DATA", ".", "QUIT",
        "finish smtp.550",
      ])
  }

  @Test("EHLO refused for good falls back to HELO; refused for now does not")
  func fallback() {
    #expect(played(plan("b@x.example"), [["220 hi"], ["502 what"], ["250 hello"]]).log[1] == "HELO client.example")
    #expect(
      played(plan("b@x.example"), [["220 hi"], ["451 later"], ["221 bye"]]).log == [
        "EHLO client.example", "QUIT", "finish smtp.451",
      ])
  }

  @Test("a greeting that refuses is the end of it")
  func refusedGreeting() {
    #expect(played(plan("b@x.example"), [["554 no"], ["221 bye"]]).log == ["QUIT", "finish smtp.554"])
  }

  @Test("STARTTLS, and EHLO again behind it")
  func startTLS() {
    var plan = plan("b@x.example")
    plan.tls = .required
    let play = played(
      plan, [["220 hi"], ehlo, ["220 go"], simple, ["250 ok"], ["250 ok"], ["354 go"], ["250 ok"], ["221 bye"]])
    #expect(play.log.prefix(4) == ["EHLO client.example", "STARTTLS", "handshake", "EHLO client.example"])
    #expect(play.log.last == "finish ok")
  }

  @Test("TLS that is required and not offered or refused: nothing goes out in clear")
  func noTLS() {
    var plan = plan("b@x.example")
    plan.tls = .required
    #expect(
      played(plan, [["220 hi"], simple, ["221 bye"]]).log == ["EHLO client.example", "QUIT", "finish tls.not_offered"])
    #expect(
      played(plan, [["220 hi"], ehlo, ["454 later"], ["221 bye"]]).log == [
        "EHLO client.example", "STARTTLS", "QUIT", "finish tls.refused",
      ])
  }

  @Test("TLS that is welcome and not offered or refused: the session goes on")
  func optionalTLS() {
    var plan = plan("b@x.example")
    plan.tls = .ifOffered
    #expect(played(plan, [["220 hi"], simple]).log.last == "MAIL FROM:<a@example.com>")
    #expect(played(plan, [["220 hi"], ehlo, ["454 later"]]).log.last?.hasPrefix("MAIL FROM") == true)
  }

  @Test("a login goes before MAIL, and only over TLS unless told otherwise")
  func login() {
    var plan = plan("b@x.example")
    plan.auth = .required(mechanism: nil, Credentials(user: "alice", password: "wonderland"))
    #expect(played(plan, [["220 hi"], ehlo, ["221 bye"]]).log.last == "finish auth.plaintext_refused")
    plan.allowsPlaintextAuth = true
    let play = played(plan, [["220 hi"], ehlo, ["235 in"]])
    #expect(play.log[1] == "AUTH PLAIN ‹secret 24 chars›")
    #expect(play.log[2].hasPrefix("MAIL FROM"))
    #expect(played(plan, [["220 hi"], ehlo, ["535 no"], ["221 bye"]]).log.last == "finish smtp.535")
    #expect(played(plan, [["220 hi"], simple, ["221 bye"]]).log.last == "finish auth.not_offered")
  }

  @Test("some recipients refused is a partial success, all refused sends no message")
  func recipients() {
    let partial = played(
      plan("b@x.example", "c@x.example"),
      [["220 hi"], simple, ["250 ok"], ["550 no"], ["250 ok"], ["354 go"], ["250 ok"], ["221 bye"]])
    #expect(partial.log.last == "finish smtp.partial")
    #expect(partial.outcome?.recipients.map { $0?.code } == [550, 250])
    let none = played(
      plan("b@x.example", "c@x.example"), [["220 hi"], simple, ["250 ok"], ["550 no"], ["450 no"], ["221 bye"]])
    #expect(none.log.suffix(2) == ["QUIT", "finish smtp.550"])
  }

  @Test("a message larger than the server's SIZE is not offered")
  func size() {
    var plan = plan("b@x.example")
    plan.envelope.message = MessageTraits(size: 1_001)
    #expect(
      played(plan, [["220 hi"], ehlo, ["221 bye"]]).log == [
        "EHLO client.example", "QUIT", "finish client.size_exceeded",
      ])
    plan.envelope.message = MessageTraits(size: 990)
    plan.envelope.message?.receive(Array("A:\r\n\r\né".utf8))
    #expect(played(plan, [["220 hi"], ehlo]).log[1].hasPrefix("MAIL FROM:<a@example.com> SIZE=1000 BODY=8BITMIME |"))
  }

  @Test("250 instead of 354 sends no message")
  func dataNotTaken() {
    let play = played(plan("b@x.example"), [["220 hi"], simple, ["250 ok"], ["250 ok"], ["250 ok"], ["221 bye"]])
    #expect(play.log.suffix(3) == ["DATA", "QUIT", "finish proto.unexpected_code"])
  }

  @Test("a refused message is a failure by its code, and 421 ends without QUIT")
  func refusedMessage() {
    let head = [["220 hi"], simple, ["250 ok"], ["250 ok"], ["354 go"]]
    #expect(
      played(plan("b@x.example"), head + [["554 spam"], ["221 bye"]]).log.suffix(2) == ["QUIT", "finish smtp.554"])
    #expect(played(plan("b@x.example"), [["220 hi"], simple, ["421 shutting down"]]).log.last == "finish smtp.421")
  }

  @Test("the session ends after the step that was asked for", arguments: SubmissionPlan.Stop.allCases)
  func stops(stop: SubmissionPlan.Stop) {
    var plan = plan("b@x.example")
    plan.tls = .required
    plan.auth = .required(mechanism: nil, Credentials(user: "alice", password: "wonderland"))
    let replies = [["220 hi"], ehlo, ["220 go"], ehlo, ["235 in"], ["250 ok"], ["250 ok"], ["354 go"], ["250 ok"]]
    let order: [SubmissionPlan.Stop: String] = [
      .ehlo: "EHLO client.example", .tls: "handshake", .auth: "AUTH PLAIN ‹secret 24 chars›",
      .rcpt: "RCPT TO:<b@x.example>",
      .data: "DATA", .dot: "message",
    ]
    plan.quitAfter = stop
    let quit = played(plan, replies)
    // Within the message QUIT would be text.
    let word = stop == .data ? "drop" : "QUIT"
    #expect(quit.log.contains(word))
    if let last = order[stop] { #expect(quit.log.prefix { $0 != word }.last == last) }
    plan.quitAfter = nil
    plan.dropAfter = stop
    let dropped = played(plan, replies)
    #expect(dropped.log.suffix(2) == ["drop", "finish ok"])
    #expect(!dropped.log.contains("QUIT"))
  }

  @Test("an implicit-TLS session that ends at once still lets the server greet first")
  func stopsAfterGreeting() {
    var plan = plan("b@x.example")
    plan.tls = .onConnect
    plan.quitAfter = .connect
    var play = Play(plan)
    play.perform(play.machine.secured())
    #expect(play.log.isEmpty)
    play.replies([["220 hi"], ["221 bye"]])
    #expect(play.log == ["QUIT", "finish ok"])
  }

  @Test("220, 221 and 235 accept nothing of a mail transaction", arguments: [220, 221, 235])
  func strayCodes(code: Int) {
    let replies = [["220 hi"], simple, ["250 ok"], ["250 ok"], ["354 go"], ["250 ok"]]
    for index in [1, 2, 3, 5] {
      var replies = replies
      replies[index] = ["\(code) hello"]
      let play = played(plan("b@x.example"), replies + [["221 bye"]])
      #expect(play.log.suffix(2) == ["QUIT", "finish proto.unexpected_code"], "\(index)")
    }
  }

  @Test("a sender refused is a message refused, though the server takes DATA in the same group")
  func pipelinedDataWithoutSender() {
    var plan = plan("b@x.example")
    plan.envelope.pipelinesData = true
    let play = played(plan, [["220 hi"], ehlo, ["550 no"], ["250 ok"], ["354 go"], ["250 queued"], ["221 bye"]])
    #expect(play.log.suffix(3) == [".", "QUIT", "finish smtp.550"])
  }

  @Test("a refusal where the reply to QUIT is due takes the acceptance back", arguments: ["554 5.7.1 no", "452 full"])
  func outOfStep(late: String) {
    let accepted = [["220 hi"], simple, ["250 ok"], ["250 ok"], ["354 go"], ["250 queued"]]
    let play = played(plan("b@x.example"), accepted + [[late]])
    #expect(play.log.last == "finish proto.desync")
    #expect(play.outcome?.failure?.isDeliveryUncertain == true)
    var machine = played(plan("b@x.example"), accepted).machine
    let early = SessionFailure(.protoUnsolicited, at: .command(.quit), "", lines: [WireLine(late)])
    #expect(machine.failed(early).failure?.name == .protoDesync)
  }

  @Test(
    "what else comes for QUIT, or nothing, changes nothing",
    arguments: ["221 bye", "250 ok", "500 what", "421 gone", "?"])
  func farewell(words: String) {
    let accepted = [["220 hi"], simple, ["250 ok"], ["250 ok"], ["354 go"], ["250 queued"]]
    var machine = played(plan("b@x.example"), accepted).machine
    let failure = SessionFailure(.connEOF, at: .command(.quit), "", lines: [WireLine(words)])
    #expect(machine.failed(failure).failure == nil)
    let whole = played(plan("b@x.example"), accepted + [[words]])
    #expect(words == "?" || whole.log.last == "finish ok")
  }

  @Test("a mechanism that the server does not offer is not tried")
  func mechanismNotOffered() {
    var plan = plan("b@x.example")
    plan.auth = .required(mechanism: "LOGIN", Credentials(user: "alice", password: "wonderland"))
    plan.allowsPlaintextAuth = true
    let play = played(plan, [["220 hi"], ehlo, ["221 bye"]])
    #expect(play.log == ["EHLO client.example", "QUIT", "finish auth.no_mechanism"])
  }

  @Test("after `*`, why it was said is the failure, whatever the server does then")
  func cancelled() {
    var plan = plan("b@x.example")
    plan.auth = .required(mechanism: "PLAIN", Credentials(user: "alice", password: "wonderland"))
    plan.allowsPlaintextAuth = true
    var play = played(plan, [["220 hi"], ehlo, ["334 no base64!"]])
    #expect(play.log.last == "*")
    #expect(
      play.machine.failed(SessionFailure(.timeoutReply, at: .authResponse, "")).failure?.name == .authBadChallenge)
  }

  @Test("LMTP has one answer for each accepted recipient")
  func lmtp() {
    var plan = plan("b@x.example", "c@x.example")
    plan.isLMTP = true
    let play = played(
      plan, [["220 hi"], simple, ["250 ok"], ["250 ok"], ["250 ok"], ["354 go"], ["250 ok"], ["452 full"], ["221 bye"]])
    #expect(play.log[0] == "LHLO client.example")
    #expect(play.log.last == "finish smtp.452")
  }
}
