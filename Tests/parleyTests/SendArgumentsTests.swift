import ArgumentParser
import Testing

@testable import parley

/// What is read without the argument parser must be what the parser would have read.
struct SendArgumentsTests {
  private static let address = ["--to", "b@example.org"]

  /// Each option that is read by itself, in each of its names.
  private static let plain: [[String]] = [
    ["-t", "c@example.org", "--to", "d@example.org"], ["--server", "mail.example"], ["-s", "mail.example:25"],
    ["--port", "2525"], ["-p", "1"], ["--from", "a@example.com"], ["-f", "<>"], ["--data", "@message.eml"],
    ["-d", "x"],
    ["--body", "hello"], ["--header", "X-A: 1", "--add-header", "X-B: 2"], ["--auth", "PLAIN"], ["-a", "LOGIN"],
    ["--quit-after", "RCPT"], ["-q", "ehlo"], ["--auth-user", "u"], ["-au", "u"], ["--user", "u"],
    ["--auth-password", "p"], ["-ap", "p"], ["--password-command", "true"], ["--tls-ca-path", "ca.pem"],
    ["--tls-ca", "ca.pem"], ["--tls-sni", "name"], ["--ehlo", "client"], ["--helo", "client"], ["--record", "file"],
    ["--timeout", "3"], ["--timeout", "0.5"], ["--tls"], ["-tls"], ["--tls-optional"], ["-tlso"], ["--tls-on-connect"],
    ["-tlsc"], ["--allow-plaintext-auth"], ["--auth", "PLAIN", "--force-auth"], ["--pipeline"], ["--lmtp"],
    ["--silent"], ["--insecure"], ["--json"],
    ["--elide-data", "--record", "file"],
    ["--from", ""], ["--from", "a@example.com", "--from", "b@example.com"], ["--body", "a=b -c"],
  ]

  /// What is left to the parser: unknown, shortened, joined, without a value or with a wrong one, or refused.
  private static let other: [[String]] = [
    ["--help"], ["--nonsense"], ["--serv", "x"], ["--server=x"], ["--server"], ["--server", "--tls"], ["--port", "x"],
    ["--port", "0"], ["--timeout", "soon"], ["--timeout", "-1"], ["--auth"], ["--auth", "--tls"], ["--body", "-"],
    ["word"], ["--tls", "--tls-optional"], ["--quit-after", "never"], ["--ehlo", "two words"], ["--attach", "file"],
    ["--password-fd", "3"], ["--header", "no colon"], ["--force-auth"], ["--from", "a b"], ["--", "--tls"],
    ["--notify", "NEVER"], ["--mail-parameter", "RET=FULL"], ["--smtputf8", "never"], ["--ignore-offer"],
  ]

  @Test("plain words make the command that the parser makes of them", arguments: plain)
  func readsPlain(words: [String]) throws {
    let read = try #require(SendCommand(plain: words + Self.address))
    let parsed = try SendCommand.parse(words + Self.address)
    #expect("\(read)" == "\(parsed)")
    #expect("\(read)".contains("b@example.org"))
  }

  @Test("what is not plain is left to the parser", arguments: other)
  func leavesOther(words: [String]) {
    #expect(SendCommand(plain: words + Self.address) == nil)
  }

  @Test("without a recipient there is nothing to send")
  func recipient() {
    #expect(SendCommand(plain: ["--tls"]) == nil)
  }
}
