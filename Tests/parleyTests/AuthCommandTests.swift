import Foundation
import Testing

/// `parley auth`, as its user meets it.
struct AuthCommandTests {
  private func auth(_ arguments: [String], input: String = "") throws -> Program {
    try Program.run([Program.parley, "auth"] + arguments, input: input)
  }

  private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  @Test(
    "each line that can be pasted",
    arguments: [
      (["plain"], "AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=\n"),
      (["plain", "--authzid", "boss"], "AUTH PLAIN Ym9zcwBhbGljZQB3b25kZXJsYW5k\n"),
      (["login"], "AUTH LOGIN\nYWxpY2U=\nd29uZGVybGFuZA==\n"),
      (["login", "--initial"], "AUTH LOGIN YWxpY2U=\nd29uZGVybGFuZA==\n"),
      (["xoauth2"], "AUTH XOAUTH2 dXNlcj1hbGljZQFhdXRoPUJlYXJlciB3b25kZXJsYW5kAQE=\n"),
      (["external"], "AUTH EXTERNAL YWxpY2U=\n"), (["cram-md5"], "AUTH CRAM-MD5\n"),
      (["scram-sha-1", "--nonce", "fyko"], "AUTH SCRAM-SHA-1 biwsbj1hbGljZSxyPWZ5a28=\n"),
    ])
  func build(arguments: [String], line: String) throws {
    let run = try auth(arguments + ["--user", "alice", "--password-command", "echo wonderland"])
    #expect(run.status == 0 && run.output == line, "\(run.everything)")
  }

  @Test("the examples of RFC 2195, RFC 2831, RFC 5802 and RFC 7677, with a challenge each")
  func answers() throws {
    let examples: [(arguments: [String], password: String, challenge: String, answer: String)] = [
      (
        ["cram-md5", "tim"], "tanstaaftanstaaf", "<1896.697170952@postoffice.reston.mci.net>",
        "tim b913a602c7eda7a495b4e6e7334d3890"
      ),
      (
        ["scram-sha-1", "user", "--nonce", "fyko+d2lbbFgONRv9qkxdawL"], "pencil",
        "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
        "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="
      ),
      (
        ["scram-sha-256", "user", "--nonce", "rOprNGfwEbeRWgbNEkqO"], "pencil",
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
      ),
    ]
    for example in examples {
      let options = [
        "--password-command", "echo \(example.password)", "--challenge", "334 " + base64(example.challenge),
      ]
      let run = try auth(example.arguments + options)
      #expect(run.output == base64(example.answer) + "\n", "\(run.everything)")
    }
  }

  @Test("a login in steps: each note tells the next command, and the server's proof is checked")
  func steps() throws {
    let first = try auth(["scram-sha-256", "user", "--nonce", "rOprNGfwEbeRWgbNEkqO"])
    #expect(first.errors.contains("--nonce 'rOprNGfwEbeRWgbNEkqO' --challenge BASE64"), "\(first.errors)")
    let challenge = base64("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")
    let options = ["--password-command", "echo pencil", "--nonce", "rOprNGfwEbeRWgbNEkqO", "--challenge", challenge]
    let proof = ["--challenge", base64("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")]
    let last = try auth(["scram-sha-256", "user"] + options + proof)
    #expect(last.status == 0 && last.errors.contains("the server's proof is right"), "\(last.everything)")
    let forged = try auth(["scram-sha-256", "user"] + options + ["--challenge", base64("v=AAAA")])
    #expect(forged.status == 65 && forged.errors.contains("error [auth.bad_challenge]"), "\(forged.everything)")
    let digest = try auth(
      ["digest-md5", "chris", "--password-command", "echo secret", "--challenge"]
        + [base64("realm=\"r\",nonce=\"OA6MG9tEQGm2hh\",qop=\"auth\",algorithm=md5-sess,charset=utf-8")])
    #expect(digest.errors.contains("--nonce '") && digest.errors.contains("--challenge BASE64"), "\(digest.errors)")
  }

  @Test("--fields and --json name the parts, masked unless --show")
  func fields() throws {
    let arguments = ["plain", "alice", "--password-command", "echo wonderland"]
    let table = try auth(arguments + ["--fields"]).output
    #expect(table.contains("user       alice") && table.contains("password   ‹secret 10 chars›"), "\(table)")
    let object = try JSONSerialization.jsonObject(with: Data(auth(arguments + ["--json"]).output.utf8))
    let json = try #require(object as? [String: Any])
    #expect(json["schema"] as? Int == 1 && json["lines"] as? [String] == ["AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ="])
    let parts = try #require((json["parts"] as? [[String: Any]])?.first?["fields"] as? [String: Any])
    #expect(parts["user"] as? String == "alice" && parts["password"] is NSNull)
    #expect(try auth(arguments + ["--json", "--show"]).output.contains("\"password\":\"wonderland\""))
  }

  @Test("a whole login on standard input, the password masked unless --show")
  func exchange() throws {
    let login = """
      C: AUTH LOGIN
      S: 334 VXNlcm5hbWU6
      C: YWxpY2U=
      S: 334 UGFzc3dvcmQ6
      C: d29uZGVybGFuZA==
      S: 535 5.7.8 Error: authentication failed
      """
    let run = try auth(["decode"], input: login)
    #expect(run.status == 0 && run.output.contains("prompt     Username:") && run.output.contains("user       alice"))
    #expect(!run.output.contains("wonderland") && !run.output.contains("d29uZGVybGFuZA"), "\(run.output)")
    #expect(try auth(["decode", "--show"], input: login).output.contains("password   wonderland"))
    let lines = try auth(["decode", "--json"], input: login).output.split(separator: "\n")
    #expect(lines.count == 6 && lines.allSatisfy { $0.hasPrefix("{\"schema\":1,\"line\":") })
  }

