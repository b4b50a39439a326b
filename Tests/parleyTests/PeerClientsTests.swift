import Foundation
import Testing

/// Other people's clients against the reference MTA: each verifies the certificate, logs in and sends a message.
struct PeerClientsTests {
  private let server: MailServer
  private let files: TemporaryDirectory
  private let message: String

  init() throws {
    server = try MailServer.start(.reference)
    files = try TemporaryDirectory()
    message = try files.write("message.eml", "From: alice@example.com\r\nSubject: \(Self.subject)\r\n\r\nhello\r\n")
  }

  private static let subject = "sent by another client"

  private func expectDelivery(_ arguments: [String]) throws {
    let run = try Program.run(arguments, environment: ["HOME": files.path])
    #expect(run.status == 0, "\(run.everything)")
    #expect(server.hasStored("Subject: " + Self.subject))
  }

  @Test("swaks sends a message", arguments: ["PLAIN", "LOGIN"])
  func swaks(mechanism: String) throws {
    try expectDelivery([
      "swaks", "--server", "localhost:\(server.port)", "--tls", "--tls-verify", "--tls-ca-path", server.authority,
      "--auth", mechanism, "--auth-user", "alice", "--auth-password", "wonderland", "--ehlo", "client.example",
      "--from", "alice@example.com", "--to", "bob@example.com", "--data", "@" + message,
    ])
  }

  @Test("curl sends a message")
  func curl() throws {
    try expectDelivery([
      "curl", "-sS", "--url", "smtp://localhost:\(server.port)/client.example", "--ssl-reqd", "--cacert",
      server.authority,
      "--user", "alice:wonderland", "--mail-from", "alice@example.com", "--mail-rcpt", "bob@example.com",
      "--upload-file", message,
    ])
  }

  @Test("Python's smtplib sends a message")
  func smtplib() throws {
    let program = """
      import smtplib, ssl, sys
      port, ca, message = int(sys.argv[1]), sys.argv[2], open(sys.argv[3], newline='').read()
      with smtplib.SMTP('localhost', port, timeout=20) as client:
          client.starttls(context=ssl.create_default_context(cafile=ca))
          client.login('alice', 'wonderland')
          client.sendmail('alice@example.com', ['bob@example.com'], message)
      """
    try expectDelivery(["python3", "-c", program, "\(server.port)", server.authority, message])
  }

  @Test("openssl s_client verifies the certificate with the test CA's file", arguments: ["smtp", "smtps"])
  func openssl(listener: String) throws {
    let port = try #require(server.ports[listener])
    let startTLS = listener == "smtp" ? ["-starttls", "smtp"] : []
    let run = try Program.run(
      ["openssl", "s_client", "-connect", "localhost:\(port)", "-CAfile", server.authority, "-verify_return_error"]
        + ["-verify_hostname", "localhost"] + startTLS, input: "QUIT\n")
    #expect(run.status == 0, "\(run.everything)")
    #expect(run.output.contains("Verify return code: 0 (ok)"))
  }
}
