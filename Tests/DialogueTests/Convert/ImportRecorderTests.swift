import SMTPWire
import Testing

@testable import Dialogue

@Suite("ImportRecorder")
struct ImportRecorderTests {
  private func record(_ lines: [String], isExact: Bool = false) -> [String] {
    var recorder = ImportRecorder(isExact: isExact)
    for line in lines {
      if line.hasPrefix("C: ") {
        recorder.client(line.utf8.dropFirst(3))
      } else {
        recorder.server(line.utf8.dropFirst(3))
      }
    }
    return recorder.events.map { String(decoding: DialogueWriter.line($0).dropLast().dropFirst(6), as: UTF8.self) }
  }

  @Test("each response to a challenge is a variable, whatever it looks like")
  func responses() {
    let lines = record([
      "C: AUTH SCRAM-SHA-256 biws", "S: 334 cg==", "C: QUIT", "S: 334 dg==", "C: MAIL", "S: 235 ok", "C: QUIT",
    ])
    #expect(
      lines == [
        "C: AUTH SCRAM-SHA-256 ${auth.scram-sha-256.1}", "S: 334 cg==", "C: ${auth.scram-sha-256.2}", "S: 334 dg==",
        "C: ${auth.scram-sha-256.3}", "S: 235 ok", "C: QUIT",
      ])
  }

  @Test("a cancellation and an empty response are no secrets")
  func cancellation() {
    #expect(record(["C: AUTH LOGIN", "S: 334 a", "C: *", "S: 501 b"])[2] == "C: *")
    #expect(record(["C: AUTH LOGIN =", "S: 334 a"])[0] == "C: AUTH LOGIN =")
  }

  @Test("responses are hidden where the server's lines are not there")
  func withoutServer() {
    let lines = record(["C: AUTH LOGIN", "C: YWxpY2U=", "C: cGFzcw==", "C: MAIL FROM:<a@example.org>"])
    #expect(lines[1...2] == ["C: ${auth.login.username}", "C: ${auth.login.password}"])
    #expect(lines[3] == "C: MAIL FROM:<a@example.org>")
  }

  @Test("the response in a misspelt AUTH is hidden, and a message is left alone")
  func misspelt() {
    let response = String(decoding: Base64.encode(bytes("\0u\0pw12")), as: UTF8.self)
    #expect(record(["C: AUHT PLAIN \(response)"]) == ["C: AUHT PLAIN ${auth.plain}"])
    #expect(record(["C: DATA", "S: 354 go", "C: AUTH PLAIN abc", "C: .", "S: 250 ok"])[2] == "C: AUTH PLAIN abc")
  }

  @Test("a message without its end has one where the server answered it, unless each octet is known")
  func messageEnd() {
    let lines = ["C: DATA", "S: 354 go", "C: text", "S: 250 ok", "C: QUIT"]
    #expect(record(lines)[3] == "C: .")
    #expect(record(lines, isExact: true)[3] == "S: 250 ok")
    #expect(record(["C: DATA", "S: 354 go", "S: 421 timeout"]).count == 3)
    #expect(record(["C: DATA", "S: 554 no", "C: QUIT"]).count == 3)
  }

  @Test("pipelined commands and their replies go together")
  func pipelining() {
    let lines = record([
      "C: MAIL", "C: RCPT", "C: DATA", "S: 250 a", "S: 550 b", "S: 354 c", "C: MAIL", "C: .", "S: 250 d",
      "C: AUTH PLAIN x",
    ])
    #expect(lines[6] == "C: MAIL")
    #expect(lines.last == "C: AUTH PLAIN ${auth.plain}")
  }
}