  @Test(
    "a pasted login shows no password, whatever its lines look like",
    arguments: [
      "AUTH PLAIN\nAGFsaWNlAHdvbmRlcmxhbmQ=\n535 5.7.8 no", "AUTH LOGIN\nYWxpY2U=\nd29uZGVybGFuZA==\n",
      "AUTH LOGIN\n334 UGFzc3dvcmQ6\nd29uZGVybGFuZA==\n334 VXNlcm5hbWU6\nYWxpY2U=\n535 no",
      "AUTH PLAIN\n334ok\nAGFsaWNlAHdvbmRlcmxhbmQ=\n", "AUTH PLAIN\n+ \nAGFsaWNlAHdvbmRlcmxhbmQ=\n",
      "send: 'AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=\\r\\n'\nreply: b'235 ok\\r\\n'\n",
    ])
  func masked(login: String) throws {
    for arguments in [["decode"], ["decode", "--json"]] {
      let run = try auth(arguments, input: login)
      #expect(run.status == 0 && run.everything.contains("alice"), "\(run.everything)")
      #expect(!run.everything.contains("wonderland") && !run.everything.contains("d29uZGVy"), "\(run.everything)")
      #expect(!run.everything.contains("dvbmRlcmxhbm"), "\(run.everything)")
    }
  }

  @Test("nothing is made up: no host and port in OAUTHBEARER that nobody named, no login without a name or a password")
  func nothingInvented() throws {
    let token = ["--password-command", "echo tok"]
    let bare = try auth(["oauthbearer", "alice"] + token)
    #expect(bare.output.contains("AUTH OAUTHBEARER bixhPWFsaWNlLAFhdXRoPUJlYXJlciB0b2sBAQ=="), "\(bare.output)")
    #expect(
      try auth(["oauthbearer", "alice", "--host", "h", "--port", "587"] + token).output.contains(
        "bixhPWFsaWNlLAFob3N0PWgBcG9ydD01ODcBYXV0aD1CZWFyZXIgdG9rAQE="))
    for arguments in [["plain", "alice", "--password-command", "echo"], ["plain", ""] + token] {
      let run = try auth(arguments)
      #expect(run.status == 65 && run.errors.contains("auth.unusable_credentials"), "\(run.everything)")
    }
    let refused = try auth(
      ["scram-sha-256", "alice", "--nonce", "abc", "--challenge", "ZT11bmtub3duLXVzZXI="] + token)
    #expect(refused.status == 65 && refused.errors.contains("the server says unknown-user"), "\(refused.everything)")
  }

  @Test("--verify tells whether a password made the answers")
  func verify() throws {
    let login =
      "AUTH CRAM-MD5\n334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\n"
      + "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw\n"
    let right = try auth(["decode", "--verify", "--password-command", "echo tanstaaftanstaaf"], input: login)
    #expect(right.status == 0 && right.output.contains("the password fits"), "\(right.everything)")
    let wrong = try auth(["decode", "--verify", "--password-command", "echo other"], input: login)
    #expect(wrong.status == 1 && wrong.output.contains("another password"), "\(wrong.everything)")
    let none = try auth(["decode", "--verify", "--password-command", "echo other"], input: "EHLO a\n250 ok\n")
    #expect(none.status == 64 && none.errors.contains("no answer to verify"), "\(none.everything)")
  }

  @Test(
    "what is wrong in a string is told",
    arguments: [
      ("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQK", Int32(0), "line feed"),
      ("AUTH PLAIN AGFsaWNl", 65, "the password is missing"),
      ("QUdGc2FXTmxBSGR2Ym1SbGNteGhibVE9", 0, "twice: what it holds is base64 again, of PLAIN"),
      ("AGFsaWNlAHDkc3M=", 0, "ISO 8859-1"), ("AGFsaWNlAHDDg8Kkc3M=", 0, "taken for Latin-1"),
      ("AGFsaWNlA!dvbmRlcmxhbmQ=", 65, "column 10: \"!\" is not a base64 character"),
      ("AGFsaWNlAHdvbmRlcmxhbmQ", 65, "groups of four"), (" ", 64, "expected a string"),
    ])
  func mistakes(text: String, status: Int32, words: String) throws {
    let run = try auth(["decode", text])
    #expect(run.status == status && run.everything.contains(words), "\(run.everything)")
    #expect(!run.everything.contains("wonderland") && !run.everything.contains("dvbmRlcmxhbmQ"), "a secret is told")
  }

  @Test("a broken string is told as JSON, too")
  func brokenJSON() throws {
    let run = try auth(["decode", "--json", "AGF!"])
    #expect(
      run.status == 65 && run.output.hasPrefix("{\"schema\":1,\"error\":") && run.output.contains("\"offset\":3}"))
    #expect(
      try auth(["cram-md5", "a", "--password-command", "echo b", "--challenge", "AG!="]).errors.contains("column 3"))
  }

  @Test(
    "tokens, OAuth's reasons and NTLM are named",
    arguments: [
      ("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLCJleHAiOjEzMDA4MTkzODB9.c2ln", ["iss        joe", "expired"]),
      ("334 eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIn0=", ["OAuth error", "malformed"]),
      ("TlRMTVNTUAABAAAABoIIAAAAAAAAAAAAAAAAAAAAAAA=", ["NTLM negotiate (type 1)"]),
    ])
  func kinds(text: String, words: [String]) throws {
    let output = try auth(["decode", text]).output
    for word in words { #expect(output.contains(word), "\(output)") }
  }
}
