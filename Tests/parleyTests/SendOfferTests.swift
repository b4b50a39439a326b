import Foundation
import Testing

/// What `parley send` does with what a server offers and what it does not: the server is Postfix.
@Suite("What a server offers", .enabled(if: PrivateServer.canRun))
struct SendOfferTests {
  private static let plain = "smtpd_discard_ehlo_keywords=smtputf8 8bitmime dsn"

  private func send(_ server: PrivateServer, _ arguments: [String]) throws -> Program {
    try Program.run(
      [Program.parley, "send", "--server", "smtp://localhost:\(server.port)", "--from", "alice@example.com"] + arguments
    )
  }

  @Test("what it does not offer is refused by name before MAIL")
  func refused() throws {
    let server = try PrivateServer("postfix", ["--set", Self.plain])
    let files = try TemporaryDirectory()
    let eightBit = try files.write("8bit.eml", "Subject: x\n\ngröße\n")
    let utf8 = try files.write("utf8.eml", "Subject: größe\n\nx\n")
    let long = try files.write("long.eml", "Subject: x\n\n" + String(repeating: "x", count: 999) + "\n")
    for (name, arguments) in [
      ("client.smtputf8_not_offered", ["--to", "é@example.com"]),
      ("client.smtputf8_not_offered", ["--to", "bob@example.com", "--data", "@" + utf8, "--smtputf8", "never"]),
      ("client.8bitmime_not_offered", ["--to", "bob@example.com", "--data", "@" + eightBit]),
      ("client.line_too_long", ["--to", "bob@example.com", "--data", "@" + long]),
      ("client.extension_not_offered", ["--to", "bob@example.com", "--notify", "NEVER"]),
      ("client.extension_not_offered", ["--to", "bob@example.com", "--requiretls"]),
    ] {
      let run = try send(server, arguments)
      #expect(run.everything.contains("parley: error [\(name)]"), "\(run.everything)")
      #expect(!run.output.contains("C: MAIL"), "\(run.everything)")
    }
    let forced = try send(server, ["--to", "bob@example.com", "--data", "@" + eightBit, "--ignore-offer"])
    #expect(forced.status == 0, "\(forced.everything)")
  }

  @Test("what is composed goes to a server that offers nothing: encoded, folded, its domain in A-labels")
  func composed() throws {
    let server = try PrivateServer("postfix", ["--set", Self.plain, "--set", "recipient_delimiter=+"])
    let recipients = (1...60).map { "bob+\($0)@example.com" }.joined(separator: ",")
    let run = try send(
      server,
      [
        "--to", "bob@example.com," + recipients, "--header", "Subject: Grüße", "--body",
        "größe " + String(repeating: "x", count: 2_000), "--quit-after", "dot",
      ])
    #expect(run.output.contains("354 "), "\(run.everything)")
    let sent = run.output.split(separator: "\n").filter { $0.contains(" C: ") }
    #expect(sent.allSatisfy { line in line.utf8.allSatisfy { $0 < 0x80 } && line.utf8.count < 512 })
    let domain = try send(server, ["--to", "bob@größe.example", "--quit-after", "rcpt"])
    #expect(domain.output.contains("C: RCPT TO:<bob@xn--gre-6ka8i.example>"), "\(domain.everything)")
  }

  @Test("the parameters that the options make are taken")
  func parameters() throws {
    let server = try PrivateServer("postfix")
    let run = try send(
      server,
      [
        "--to", "bob@example.com", "--notify", "SUCCESS,DELAY", "--ret", "HDRS", "--envid", "a b+c", "--orcpt",
        "x+y@example.com", "--smtputf8", "always", "--mail-parameter", "AUTH=<>", "--quit-after", "rcpt",
      ])
    #expect(run.status == 0, "\(run.everything)")
    #expect(run.output.contains(" SMTPUTF8 RET=HDRS ENVID=a+20b+2Bc AUTH=<>\n"), "\(run.everything)")
    #expect(run.output.contains("> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;x+2By@example.com\n"), "\(run.everything)")
    #expect(run.output.contains("S: 250 2.1.5 Ok"), "\(run.everything)")
  }

  @Test("the name given with EHLO is a full name or an address")
  func greetingName() throws {
    let server = try PrivateServer("postfix", ["--set", "smtpd_helo_restrictions=reject_non_fqdn_helo_hostname"])
    let run = try send(server, ["--to", "bob@example.com", "--quit-after", "rcpt"])
    #expect(run.status == 0, "\(run.everything)")
    #expect(run.output.contains("S: 250 2.1.5 Ok"), "\(run.everything)")
  }
}
