import Failures
import SMTPWire
import Testing

@testable import SMTPSession

/// What MAIL and RCPT say to servers that offer this and that.
struct SubmissionEnvelopeTests {
  private func lines(_ envelope: SubmissionEnvelope, _ offer: String...) -> [String] {
    switch envelope.lines(for: Capabilities(Reply(250, ["x"] + offer))) {
    case .success(let lines): lines.map { String(decoding: $0.octets, as: UTF8.self) }
    case .failure(let failure): [failure.name.rawValue, failure.summary]
    }
  }

  private func envelope(_ sender: String = "a@x.example", _ recipient: String = "b@y.example", message: String = "")
    -> SubmissionEnvelope
  {
    var envelope = SubmissionEnvelope(sender: sender, recipients: [recipient])
    var traits = MessageTraits()
    traits.receive(message.utf8)
    envelope.message = traits
    return envelope
  }

  @Test("what is offered is used where it is needed")
  func used() {
    let text = envelope(message: "A: b\r\n\r\né\r\n")
    #expect(
      lines(text, "SIZE", "8BITMIME", "SMTPUTF8") == [
        "MAIL FROM:<a@x.example> SIZE=12 BODY=8BITMIME", "RCPT TO:<b@y.example>",
      ])
    let field = envelope(message: "A: é\r\n\r\n")
    #expect(lines(field, "8BITMIME", "SMTPUTF8")[0] == "MAIL FROM:<a@x.example> BODY=8BITMIME SMTPUTF8")
    #expect(lines(envelope("é@x.example"), "SMTPUTF8")[0] == "MAIL FROM:<é@x.example> SMTPUTF8")
  }

  @Test("what is needed and not offered is refused by name, and nothing is sent")
  func refused() {
    #expect(lines(envelope(message: "A: b\r\n\r\né\r\n"))[0] == "client.8bitmime_not_offered")
    #expect(lines(envelope(message: "A: é\r\n\r\n"), "8BITMIME")[0] == "client.smtputf8_not_offered")
    let address = lines(envelope("a@x.example", "é@x.example"), "8BITMIME")
    #expect(
      address == [
        "client.smtputf8_not_offered",
        "the address é@x.example needs SMTPUTF8, and the server does not offer it; nothing was sent",
      ])
    let long = "A: b\r\n\r\n" + String(repeating: "x", count: 998)
    #expect(lines(envelope(message: long))[1] == "RCPT TO:<b@y.example>")
    #expect(lines(envelope(message: long + "x\r\n"))[0] == "client.line_too_long")
  }

  @Test("an address whose domain alone is not ASCII goes in A-labels where SMTPUTF8 is not offered, or never wanted")
  func aLabels() {
    var envelope = envelope()
    envelope.recipients = [.init("b@é.example", ascii: "b@xn--9ca.example")]
    #expect(lines(envelope) == ["MAIL FROM:<a@x.example>", "RCPT TO:<b@xn--9ca.example>"])
    #expect(lines(envelope, "SMTPUTF8") == ["MAIL FROM:<a@x.example> SMTPUTF8", "RCPT TO:<b@é.example>"])
    envelope.smtputf8 = .never
    #expect(lines(envelope, "SMTPUTF8") == ["MAIL FROM:<a@x.example>", "RCPT TO:<b@xn--9ca.example>"])
    envelope.recipients = [.init("é@x.example")]
    #expect(lines(envelope, "SMTPUTF8")[1].contains("(--smtputf8 never)"))
  }

  @Test("SMTPUTF8 can be wanted always")
  func always() {
    var envelope = envelope()
    envelope.smtputf8 = .always
    #expect(lines(envelope, "SMTPUTF8")[0] == "MAIL FROM:<a@x.example> SMTPUTF8")
    #expect(lines(envelope)[0] == "client.smtputf8_not_offered")
  }

  @Test("parameters stand behind MAIL and each RCPT, where their extension is offered or unknown")
  func parameters() {
    var envelope = envelope()
    envelope.mailParameters = ["RET=HDRS", "XOWN=1"]
    envelope.rcptParameters = ["NOTIFY=NEVER"]
    #expect(
      lines(envelope, "DSN") == [
        "MAIL FROM:<a@x.example> RET=HDRS XOWN=1", "RCPT TO:<b@y.example> NOTIFY=NEVER",
      ])
    #expect(lines(envelope)[1] == "RET=HDRS belongs to DSN, which the server does not offer; nothing was sent")
    envelope.mailParameters = []
    #expect(lines(envelope)[0] == "client.extension_not_offered")
    envelope.mailParameters = ["HOLDFOR=60"]
    #expect(lines(envelope, "DSN")[1].hasPrefix("HOLDFOR=60 belongs to FUTURERELEASE"))
  }

  @Test("who wants to try the server sends all of it")
  func ignored() {
    var envelope = envelope("é@x.example", message: "A: é\r\n\r\n" + String(repeating: "é", count: 600))
    envelope.mailParameters = ["RET=HDRS"]
    envelope.ignoresOffer = true
    #expect(lines(envelope) == ["MAIL FROM:<é@x.example> RET=HDRS", "RCPT TO:<b@y.example>"])
    #expect(lines(envelope, "SIZE 10")[0] == "client.size_exceeded")
  }
}
