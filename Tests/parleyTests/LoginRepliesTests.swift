import Foundation
import Testing

/// What servers say to logins: the reference MTA in Postfix's words, which Postfix itself is asked for.
@Suite("Replies to AUTH", .enabled(if: PrivateServer.canRun))
struct LoginRepliesTests {
  private let files: TemporaryDirectory

  init() throws {
    files = try TemporaryDirectory()
  }

  /// Plays a script at both servers: their replies are compared word for word, and the last words must be these.
  private func expect(_ script: String, _ servers: LoginServer..., last: String = "221 2.0.0 Bye") throws {
    let path = try files.write("replies.smtp", "S: 220\n" + script)
    for server in servers {
      let run = try Program.run(
        [Program.parley, "run", "-v", "--match", "text", path, "smtp://localhost:\(server.port)", "--tls-ca-path"]
          + [server.authority, "--auth-user", "alice", "--auth-password", "wonderland"])
      #expect(run.status == 0, "\(server.name): \(run.everything)")
      #expect(run.output.contains("S: " + last), "\(server.name): \(run.everything)")
    }
  }

  @Test("with Cyrus SASL")
  func cyrus() throws {
    let grounds = try LoginGrounds()
    let script = """
      C: EHLO c
      S: 250
      C: AUTH
      S: 501 5.5.4 Syntax: AUTH mechanism
      C: AUTH FOO
      S: 535 5.7.8 Error: authentication failed: no mechanism available
      C: AUTH PLAIN AGFsaWNlAHdyb25n
      S: 535 5.7.8 Error: authentication failed: authentication failure
      C: AUTH PLAIN =
      S: 535 5.7.8 Error: authentication failed: another step is needed in authentication
      C: AUTH LOGIN
      S: 334 VXNlcm5hbWU6
      C: YWxpY2U=
      S: 334 UGFzc3dvcmQ6
      C: d3Jvbmc=
      S: 535 5.7.8 Error: authentication failed: authentication failure
      C: AUTH CRAM-MD5
      S: 334
      C: *
      S: 501 5.7.0 Authentication aborted
      C: MAIL FROM:<alice@example.com>
      S: 250 2.1.0 Ok
      C: AUTH LOGIN
      S: 503 5.5.1 Error: MAIL transaction in progress
      C: RSET
      S: 250 2.0.0 Ok
      > auth SCRAM-SHA-256
      S: 235 2.7.0 Authentication successful
      C: AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=
      S: 503 5.5.1 Error: already authenticated
      C: QUIT
      S: 221 2.0.0 Bye

      """
    try expect(script, try grounds.postfix(), try grounds.reference())
  }

  @Test("with Dovecot, which the reference MTA asks as Postfix does")
  func dovecot() throws {
    let grounds = try LoginGrounds()
    let script = """
      C: EHLO c
      S: 250
      C: AUTH FOO
      S: 535 5.7.8 Error: authentication failed: Invalid authentication mechanism
      C: AUTH PLAIN AGFsaWNlAHdyb25n
      S: 535 5.7.8 Error: authentication failed: (reason unavailable)
      C: AUTH PLAIN !!
      S: 535 5.7.8 Error: authentication failed: Invalid base64 data in initial response
      C: AUTH PLAIN
      S: 334
      C: !!
      S: 535 5.7.8 Error: authentication failed: Invalid base64 data in continued response
      C: AUTH PLAIN =
      S: 535 5.7.8 Error: authentication failed: (reason unavailable)
      C: AUTH LOGIN
      S: 334 VXNlcm5hbWU6
      C: *
      S: 501 5.7.0 Authentication aborted
      > auth SCRAM-SHA-1
      S: 235 2.7.0 Authentication successful
      C: AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=
      S: 503 5.5.1 Error: already authenticated
      C: QUIT
      S: 221 2.0.0 Bye

      """
    try expect(script, try grounds.postfixWithDovecot(), try grounds.referenceWithDovecot())
  }

  @Test("as parameters of main.cf have it: the limits of errors, AUTH under TLS only and in the words of old clients")
  func parameters() throws {
    let grounds = try LoginGrounds()
    let settings = [
      "smtpd_soft_error_limit=2", "smtpd_hard_error_limit=3", "smtpd_tls_auth_only=yes", "broken_sasl_auth_clients=yes",
    ]
    let script = """
      C: EHLO c
      S: 250
      > expect no capability AUTH
      C: AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=
      S: 503 5.5.1 Error: authentication not enabled
      > starttls
      S~ AUTH=.*PLAIN
      C: AUTH PLAIN AGFsaWNlAHdyb25n
      S: 535 5.7.8 Error: authentication failed: authentication failure
      C: AUTH PLAIN AGFsaWNlAHdyb25n
      S: 535 5.7.8 Error: authentication failed: authentication failure
      * closed by peer

      """
    let tooMany = "421 4.7.0 mail.example.com Error: too many errors"
    try expect(script, try grounds.postfix(settings), try grounds.reference(settings), last: tooMany)
  }

  @Test("where Dovecot is not there, there is no session")
  func noBackEnd() throws {
    let server = try MailServer.start(
      .reference, ["-o", "smtpd_sasl_type=dovecot", "-o", "smtpd_sasl_path=nowhere/auth"])
    let run = try server.parley([
      "send", "--server", "localhost:\(server.port)", "--to", "bob@example.com", "--from", "",
    ])
    #expect(run.status == 76)
    #expect(run.errors.contains("[conn.eof]"))
  }
}
