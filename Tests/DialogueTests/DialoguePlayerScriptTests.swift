import Dialogue
import SMTPWire
import Testing

@Suite("Playing conditions, repetitions and variables")
struct DialoguePlayerScriptTests {
  private static let open = "S: 220\nC: EHLO a\nS: 250\n"
  private static let hello: [Rehearsal.Cue] = [
    .reply("220 a"), .reply("250-a / 250-SIZE 100 / 250-AUTH PLAIN LOGIN / 250 STARTTLS"),
  ]

  private func did(_ script: String, _ cues: [Rehearsal.Cue] = []) -> [String] {
    Array(Rehearsal().play(Self.open + script, Self.hello + cues).did.dropFirst(4))
  }

  @Test("variables that take too much together end the script at the line that makes them do so")
  func manyVariables() {
    let lets = (0..<300).map { "> let x\($0) = \(String(repeating: "y", count: 60_000))\n" }.joined()
    #expect(did(lets).last == "failed 283: The values of all variables are longer than 16777216 octets.")
  }

  @Test("a line that its variables make too long is not sent, and is itself what the failure quotes")
  func overlong() {
    let script = "> let x = \(String(repeating: "y", count: 60_000))\nC: NOOP \(String(repeating: "${x}", count: 18))\n"
    #expect(did(script) == ["failed 5: With the values of its variables this is longer than 1048576 octets."])
  }

