import SASL
import SMTPWire
import TestPeers
import Testing

/// Logins as people paste them: broken into lines, with marks and noise, without prompts, in another order.
@Suite("A pasted login keeps its password")
struct SASLPastedLoginTests {
  private static let passwords = [
    "wonderland-7", "password1", "<pass@word>", "p\u{E4}ss w\u{F6}rd", String(repeating: "token", count: 40),
  ]

  /// The lines of a login: the client's, and the server's where the second is false.
  typealias Line = (text: String, isServer: Bool)

  private static func base64(_ text: String) -> String {
    String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self)
  }

  /// Logins by a mechanism, whole and with the server's side left out.
  private static func logins(_ name: String, _ password: String) -> [[Line]] {
    var plan = SASLRehearsal.Plan(
      mechanism: name, credentials: Credentials(user: "alice", password: password), seed: Array(1...64))
    plan.host = "mail.example"
    let lines = SASLRehearsal(plan, digests: .test()).lines.map { (OctetText.readable($0.line), $0.isServer) as Line }
    var logins = [lines, lines.filter { !$0.isServer }]
    if name == "LOGIN" {
      let (user, secret) = (base64("alice"), base64(password))
      logins.append([
        ("AUTH LOGIN", false), ("334 UGFzc3dvcmQ6", true), (secret, false), ("334 VXNlcm5hbWU6", true), (user, false),
        ("535 no", true),
      ])
      logins.append([("AUTH LOGIN \(user)", false), ("334 Password:", true), (secret, false), ("235 ok", true)])
      logins.append([("AUTH LOGIN \(user)", false), (secret, false), ("535 no", true)])
      logins.append([
        ("AUTH LOGIN", false), ("334 Benutzer", true), (user, false), ("334 Wachtwoord:", true), (secret, false),
      ])
    }
    if name == "PLAIN" {
      let string = base64("\0alice\0" + password)
      for challenge in ["334 ", "334ok", "+ ", "334 go on"] {
        logins.append([("AUTH PLAIN", false), (challenge, true), (string, false), ("535 5.7.8 no", true)])
      }
      logins.append([("AUTH PLAIN", false), (string, false), ("535 5.7.8 no", true)])
      logins.append([("AUTH PLAIN", false), ("334 ", true), (password, false), ("501 no", true)])
    }
    return logins
  }

  /// The ways in which a line is broken.
  private static func wrapped(_ line: Line, at width: Int?) -> [Line] {
    guard let width, line.text.count > width else { return [line] }
    var rest = Array(line.text)[...]
    var pieces: [Line] = []
    while !rest.isEmpty {
      pieces.append((String(rest.prefix(width)), line.isServer))
      rest = rest.dropFirst(width)
    }
    return pieces
  }

  private static let marks: [(client: String, server: String)] = [
    ("", ""), ("C: ", "S: "), (" -> ", "<-  "), ("12:00:01.5 C: ", "12:00:01.6 S: "), ("> ", "< "),
  ]

  private static func noisy(_ lines: [String], _ noise: Int) -> String {
    switch noise {
    case 0: lines.joined(separator: "\n")
    case 1:
      "220 hi\r\nEHLO a\r\n250-AUTH PLAIN LOGIN\r\n250 ok\r\n" + lines.joined(separator: "\r\n\r\n") + "\r\nQUIT\r\n"
    default: "# a note\n* connected 192.0.2.1:25\n" + lines.joined(separator: "  \n") + "\n=== the end"
    }
  }

  /// A password as it may stand in a text: as it is, and in base64 at each place of a group.
  private static func faces(_ password: String) -> [String] {
    let shifts = (0..<3).map { shift -> String in
      let text = String(
        decoding: Base64.encode([UInt8](repeating: 0, count: shift) + Array(password.utf8)), as: UTF8.self)
      return String(text.dropFirst(shift == 0 ? 0 : shift + 1).prefix { $0 != "=" }.dropLast())
    }
    return [password] + shifts
  }

  private func shown(_ text: String) -> String {
    SASLExchangeDecoder(text, now: 0).entries.map { entry in
      guard case .decoded(let decoded) = entry.content else { return entry.masked }
      let open = decoded.fields.filter { !$0.isSecret }.map { OctetText.readable($0.octets) }
      return ([entry.masked] + open + decoded.notes).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  @Test(
    "no password is shown, whatever the mechanism, the order, the breaks and the noise",
    arguments: ["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-256"])
  func masked(name: String) {
    var count = 0
    for password in Self.passwords {
      for lines in Self.logins(name, password) {
        for width in [nil, 64, 76, 80] {
          for mark in Self.marks {
            for noise in 0..<3 {
              let broken = lines.flatMap { Self.wrapped($0, at: width) }
                .map { ($0.isServer ? mark.server : mark.client) + $0.text }
              let shown = shown(Self.noisy(broken, noise))
              for face in Self.faces(password) where shown.contains(face) {
                Issue.record("\(name), \(width ?? 0), \(mark.client), \(noise): \(broken) shows \(face): \(shown)")
                return
              }
              count += 1
            }
          }
        }
      }
    }
    #expect(count >= 600)
  }

  @Test("a string that was broken is whole again", arguments: [64, 76])
  func joined(width: Int) throws {
    let token = String(repeating: "token", count: 40)
    let string = Self.base64("user=alice\u{1}auth=Bearer \(token)\u{1}\u{1}")
    let whole: Line = ("AUTH XOAUTH2 " + string, false)
    for text in [
      Self.wrapped(whole, at: width),
      [("AUTH XOAUTH2", false), ("334 ", true)] + Self.wrapped((string, false), at: width),
    ] {
      let entries = SASLExchangeDecoder(text.map(\.text).joined(separator: "\n")).entries
      guard case .decoded(let decoded) = try #require(entries.last).content else { throw Unmet() }
      #expect(decoded.kind == "XOAUTH2" && decoded.fields.last?.octets == Array(token.utf8))
      #expect(entries.last?.masked.hasSuffix("‹secret \(string.count) chars›") == true)
    }
  }

  @Test("LOGIN's answers are named by what the server asked for")
  func order() throws {
    let login = Self.logins("LOGIN", "wonderland-7")[2].map(\.text).joined(separator: "\n")
    let names = SASLExchangeDecoder(login).entries.compactMap { entry -> String? in
      guard case .decoded(let decoded) = entry.content, !entry.isServer else { return nil }
      return decoded.fields.first?.name
    }
    #expect(names == ["password", "user"])
  }

  @Test(
    "a server that challenges in words is read as it speaks",
    arguments: ["334 NTLM supported", "334 Username:", "334ok", "+ idling"])
  func words(text: String) throws {
    let entry = try #require(SASLExchangeDecoder("AUTH LOGIN\n" + text).entries.last)
    guard case .decoded(let decoded) = entry.content else { throw Unmet() }
    #expect(entry.isServer && !entry.isBroken && decoded.notes.first?.contains("no base64") == true)
  }

  @Test(
    "what is no message of its mechanism is broken, and the reason is told",
    arguments: [
      ("SCRAM-SHA-1", "x,,n=u,r=abc", "GS2 flag is \"x\""), ("SCRAM-SHA-1", "n,n=u,r=abc", "one is missing"),
      ("SCRAM-SHA-1", "n,,n=a=b,r=abc", "begins no escape"), ("SCRAM-SHA-1", "hello", "no attributes"),
      ("CRAM-MD5", "alice", "32 hexadecimal"), ("DIGEST-MD5", "hello", "no directives"),
      ("PLAIN", "alice", "three fields"),
      ("XOAUTH2", "user=a", "0x01"),
    ])
  func malformed(name: String, message: String, words: String) throws {
    let decoded = try SASLStringDecoder("AUTH \(name) " + Self.base64(message))
    #expect(decoded.isMalformed && decoded.notes.contains { $0.contains(words) }, "\(decoded.notes)")
  }

  @Test("SCRAM's refusals are explained")
  func refusal() throws {
    let decoded = try SASLStringDecoder("334 " + Self.base64("e=invalid-proof"))
    #expect(decoded.notes == ["the server refuses: the password is wrong (RFC 5802 §7)"])
  }

  @Test("a token that is not good yet says when it begins")
  func notBefore() throws {
    let part = Self.base64("{\"nbf\":3600}").prefix { $0 != "=" }
    #expect(try SASLStringDecoder("e30.\(part).c2ln", now: 0).notes.first?.contains("begins in 1 h") == true)
  }
}
