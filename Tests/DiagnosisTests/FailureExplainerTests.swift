import Failures
import SMTPSession
import SMTPWire
import Testing

@testable import Diagnosis

@Suite struct FailureExplainerTests {
  private func failure(_ name: FailureName, at stage: SessionStage = .command(.mail), _ lines: String...)
    -> SessionFailure
  {
    SessionFailure(name, at: stage, "summary", lines: lines.map { WireLine($0) })
  }

  @Test(arguments: FailureName.all)
  func `every name has a cause and a next step`(name: FailureName) {
    let told = FailureExplainer.explain(failure(name), target: nil)
    #expect(FailureMeaning.of(name) != nil)
    #expect(told.cause.hasSuffix(".") && !told.next.isEmpty && !told.clause.isEmpty)
  }

  @Test func `no name stands twice, and each that is explained is in the list`() {
    let table = FailureTable.entries.map(\.name)
    #expect(Set(table).count == table.count)
    #expect(Set(table) == Set(FailureName.all))
  }

  @Test func `every deviation that ends a dialogue has a meaning`() {
    let deviations: [Deviation] = [
      .badCode(line: []), .mixedCodes(first: 250, then: 550), .lineTooLong(limit: 1),
      .replyTooLong(lines: 1, octets: 1),
      .notSMTP(looksLike: nil), .unsolicited([]), .plaintextBehindSTARTTLS([]), .unexpectedCode(250),
    ]
    for deviation in deviations {
      #expect(deviation.endsDialogue && FailureMeaning.of(deviation.name) != nil)
    }
  }

  @Test func `a name of the future is not left without words`() {
    let told = FailureExplainer.explain(failure(FailureName(rawValue: "new.name")), target: nil)
    #expect(!told.cause.isEmpty && !told.next.isEmpty)
    #expect(FailureExplainer.exitStatus(for: failure(FailureName(rawValue: "new.name"))) == .internalFault)
  }

  @Test func `TLS on connect that met a greeting says that the port is in clear`() throws {
    let told = FailureExplainer.explain(
      failure(.tlsNotTLS, at: .handshake, "220 mx.example ESMTP"), target: try Target("smtps://mx.example:2525"))
    #expect(told.title == "this port speaks SMTP in clear")
    #expect(told.next.first?.contains("HOST") == false)
    #expect(told.next.first?.contains("--server mx.example:2525 ") == true)
  }

  @Test func `garbage after STARTTLS is told from a port in clear`() throws {
    let told = FailureExplainer.explain(
      failure(.tlsNotTLS, at: .handshake, "xyz"), target: try Target("mx.example:25"))
    #expect(told.cause.contains("220 to STARTTLS"))
  }

  @Test func `plain SMTP that met TLS says to begin with TLS`() throws {
    let line = WireLine([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46], ending: .none)
    let failure = SessionFailure(.protoNotSMTP, at: .greeting, "s", lines: [line])
    let told = FailureExplainer.explain(failure, target: try Target("smtp://mx.example:2525"))
    #expect(told.title == "this port speaks TLS")
    #expect(told.next.first?.hasSuffix("smtps://mx.example:2525") == true)
  }

  @Test(arguments: [
    ("SSH-2.0-x", "SSH"), ("* OK IMAP4rev1", "IMAP"), ("+OK ready", "POP3"), ("HTTP/1.1 400 Bad", "HTTP"),
  ])
  func `another protocol is named`(line: String, name: String) {
    #expect(FailureExplainer.explain(failure(.protoNotSMTP, at: .greeting, line), target: nil).cause.contains(name))
  }

  @Test func `the port that was tried is kept unless it is one of the well-known ones`() throws {
    let clear = failure(.tlsNotTLS, at: .handshake, "220 mx ESMTP")
    let first = FailureExplainer.explain(clear, target: try Target("smtps://mx.example")).next.first
    #expect(first?.contains("--server mx.example:587 ") == true)
    let silent = failure(.timeoutBanner, at: .greeting)
    #expect(
      FailureExplainer.explain(silent, target: try Target("mx.example:2525")).next[0].hasSuffix(
        "smtps://mx.example:2525"))
    #expect(
      !FailureExplainer.explain(silent, target: try Target("smtps://mx.example:2525")).next.contains {
        $0.contains("smtps:")
      })
  }

  @Test func `a missing greeting suggests TLS on connect`() {
    #expect(
      FailureExplainer.explain(failure(.timeoutBanner, at: .greeting), target: nil).next.contains {
        $0.contains("smtps://HOST:465")
      })
  }

  @Test func `a closed connection depends on where it was closed`() {
    let greeting = FailureExplainer.explain(failure(.connEOF, at: .greeting), target: nil)
    let message = FailureExplainer.explain(failure(.connReset, at: .message), target: nil)
    #expect(greeting.cause.contains("before it greeted"))
    #expect(message.next.first == "send it again; nothing can arrive twice")
  }

  @Test func `AUTH that vanished behind TLS is told from AUTH never offered`() {
    var situation = SessionSituation(stage: .command(.auth))
    situation.isSecured = true
    situation.plainCapabilities = Capabilities(reply("250-a", "250 AUTH PLAIN"))
    let told = FailureExplainer.explain(failure(.authNotOffered, at: .command(.auth)), in: situation)
    #expect(told.clause == "RFC 3207 §4.2")
    #expect(FailureExplainer.explain(failure(.authNotOffered), target: nil).clause == "RFC 4954 §3")
  }

  @Test func `a refused command is explained by its reply`() {
    let told = FailureExplainer.explain(
      failure(.smtp(554), at: .command(.rcpt), "554 5.7.1 <b@c>: Relay access denied"), target: nil)
    #expect(told.title == "554 5.7.1: relaying is denied")
  }

  @Test func `a partial success names the first refusal`() {
    let told = FailureExplainer.explain(
      failure(.smtpPartial, at: .command(.rcpt), "550 5.1.1 <x@c>: User unknown"), target: nil)
    #expect(told.title == "some recipients refused")
    #expect(told.cause.contains("no mailbox for x@c"))
  }

  @Test func `port 25 that does not answer is told of its usual reason`() throws {
    let told = FailureExplainer.explain(failure(.timeoutConnect, at: .connect), target: try Target("mx.example"))
    #expect(told.next.first?.contains("smtp://mx.example:587") == true)
  }
}
