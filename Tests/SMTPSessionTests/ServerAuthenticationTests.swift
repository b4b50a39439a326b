import SASL
import SMTPSession
import SMTPWire
import Testing

@Suite("AUTH, offered and refused")
struct ServerAuthenticationTests {
  private func server(_ change: (inout ServerConfiguration) -> Void) -> ServerConversation {
    var configuration = ServerConversation.configuration
    change(&configuration)
    return ServerConversation(configuration)
  }

  @Test("smtpd_sasl_security_options hides a mechanism in clear, and Cyrus's words refuse it; under TLS it is there")
  func securityOptions() {
    var server = server {
      $0.mechanisms = ["PLAIN", "CRAM-MD5"]
      $0.securityOptions = SASLSecurityOptions("noplaintext") ?? .init()
      $0.tlsSecurityOptions = .noAnonymous
    }
    #expect(server.say("EHLO c\r\n").contains("|250-AUTH CRAM-MD5|"))
    #expect(
      server.say("AUTH PLAIN AGE=\r\n") == "535 5.7.8 Error: authentication failed: encryption needed to use mechanism|"
    )
    _ = server.say("STARTTLS\r\n")
    #expect(server.say("EHLO c\r\n").contains("|250-AUTH PLAIN CRAM-MD5|"))
  }

  @Test("where no mechanism may be used in clear, AUTH is not announced")
  func nothingLeft() {
    var server = server { $0.securityOptions = SASLSecurityOptions("noplaintext") ?? .init() }
    #expect(!server.say("EHLO c\r\n").contains("AUTH"))
  }

  @Test("broken_sasl_auth_clients adds the line that old clients read")
  func twice() {
    var server = server { $0.announcesAuthTwice = true }
    #expect(server.say("EHLO c\r\n").contains("|250-AUTH PLAIN LOGIN|250-AUTH=PLAIN LOGIN|"))
  }

  @Test("smtpd_tls_auth_only keeps AUTH back until TLS")
  func tlsOnly() {
    var server = server { $0.authOnlyUnderTLS = true }
    #expect(!server.say("EHLO c\r\n").contains("AUTH"))
    #expect(server.say("AUTH PLAIN\r\n") == "503 5.5.1 Error: authentication not enabled|")
    _ = server.say("STARTTLS\r\n")
    #expect(server.say("EHLO c\r\n").contains("AUTH PLAIN LOGIN"))
  }

  @Test("each failed login is an error: from the soft limit on replies wait, at the hard limit the session ends")
  func limits() {
    var server = server {
      $0.softErrorLimit = 2
      $0.hardErrorLimit = 3
    }
    let failure = "535 5.7.8 Error: authentication failed: authentication failure|"
    #expect(server.say("AUTH PLAIN AGFsaWNlAHdyb25n\r\nAUTH PLAIN AGFsaWNlAHdyb25n\r\n") == failure + failure)
    #expect(server.delays == 0)
    #expect(
      server.say("AUTH PLAIN AGFsaWNlAHdyb25n\r\nNOOP\r\n")
        == failure + "421 4.7.0 mail.example.com Error: too many errors|")
    #expect(server.delays == 2)
    #expect(server.isClosed)
    #expect(server.log.contains("too many errors after AUTH from localhost[127.0.0.1]"))
    #expect(server.log.last == "disconnect from localhost[127.0.0.1] auth=0/3 commands=0/3")
  }

  @Test("who has logged in cannot log in again, nor within a transaction")
  func again() {
    var server = server { _ in }
    #expect(
      server.say("MAIL FROM:<a@b>\r\nAUTH PLAIN\r\nRSET\r\n")
        == "250 2.1.0 Ok|503 5.5.1 Error: MAIL transaction in progress|250 2.0.0 Ok|")
    _ = server.say("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=\r\n")
    #expect(server.say("AUTH LOGIN\r\n") == "503 5.5.1 Error: already authenticated|")
  }

  @Test("EXTERNAL is offered to who showed a certificate, and takes the empty response")
  func external() {
    var configuration = ServerConversation.configuration
    configuration.mechanisms = ["EXTERNAL", "PLAIN"]
    var session = ServerSession(configuration, client: ServerClient(name: "localhost", address: "::1"))
    func say(_ text: String) -> String {
      let sent = session.receive(Array(text.utf8)).compactMap { if case .send(let octets) = $0 { octets } else { nil } }
      return String(decoding: sent.joined(), as: UTF8.self).replacing("\r\n", with: "|")
    }
    _ = session.begin()
    #expect(say("EHLO c\r\n").contains("AUTH PLAIN|"))
    #expect(say("AUTH EXTERNAL =\r\n").contains("no mechanism available"))
    _ = session.receive(Array("STARTTLS\r\n".utf8))
    let facts = ServerTLSFacts(version: "TLSv1.3", cipher: "X", cipherBits: 256)
    _ = session.tlsEstablished(facts, certificateUser: "alice")
    #expect(say("EHLO c\r\n").contains("AUTH EXTERNAL PLAIN|"))
    #expect(say("AUTH EXTERNAL =\r\n") == "235 2.7.0 Authentication successful|")
  }
}
