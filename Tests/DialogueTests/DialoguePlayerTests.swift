import Dialogue
import SMTPWire
import Testing

@Suite("Playing a dialogue")
struct DialoguePlayerTests {
  private func did(_ script: String, _ cues: [Rehearsal.Cue]) -> [String] { Rehearsal().play(script, cues).did }

  @Test("lines are sent and replies awaited in the order of the script")
  func plain() {
    let script = "S: 220\nC: HELO a\nS: 250\nC: QUIT\nS: 221\n"
    #expect(
      did(script, [.reply("220 hi"), .reply("250 ok"), .reply("221 bye")]) == [
        "connect", "await greeting", "send HELO a", "await HELO", "send QUIT", "await QUIT", "finished",
      ])
  }

  @Test("lines without a reply between them go out in one write, and each has its reply")
  func pipelining() {
    let script = "S: 220\nC: MAIL FROM:<>\nC: RCPT TO:<a>\nC: DATA\nS: 250\nS: 550\nS: 554\nC: QUIT\nS: 221\n"
    #expect(
      did(script, [.reply("220 a"), .reply("250 a"), .reply("550 a"), .reply("554 a"), .reply("221 a")]) == [
        "connect", "await greeting", "send MAIL FROM:<> | RCPT TO:<a> | DATA", "await MAIL", "await RCPT", "await DATA",
        "send QUIT", "await QUIT", "finished",
      ])
  }

  @Test("after 354 the lines up to the dot are the message, exact as they are")
  func message() {
    let script = "S: 220\nC: DATA\nS: 354\nC: Subject: a\nC:\nC: ..dot\nC: MAIL\nC: .\nS: 250\nC: QUIT\nS: 221\n"
    #expect(
      did(script, [.reply("220 a"), .reply("354 a"), .reply("250 a"), .reply("221 a")]) == [
        "connect", "await greeting", "send DATA", "await DATA", "send text Subject: a |  | ..dot | MAIL | .",
        "await message", "send QUIT", "await QUIT", "finished",
      ])
  }

  @Test("a long message goes out in bounded writes")
  func longMessage() {
    let line = "C: " + String(repeating: "x", count: 998) + "\n"
    let script = "S: 220\nC: DATA\nS: 354\n" + String(repeating: line, count: 200) + "C: .\nS: 250\n"
    let player = Rehearsal().play(script, [.reply("220 a"), .reply("354 a"), .reply("250 a")])
    #expect(player.failure == nil)
    #expect(player.did.filter { $0.hasPrefix("send text") }.count == 4)
    #expect(player.did.allSatisfy { $0.utf8.count < DialoguePlayer.maximumWrite + 4_000 })
    #expect(player.did.suffix(2) == ["await message", "finished"])
  }

  @Test("a recording split between its writes is joined, and events between its lines do not matter")
  func remarks() {
    let script = "S: 220\nC: MAIL\n# note\n* deviation warn.bare_lf\n\nC: RCPT\nS: 250\nS: 250\n"
    #expect(
      did(script, [.reply("220 a"), .reply("250 a"), .reply("250 a")]) == [
        "connect", "await greeting", "send MAIL | RCPT", "await MAIL", "await RCPT", "finished",
      ])
  }

  @Test("nothing is sent before the greeting, expected or not")
  func greeting() {
    #expect(
      did("C: EHLO a\nS: 250\n", [.reply("220 hi"), .reply("250 ok")]) == [
        "connect", "await greeting", "send EHLO a", "await EHLO", "finished",
      ])
    #expect(
      did("C: EHLO a\nS: 250\n", [.reply("554 5.7.1 no")]) == [
        "connect", "await greeting", "failed 1: The greeting is 554 5.7.1 where 2yz was expected.",
      ])
  }

  @Test("replies that no line expects are read before the end")
  func unexpectedReplies() {
    #expect(
      did("C: NOOP\nC: QUIT\n", [.reply("220 a"), .reply("250 a"), .closed]) == [
        "connect", "await greeting", "send NOOP | QUIT", "await NOOP", "await QUIT", "finished",
      ])
    #expect(did("# nothing\n", [.reply("220 a")]) == ["connect", "await greeting", "finished"])
    #expect(did("", [.closed]) == ["connect", "await greeting", "finished"])
  }

  @Test("a 220 to STARTTLS begins the handshake")
  func typedSTARTTLS() {
    let script = "S: 220\nC: STARTTLS\nS: 220\n* tls TLSv1.3\nC: EHLO a\nS: 250\n"
    #expect(
      did(script, [.reply("220 a"), .reply("220 go"), .reply("250 a")]) == [
        "connect", "await greeting", "send STARTTLS", "await STARTTLS", "handshake", "send EHLO a", "await EHLO",
        "finished",
      ])
    #expect(
      did("S: 220\nC: STARTTLS\nS: 454\nC: NOOP\nS: 250\n", [.reply("220 a"), .reply("454 no"), .reply("250 a")]) == [
        "connect", "await greeting", "send STARTTLS", "await STARTTLS", "send NOOP", "await NOOP", "finished",
      ])
  }

  @Test("a BDAT chunk is text, and what follows it a command")
  func chunks() {
    let script = "S: 220\nC: BDAT 6\nC: MAIL\nC: BDAT 0 LAST\nS: 250\nS: 250\n"
    #expect(
      did(script, [.reply("220 a"), .reply("250 a"), .reply("250 a")]) == [
        "connect", "await greeting", "send text BDAT 6 | MAIL | BDAT 0 LAST", "await BDAT", "await BDAT", "finished",
      ])
  }

  @Test("lines of an authentication are named so")
  func authentication() {
    let script = "S: 220\nC: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: ${u}\nS: 334\nC: ${p}\nS: 235\nC: NOOP\nS: 250\n"
    let cues: [Rehearsal.Cue] = [.reply("220 a"), .reply("334 a"), .reply("334 b"), .reply("235 a"), .reply("250 a")]
    #expect(
      did(script, cues) == [
        "connect", "await greeting", "send AUTH LOGIN", "await AUTH", "send ${u}", "await AUTH", "send ${p}",
        "await AUTH",
        "send NOOP", "await NOOP", "finished",
      ])
  }

  @Test("the connection ends as the recording says")
  func closing() {
    let quit = "S: 220\nC: QUIT\nS: 221\n"
    #expect(
      did(quit + "* closed by peer\n", [.reply("220 a"), .reply("221 a"), .closed]).suffix(2) == [
        "expect close", "finished",
      ])
    #expect(
      did(quit + "* reset\n", [.reply("220 a"), .reply("221 a"), .reset]).suffix(2) == ["expect close", "finished"])
    #expect(did(quit + "* closed by us\n", [.reply("220 a"), .reply("221 a")]).suffix(2) == ["close", "finished"])
    #expect(
      did(quit + "* closed by peer\n", [.reply("220 a"), .reply("221 a"), .timeout]).last
        == "failed 4: The server was silent for too long where it was expected to close the connection.")
    #expect(
      did("S: 220\n* closed by peer\n", [.reply("220 a"), .reply("421 a")]).last
        == "failed 2: The server sent a reply where it was expected to close the connection.")
  }

  @Test("a recording of two connections connects twice")
  func reconnection() {
    let script =
      "* connected 192.0.2.1:25\nS: 220\n* closed by peer\n* connecting 192.0.2.1:25\n* connected 192.0.2.1:25\nS: 220\n"
    #expect(
      did(script, [.reply("220 a"), .closed, .reply("220 a")]) == [
        "connect", "await greeting", "expect close", "connect", "await greeting", "finished",
      ])
    #expect(
      did("S: 220\n* closed by us\nC: NOOP\n", [.reply("220 a")]).last
        == "failed 3: The connection was closed before this line; `> connect` opens one.")
  }

  @Test("a handshake that failed in the recording is expected to fail")
  func failedHandshake() {
    let script =
      "S: 220\nC: STARTTLS\nS: 220\n* certificate subject=a\n* tls-failed tls.cert.expired too old\n* closed by us\n"
    #expect(
      did(script, [.reply("220 a"), .reply("220 a"), .failed("expired")]).suffix(2) == ["handshake", "finished"])
    #expect(
      did(script, [.reply("220 a"), .reply("220 a")]).last
        == "failed 5: The TLS handshake succeeded where it was expected to fail.")
  }

  @Test("a server that is as broken as it was is as expected")
  func brokenAsRecorded() {
    let script = "* clock x\nS: 220\nC: NOOP\nS: 250-a\nS: 550 b\n* deviation proto.mixed_codes\n* closed by us\n"
    let broken = Rehearsal.Cue.broken(.mixedCodes(first: 250, then: 550), ["250-a", "550 b"])
    #expect(did(script, [.reply("220 a"), broken]).suffix(2) == ["close", "finished"])
    #expect(
      did("S: 220\nC: NOOP\nS: 250\n", [.reply("220 a"), broken]).last
        == "failed 3: What the server sent is no reply (proto.mixed_codes).")
  }

  @Test("a timeout in a recording means that its reply did not come")
  func recordedTimeout() {
    let script = "S: 220\nC: NOOP\n* timeout timeout.reply\n* closed by us\n"
    #expect(did(script, [.reply("220 a")]) == ["connect", "await greeting", "send NOOP", "close", "finished"])
  }

  @Test("a certificate that was accepted unverified may be accepted again; one that was refused must be refused")
  func recordedVerdict() {
    let start = "* clock x\n* connected a\nS: 220\nC: STARTTLS\nS: 220\n* tls TLSv1.3 X Y unverified\n"
    let replies: [Rehearsal.Cue] = [.reply("220 a"), .reply("220 go")]
    for verdict in ["unverified", "tls-failed"] {
      let accepted = start + "* \(verdict) tls.cert.selfsigned words\nC: NOOP\nS: 250\n* closed by us\n"
      #expect(did(accepted, replies + [.reply("250 ok")]).suffix(2) == ["close", "finished"], "\(verdict)")
      let refused = start + "* \(verdict) tls.cert.expired words\n* failed tls.cert.expired words\n* closed by us\n"
      #expect(did(refused, replies + [.failed("expired")]).last == "finished")
      #expect(
        did(refused, replies).last
          == "failed 8: The TLS handshake succeeded where it was expected to fail.")
    }
  }

  @Test("a connection that failed in the recording may fail again")
  func recordedRefusal() {
    let script = "* clock x\n* connecting a:25\n* connect-failed a:25 conn.refused no\n* failed conn.refused no\n"
    #expect(did(script, [.failed("refused")]) == ["connect", "finished"])
    let second = "* connect-failed [::1]:25 conn.refused no\n* connected a:25\nS: 220\n"
    #expect(did(second, [.failed("refused")]).last == "failed 0: The attempt to connect failed: refused")
  }
}
