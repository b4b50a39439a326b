import SASL
import SMTPWire
import Testing

@Suite("The answers to AUTH in what a client sends")
struct LoginMarkerTests {
  private static let plain = "AGFsaWNlAHdvbmRlcmxhbmQ="

  /// What is left to see of lines; a number is a reply, to AUTH where it is 334, 235 or 535.
  private func seen(_ lines: [String]) -> [String] {
    var marker = LoginMarker()
    return lines.compactMap { line in
      if let code = ReplyCode(octets: Array(line.utf8)) {
        marker.received(code, answersAuth: [334, 235, 535].contains(code))
        return nil
      }
      let isPiece = line.hasSuffix("\\z")
      let text = isPiece ? String(line.dropLast(2)) : line
      let marked = marker.mark(OutgoingLine(Array(text.utf8), ending: isPiece ? .none : .crlf))
      return marked.parts.map { part in
        switch part {
        case .octets(let octets): String(decoding: octets, as: UTF8.self)
        case .secret(let secret): "${\(secret.name)}"
        }
      }.joined()
    }
  }

  @Test("the initial response is secret, and the blanks around it change nothing")
  func initial() {
    #expect(seen(["AUTH PLAIN \(Self.plain)"]) == ["AUTH PLAIN ${auth.plain}"])
    #expect(seen(["  auth  plain  \(Self.plain)  "]) == ["  auth  plain  ${auth.plain}"])
    #expect(seen(["AUTH PLAIN ="]) == ["AUTH PLAIN ="])
  }

  @Test("what stands behind a 334 is secret, but for the asterisk that cancels")
  func challenged() {
    #expect(
      seen(["AUTH LOGIN", "334", "YWxpY2U=", "334", "QUIT", "235", "NOOP"])
        == ["AUTH LOGIN", "${auth.login.username}", "${auth.login.password}", "NOOP"])
    #expect(seen(["AUTH PLAIN", "334", "*", "535", "XYZZY"]) == ["AUTH PLAIN", "*", "XYZZY"])
  }

  @Test("what follows an AUTH without a reply between them is secret up to the next command")
  func pipelined() {
    #expect(
      seen(["AUTH LOGIN", "YWxpY2U=", "d29uZGVybGFuZA==", "MAIL FROM:<>", "XYZZY"])
        == ["AUTH LOGIN", "${auth.login.username}", "${auth.login.password}", "MAIL FROM:<>", "XYZZY"])
  }

  @Test("a line in pieces is secret wherever it is cut")
  func pieces() {
    let line = "AUTH PLAIN \(Self.plain)"
    for cut in 1..<line.count {
      let shown = seen([line.prefix(cut) + "\\z", String(line.dropFirst(cut))]).joined()
      #expect(
        shown.replacing("${auth.plain}${auth.plain}", with: "${auth.plain}") == "AUTH PLAIN ${auth.plain}", "\(cut)")
    }
    #expect(
      seen(["AUTH PLAIN", "334", "AGFs\\z", "aWNl"]) == ["AUTH PLAIN", "${auth.plain}", "${auth.plain}"])
  }

  @Test("a mechanism's name that no variable could have is not taken into one")
  func names() {
    #expect(seen(["AUTH }\u{1B}[31m x"]) == ["AUTH }\u{1B}[31m ${auth.31m}"])
    #expect(seen(["AUTH } x"]) == ["AUTH } ${auth.response}"])
  }

  @Test("lines of a message are no answers")
  func text() {
    var marker = LoginMarker()
    let line = OutgoingLine("AUTH PLAIN \(Self.plain)")
    #expect(marker.mark(line, isText: true) == line)
  }
}
