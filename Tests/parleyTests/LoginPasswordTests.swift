import Foundation
import Testing

/// Passwords that are easily spoilt on their way, from end to end.
@Suite("Odd passwords", .enabled(if: PrivateServer.canRun))
struct LoginPasswordTests {
  private static let passwords = [
    "blanks": " two  words ", "colons": "a:b;c,=d", "quotes": "\"double\" 'single' \\ back",
    "shell": "$HOME `id` %0a ~", "eight": "p\u{E4}ssw\u{F6}rd \u{20AC}", "composed": "caf\u{E9}",
    "long": String(repeating: "0123456789", count: 100),
  ]

  /// Logs in with each password, and with the end of the longest missing.
  private func expect(
    _ client: LoginClient, at server: LoginServer, _ mechanisms: [String], _ isUsable: (String) -> Bool = { _ in true }
  ) throws {
    for mechanism in mechanisms {
      for (name, password) in Self.passwords where isUsable(password) {
        #expect(
          try outcome(client, server, mechanism, name, password) == .accepted, "\(client.name), \(mechanism), \(name)")
      }
      let cut = String(Self.passwords["long", default: ""].dropLast())
      #expect(try outcome(client, server, mechanism, "long", cut) == .refused, "\(client.name), \(mechanism)")
    }
  }

  private func outcome(
    _ client: LoginClient, _ server: LoginServer, _ mechanism: String, _ user: String, _ password: String
  ) throws -> LoginOutcome {
    try client.outcome(
      mechanism,
      Login(port: server.port, authority: server.authority, user: user, secret: password, files: server.files))
  }

  @Test("Parley gives them to other people's servers")
  func client() throws {
    let grounds = try LoginGrounds(passwords: Self.passwords)
    try expect(.parley, at: grounds.postfix(), ["PLAIN", "DIGEST-MD5", "SCRAM-SHA-256"])
    try expect(.parley, at: grounds.postfixWithDovecot(), ["LOGIN", "CRAM-MD5", "SCRAM-SHA-1"])
  }

  @Test("Parley's server takes them from other people's clients")
  func server() throws {
    let grounds = try LoginGrounds(passwords: Self.passwords)
    let server = try grounds.reference()
    try expect(.curl, at: server, ["PLAIN", "CRAM-MD5"])
    // It digests é in UTF-8, where RFC 2831 §2.1.2.1 wants ISO 8859-1.
    try expect(.curl, at: server, ["DIGEST-MD5"]) { $0 != Self.passwords["composed"] }
    try expect(.msmtp, at: server, ["LOGIN", "SCRAM-SHA-256", "DIGEST-MD5"])
    try expect(.smtplib, at: server, ["PLAIN"]) { $0.utf8.allSatisfy { $0 < 0x80 } }
    try expect(.gsasl, at: server, ["SCRAM-SHA-1"])
  }

  @Test("é is é however it is typed, by every mechanism that prepares names and passwords")
  func combining() throws {
    let grounds = try LoginGrounds(passwords: Self.passwords)
    let server = try grounds.reference()
    for mechanism in ["PLAIN", "LOGIN", "SCRAM-SHA-256", "SCRAM-SHA-1"] {
      #expect(try outcome(.parley, server, mechanism, "composed", "cafe\u{301}") == .accepted)
    }
  }

  @Test("an empty password is refused on both sides, and so is NUL")
  func none() throws {
    let grounds = try LoginGrounds()
    let server = try grounds.reference()
    for mechanism in ["PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-256"] {
      #expect(try outcome(.parley, server, mechanism, "alice", "") == .refused)
    }
    let files = try TemporaryDirectory()
    let secret = try files.write("secret", "a\0b\n")
    let script = "chmod 600 '\(secret)'; exec 3<'\(secret)'; exec \"$@\" --password-fd 3"
    for arguments in [
      ["send", "--auth", "PLAIN", "--auth-user", "alice", "--to", "b@example.com"], ["mta", "user", "alice"],
    ] {
      let run = try Program.run(["sh", "-c", script, "sh", Program.parley] + arguments)
      #expect(run.status == 64)
      #expect(run.errors.contains("NUL"))
    }
    let empty = try Program.run([Program.parley, "mta", "user", "alice"], environment: ["PARLEY_PASSWORD": ""])
    #expect(empty.status == 65)
    #expect(empty.errors.contains("a password cannot be empty"))
  }
}
