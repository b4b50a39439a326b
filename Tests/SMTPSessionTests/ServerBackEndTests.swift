import SASL
import SMTPSession
import SMTPWire
import Testing

@Suite("AUTH as a back end speaks it")
struct ServerBackEndTests {
  /// A server whose back end has two mechanisms, and says these things.
  private func server(_ steps: SASLServerStep..., change: (inout ServerConfiguration) -> Void = { _ in })
    -> ServerConversation
  {
    var configuration = ServerConversation.configuration
    configuration.mechanisms = []
    change(&configuration)
    var server = ServerConversation(configuration)
    server.session.sasl.backEnd = [
      SASLMechanismOffer("PLAIN", traits: .plaintext), SASLMechanismOffer("X-ODD"),
      SASLMechanismOffer("ANONYMOUS", traits: .anonymous),
    ]
    server.steps = steps
    return server
  }

  private func secret(_ text: String) -> Secret { Secret(name: "response", octets: Array(text.utf8)) }

  @Test("its mechanisms are offered in its order, as the security options allow")
  func offer() {
    var open = server()
    #expect(open.say("EHLO c\r\n").contains("|250-AUTH PLAIN X-ODD|"))
    var strict = server { $0.securityOptions = .init(forbidden: .plaintext) }
    #expect(strict.say("EHLO c\r\n").contains("|250-AUTH X-ODD ANONYMOUS|"))
    #expect(
      strict.say("AUTH PLAIN\r\n") == "535 5.7.8 Error: authentication failed: Invalid authentication mechanism|")
  }

  @Test("messages go there as they are, and come back as challenges, success and failure")
  func messages() {
    var server = server(
      .challenge(Array("who?".utf8)), .failed(SASLFailure("(reason unavailable)", user: "alice")),
      .failed(SASLFailure("Connection lost to authentication server", isTemporary: true)), .succeeded(user: "alice"))
    #expect(server.say("AUTH x-odd\r\n") == "334 d2hvPw==|")
    #expect(server.say("!! no base64\r\n") == "535 5.7.8 Error: authentication failed: (reason unavailable)|")
    #expect(
      server.log.last
        == "warning: localhost[127.0.0.1]: SASL x-odd authentication failed: (reason unavailable), sasl_username=alice")
    #expect(
      server.say("AUTH PLAIN =\r\n")
        == "454 4.7.0 Temporary authentication failure: Connection lost to authentication server|")
    #expect(server.say("AUTH PLAIN AGE=\r\n") == "235 2.7.0 Authentication successful|")
    #expect(server.session.login == ServerLogin(method: "PLAIN", user: "alice"))
    #expect(
      server.forwarded == [
        .begin(mechanism: "X-ODD", initial: nil), .response(secret("!! no base64")),
        .begin(mechanism: "PLAIN", initial: secret("=")), .begin(mechanism: "PLAIN", initial: secret("AGE=")),
      ])
  }

  @Test("what needs a certificate is there for who showed one, and what needs a channel binding for nobody")
  func certificates() {
    var server = server()
    server.session.sasl.backEnd = ["EXTERNAL", "SCRAM-SHA-1-PLUS", "PLAIN"].map { SASLMechanismOffer($0) }
    #expect(server.say("EHLO c\r\n").contains("|250-AUTH PLAIN|"))
    server.session.sasl.certificateUser = "alice"
    #expect(server.say("EHLO c\r\n").contains("|250-AUTH EXTERNAL PLAIN|"))
  }

  @Test("* ends the exchange without asking it")
  func abort() {
    var server = server(.challenge([]))
    #expect(server.say("AUTH PLAIN\r\n*\r\n") == "334 |501 5.7.0 Authentication aborted|")
    #expect(server.forwarded.count == 1)
  }

  @Test("without mechanisms, or switched off, there is no AUTH")
  func none() {
    var server = server { $0.authEnabled = false }
    #expect(!server.say("EHLO c\r\n").contains("AUTH"))
    #expect(server.say("AUTH PLAIN\r\n") == "503 5.5.1 Error: authentication not enabled|")
  }
}