  @Test("a condition decides what is played")
  func conditions() {
    let script = "> if capability AUTH plain\nC: A\n> else\nC: B\n> end\nC: C\n"
    #expect(
      did(script, [.reply("250 a"), .reply("250 c")]) == ["send A", "send C", "await A", "await C", "finished"])
    #expect(did("> if no capability SIZE\nC: A\n> else\nC: B\n> end\n", [.reply("250 b")]).first == "send B")
    #expect(did("> if capability SIZE 99\nC: A\n> end\n") == ["finished"])
    #expect(did("> if capability AUTH CRAM-MD5\nC: A\n> end\n") == ["finished"])
  }

  @Test("the replies that a condition is about are read before it")
  func reading() {
    let script = "C: RCPT\n> if code 45z\nC: RSET\n> else\n> quit\n> end\n"
    #expect(
      did(script, [.reply("451 4.7.1 later"), .reply("250 a")]) == [
        "send RCPT", "await RCPT", "send RSET", "await RSET", "finished",
      ])
    #expect(
      did(script, [.reply("550 no"), .reply("221 a")]) == [
        "send RCPT", "await RCPT", "send QUIT", "await QUIT", "finished",
      ])
  }

  @Test("an if about a step's reply takes the place of the verdict")
  func verdict() {
    let script = "> auth\n> if code 535\nC: NOOP\n> end\n"
    #expect(did(script, [.reply("535 no"), .reply("250 a")]) == ["auth any", "send NOOP", "await NOOP", "finished"])
    #expect(
      did("> auth\n> if capability SIZE\n> end\n", [.reply("535 no")]).last
        == "failed 4: The reply to AUTH is 535 where 2yz was expected.")
    #expect(did("> auth\n> expect enhanced 5.7\n", [.reply("535 5.7.8 no")]).last == "finished")
  }

  @Test("what is repeated is played so many times, and one in another")
  func repetition() {
    #expect(
      did(
        "> repeat 2\nC: A\nS: 250\n> repeat 2\nC: B\nS: 250\n> end\n> end\n",
        Array(repeating: .reply("250 a"), count: 6)
      )
      .filter { $0.hasPrefix("send") } == ["send A", "send B", "send B", "send A", "send B", "send B"])
    #expect(did("> repeat 0\nC: A\n> end\n") == ["finished"])
    let nested = String(repeating: "> repeat 100000\n", count: 4) + String(repeating: "> end\n", count: 4)
    #expect(did(nested).last == "failed 6: The script repeats its lines more than 100000 times.")
  }

  @Test("variables are set by let and by the groups of an expression")
  func variables() {
    let script = "> let who = a${x}\nC: VRFY ${who} ${y}\nS~ id (?<qid>[A-F0-9]+)$\nC: NOOP ${qid}\nS: 250 ${qid}\n"
    let (did, failure) = Rehearsal(variables: ["x": bytes("1")]).play(
      Self.open + script, Self.hello + [.reply("250-no / 250 id 4F2A"), .reply("250 4F2A")])
    #expect(failure == nil)
    #expect(did.contains("send VRFY a${x} ${y}"))
    #expect(did.contains("send NOOP 4F2A"))
  }

  @Test("a value cannot grow without end")
  func growth() {
    let script = "> let a = 0123456789\n> repeat 100\n> let a = ${a}${a}\n> end\n"
    #expect(did(script).last == "failed 6: The value of a is longer than 65536 octets.")
    let open = "> let a = ${b}\n> repeat 100\n> let a = ${a}${a}\n> end\n"
    #expect(did(open).last == "failed 6: The value of a is longer than 65536 octets.")
  }

  @Test(
    "an expectation that is not met says so",
    arguments: [
      ("> expect capability DSN", "The server does not offer DSN."),
      ("> expect no capability starttls", "The server offers STARTTLS."),
      ("> expect capability AUTH CRAM-MD5", "The server does not offer AUTH CRAM-MD5."),
      ("> expect code 251", "The reply to EHLO is 250 where 251 was expected."),
      ("> expect no code 2yz", "The reply to EHLO is 250 where another code than 2yz was expected."),
      ("> expect enhanced 2.1.0", "The reply to EHLO bears no enhanced status code where 2.1.0 was expected."),
      ("> expect text DSN", "The reply to EHLO does not hold the text DSN."),
      ("> expect no text SIZE 1", "The reply to EHLO holds the text SIZE 1."),
      ("> expect variable a", "The variable a has no value."),
      ("> expect within 1", "The time that the reply took is not known."),
    ])
  func unmet(step: String, sentence: String) {
    #expect(did(step + "\n") == ["failed 4: \(sentence)"])
  }

  @Test("what is offered is forgotten with the handshake")
  func forgotten() {
    let script = "C: STARTTLS\nS: 220\n> expect capability SIZE\n"
    #expect(
      did(script, [.reply("220 go")]).last == "failed 6: The server was not asked with EHLO what it offers.")
  }

  @Test("the time is measured from the write to the reply")
  func within() {
    for (limit, isMet) in [("0.9", false), ("1", true)] {
      let script = DialogueScript(dialogue("S: 220\nC: NOOP\nS: 250\n> expect within \(limit)\n"))
      var player = DialoguePlayer(script)
      _ = player.start()
      _ = player.receive(.done, after: .seconds(9))
      _ = player.receive(.replied(Reply(220, "a")), after: .seconds(9))
      _ = player.receive(.done, after: .seconds(9))
      let action = player.receive(.replied(Reply(250, "a")), after: .seconds(1))
      #expect((action == .finished) == isMet)
    }
  }

  @Test("raw octets go out as they are, and the commands among them have replies")
  func raw() {
    #expect(
      did("> raw \"NOOP\\nQU\"\n> raw bytewise \"IT\\r\\n\"\nS: 250\nS: 221\n", [.reply("250 a"), .reply("221 b")]) == [
        "send NOOP | QU", "send IT", "await NOOP", "await QUIT", "finished",
      ])
    var player = DialoguePlayer(DialogueScript(dialogue("S: 220\n> raw bytewise \"a\\0\\r\\n\\n${x}\"\n")))
    _ = player.start()
    _ = player.receive(.done)
    guard case .send(let send) = player.receive(.replied(Reply(220, "a"))) else {
      Issue.record("nothing is sent")
      return
    }
    #expect(send.isBytewise)
    #expect(send.lines.flatMap { $0.octets + $0.ending.octets } == bytes("a\0\r\n\n${x}"))
  }

  @Test("within a pipeline all goes out before a reply is read")
  func pipeline() {
    let script =
      "> pipeline\nC: MAIL\nS: 250\nC: RCPT\nS: 250\nS~ ok\n> expect enhanced 2.1.5\nC: DATA\nS: 354\n> end\nC: .\nS: 250\n"
    #expect(
      did(script, [.reply("250 a"), .reply("250 2.1.5 ok"), .reply("354 a"), .reply("250 a")]) == [
        "send MAIL | RCPT | DATA", "await MAIL", "await RCPT", "await DATA", "send text .", "await message", "finished",
      ])
    #expect(
      did(script, [.reply("250 a"), .reply("250 2.1.5 no")]).last
        == "failed 8: No line of the reply to RCPT matches ok.")
  }

  @Test("a failure in an included file names it")
  func included() throws {
    let script = DialogueScript(dialogue("S: 220\n> include a\n")) { _, _ in
      .read(path: "dir/a", DialogueReader.read(bytes("# x\nC: NOOP\nS: 251\n")))
    }
    #expect(!script.hasErrors)
    var player = DialoguePlayer(script)
    _ = player.start()
    _ = player.receive(.done)
    _ = player.receive(.replied(Reply(220, "a")))
    _ = player.receive(.done)
    guard case .failed(let failure) = player.receive(.replied(Reply(250, "a"))) else {
      Issue.record("250 is no 251")
      return
    }
    #expect(failure.number == 3 && failure.file == "dir/a" && failure.expected == ["S: 251"])
    #expect(player.file == "dir/a")
  }

  @Test(
    "octets that a recording leaves out are sent as others of the same number",
    arguments: [1, 2, 77, 78, 79, 80, 157, 70_001])
  func elided(count: Int) {
    let script = "S: 220\nC: DATA\nS: 354\nC: Subject: a\n* elided sha256=00 octets=\(count)\nC: .\nS: 250\n"
    var player = DialoguePlayer(DialogueScript(dialogue(script)))
    var action = player.start()
    var sent: [UInt8] = []
    var replies = [Reply(220, "a"), Reply(354, "a"), Reply(250, "a")][...]
    while action != .finished {
      switch action {
      case .send(let send):
        #expect(send.lines.count < 1_000)
        sent += send.lines.flatMap { $0.octets + $0.ending.octets }
        action = player.receive(.done)
      case .awaitReply:
        guard let reply = replies.popFirst() else { return }
        action = player.receive(.replied(reply))
      case .failed(let failure):
        Issue.record("\(failure.sentence)")
        return
      default: action = player.receive(.done)
      }
    }
    #expect(sent.count == bytes("DATA\r\nSubject: a\r\n.\r\n").count + count)
  }
}
