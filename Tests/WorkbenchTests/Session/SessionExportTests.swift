import Testing

@testable import Workbench

struct SessionExportTests {
  private var log: SessionLog { Fixture.session.model.live.log }

  @Test("swaks repeats the session and asks for the password itself")
  func swaks() {
    let command = SessionExport.swaks(log, target: "mx1.example.net:25")
    #expect(command == "swaks -s mx1.example.net -tls -a PLAIN -au alice -f alice@example.com -t bob@example.org")
  }

  @Test("openssl comes as far as the handshake")
  func openssl() {
    let command = SessionExport.openssl(log, target: "mx1.example.net:587")
    #expect(
      command == "openssl s_client -quiet -starttls smtp -connect mx1.example.net:587 -servername mx1.example.net")
  }

  @Test("what was typed cannot break out of its word")
  func quoting() {
    var fixture = Fixture.session
    fixture.sent("RCPT TO:<a'; rm -rf / #@example.org>")
    #expect(
      SessionExport.swaks(fixture.model.live.log, target: "h:25").hasSuffix(
        #"'bob@example.org,a'\''; rm -rf / #@example.org'"#))
  }

  @Test("no export holds a secret")
  func secrets() {
    for text in [SessionExport.transcript(log), SessionExport.swaks(log, target: "h:1")] {
      #expect(!text.contains("AGFsaWNl"))
      #expect(!text.contains("wonderland"))
    }
    #expect(SessionExport.transcript(log).contains("C: AUTH PLAIN ‹secret 24 chars›\n"))
  }
}
