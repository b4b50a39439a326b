import Dialogue
import SMTPWire
import Testing

@Suite("Playing a dialogue as the server")
struct DialogueServerPlayerTests {
  private static let session = """
    S: 220 mail.example ESMTP
    C: EHLO me
    S: 250-mail.example
    S: 250-AUTH PLAIN LOGIN
    S: 250 STARTTLS
    C: STARTTLS
    S: 220 go
    * tls TLSv1.3
    C: EHLO me
    S: 250-mail.example
    S: 250 AUTH PLAIN LOGIN
    C: AUTH PLAIN ${auth.plain}
    S: 235 2.7.0 yes
    C: MAIL FROM:<a@example.org> SIZE=100
    C: RCPT TO:<b@example.net>
    C: DATA
    S: 250 2.1.0 sender
    S: 250 2.1.5 recipient
    S: 354 go
    C: Date: yesterday
    C: Subject: hi
    C:
    C: ..dot
    C: .
    S: 250 2.0.0 queued as 12345
    C: QUIT
    S: 221 bye
    * closed by peer

    """

  /// What the server says to a client's lines, and how it ends; a line `-` closes the connection.
  private func serve(
    _ text: String, _ lines: [String], _ change: (inout ServerPlayerOptions) -> Void = { _ in }
  ) -> [String] {
    var options = ServerPlayerOptions()
    change(&options)
    var player = DialogueServerPlayer(DialogueScript(dialogue(text)), options: options)
    var lines = lines[...]
    var said: [String] = []
    var action = player.start()
    for _ in 0..<500 {
      switch action {
      case .send(let lines, _): said += lines.map { OctetText.readable($0.octets) }
      case .startTLS: said.append("handshake")
      case .wait(let time): said.append("wait \(time)")
      case .reset: said.append("reset")
      case .finished: return said + ["finished"]
      case .failed(let failure): return said + ["failed \(failure.number): \(failure.sentence)"]
      case .awaitLine, .expectClose:
        guard let line = lines.popFirst() else { return said }
        action = player.receive(line == "-" ? .closed : .line(WireLine(line)))
        continue
      case .awaitOctets(let count):
        action = player.receive(.octets([UInt8](repeating: 0x41, count: count)))
        continue
      case .accept, .close: break
      }
      action = player.receive(.done)
    }
    return said + ["endless"]
  }

  private func serve(_ lines: [String], _ change: (inout ServerPlayerOptions) -> Void = { _ in }) -> [String] {
    serve(Self.session, lines, change)
  }

  @Test("client and server made of one dialogue satisfy each other")
  func duet() {
    var duet = Duet(client: Self.session)
    let outcome = duet.play()
    #expect(outcome.client == nil && outcome.server == nil && !outcome.isStuck)
    #expect(outcome.said.first == "S: 220 mail.example ESMTP" && outcome.said.last == "S: 221 bye")
  }

  @Test("a client that waits for each reply gets it, where the recorded one did not wait")
  func pairing() {
    let said = serve(["EHLO you", "STARTTLS", "EHLO you", "AUTH PLAIN AGEAYg==", "MAIL FROM:<a@example.org>"])
    #expect(said.suffix(3) == ["250 AUTH PLAIN LOGIN", "235 2.7.0 yes", "250 2.1.0 sender"])
    #expect(said.contains("handshake"))
  }

  @Test("the initial response may come later, or earlier, than in the script")
  func initialResponse() {
    let hello = ["EHLO you", "STARTTLS", "EHLO you"]
    #expect(serve(hello + ["AUTH PLAIN", "AGEAYg=="]).suffix(2) == ["334 ", "235 2.7.0 yes"])
    let login = "S: 220 a\nC: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: ${u}\nS: 334 UGFzc3dvcmQ6\nC: ${p}\nS: 235 a\n"
    #expect(serve(login, ["AUTH LOGIN YQ==", "Yg=="]).suffix(2) == ["334 UGFzc3dvcmQ6", "235 a"])
    #expect(serve(login, ["AUTH LOGIN", "YQ==", "Yg==", "QUIT"]).suffix(3) == ["235 a", "221 2.0.0 Bye", "finished"])
  }

  @Test("credentials can be checked, and never stand in a failure")
  func credentials() {
    let hello = ["EHLO you", "STARTTLS", "EHLO you"]
    let check = { (options: inout ServerPlayerOptions) in options.variables = ["auth.plain": bytes("AGEAYg==")] }
    #expect(serve(hello + ["AUTH PLAIN AGEAYg=="], check).last == "235 2.7.0 yes")
    #expect(
      serve(hello + ["AUTH PLAIN c2VjcmV0"], check).suffix(2) == [
        "535 5.7.8 Authentication failed (line 12)", "failed 12: The credentials that the client sent are other ones.",
      ])
    #expect(
      serve(hello + ["AUTH PLAIN", "c2VjcmV0"], check).last
        == "failed 14: The answer in the AUTH exchange is another one.")
  }

  @Test("a client that leaves the script is told so politely, and where")
  func deviation() {
    #expect(
      serve(["EHLO you", "MAIL FROM:<x>"]).suffix(2) == [
        "554 5.5.0 This is not what the script has here (line 6)",
        "failed 6: The client said MAIL FROM:<x> where STARTTLS was expected.",
      ])
    #expect(
      serve(["EHLO you", "-"]).last == "failed 6: The client closed the connection where STARTTLS was expected.")
    #expect(serve(["\u{1B}[2J"]).last == "failed 2: The client said \\x1B[2J where EHLO me was expected.")
  }

  private static let plain = """
    S: 220 a
    C: EHLO me
    S: 250 a
    C: MAIL FROM:<a@example.org> BODY=8BITMIME SIZE=1
    S: 250 s
    C: RCPT TO:<b@example.net>
    S: 250 r
    C: DATA
    S: 354 d
    C: Date: yesterday
    C: Subject: hi
    C:
    C: text
    C: .
    S: 250 m
    C: QUIT
    S: 221 q

    """

  private func send(_ message: [String], _ change: (inout ServerPlayerOptions) -> Void = { _ in }) -> String? {
    serve(
      Self.plain,
      ["EHLO x", "mail FROM:<a@example.org> size=22 body=8bitmime", "RCPT TO:<b@example.net>", "DATA"]
        + message + [".", "QUIT"], change
    ).last
  }

  @Test("what differs each time in a message is folded, the rest is compared; or all, or nothing")
  func messages() {
    #expect(send(["Date: today", "Message-ID: <1>", "Subject: hi", "", "text"]) == "finished")
    #expect(
      send(["Date: today", "Subject: ho", "", "text"])
        == "failed 14: The message has Subject: ho where Subject: hi was expected.")
    #expect(
      send(["Date: today", "Subject: hi", ""]) == "failed 14: The message ends where text was expected.")
    #expect(
      send(["Date: today", "Subject: hi", "", "text", "more"])
        == "failed 14: The message has more where its end was expected.")
    #expect(send(["Subject: ho"]) { $0.body = .ignored } == "finished")
    #expect(send(["Subject: ho"]) { $0.order = .lenient } == "finished")
    #expect(
      send(["Date: today", "Subject: hi", "", "text"]) { $0.body = .exact }
        == "failed 14: The message has Date: today where Date: yesterday was expected.")
  }

  @Test("commands are compared at each level")
  func levels() {
    let text = "S: 220 a\nC: NOOP  x\nS: 250 a\n"
    #expect(serve(text, ["noop x"]).last == "250 a")
    #expect(serve(text, ["NOOP y"]).last?.hasPrefix("failed 2") == true)
    #expect(serve(text, ["NOOP y"]) { $0.level = .code }.last == "250 a")
    #expect(serve(text, ["NOOP x"]) { $0.level = .exact }.last?.hasPrefix("failed 2") == true)
    #expect(serve("S: 220 a\nC: VRFY ${u}x\nS: 250 a\n", ["vrfy anybody x"]).last == "250 a")
    #expect(serve("S: 220 a\nC: VRFY ${u}x\nS: 250 a\n", ["vrfy anybody"]).last?.hasPrefix("failed 2") == true)
  }

  @Test("in lenient order a client may do things in another order, and leave things out")
  func lenient() {
    let lenient = { (options: inout ServerPlayerOptions) in options.order = .lenient }
    let text = "S: 220 a\nC: EHLO me\nS: 250 e\nC: VRFY a\nS: 250 va\nC: VRFY b\nS: 250 vb\nC: QUIT\nS: 221 q\n"
    #expect(
      serve(text, ["VRFY b", "VRFY a", "RSET", "EHLO x", "VRFY b", "QUIT"], lenient) == [
        "220 a", "250 vb", "250 va", "250 2.0.0 Ok", "250 e", "250 vb", "221 q", "finished",
      ])
    #expect(serve(text, ["VRFY c"], lenient).last?.hasPrefix("failed 2: The client said VRFY c") == true)
    #expect(serve(text, ["VRFY a", "-"], lenient).last == "finished")
    #expect(serve(text, ["VRFY a"]).last?.hasPrefix("failed 2") == true)
  }

  @Test("what was not heard is told")
  func unplayed() {
    var player = DialogueServerPlayer(DialogueScript(dialogue("S: 220 a\nC: NOOP\nS: 250 a\n# x\nC: QUIT\nS: 221 a\n")))
    _ = player.start()
    _ = player.receive(.done)
    _ = player.receive(.done)
    _ = player.receive(.line(WireLine("NOOP")))
    #expect(player.unplayed == [5])
    #expect(player.number == 2)
  }

  @Test("steps are mirrored: what the client does is awaited, where it waits the server is slow")
  func steps() {
    let text = """
      S: 220 a
      > starttls
      > auth
      C: NOOP
      > wait 2
      S: 25z fine
      > message
      S: 550 5.7.1 no
      > repeat 2
      C: RSET
      S: 250
      > end
      > if code 250
      > quit
      > else
      C: HELP
      > end

      """
    #expect(
      serve(
        text,
        [
          "EHLO me", "STARTTLS", "EHLO me", "AUTH LOGIN", "YQ==", "Yg==", "NOOP", "DATA", "x", ".", "RSET", "RSET",
          "QUIT",
        ]) == [
          "220 a", "250 server.example", "220 2.0.0 Ready to start TLS", "handshake", "250 server.example",
          "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 2.7.0 Authentication successful", "wait 2.0 seconds",
          "250 fine", "354 End data with <CR><LF>.<CR><LF>", "550 5.7.1 no", "250 Ok", "250 Ok", "221 2.0.0 Bye",
          "finished",
        ])
  }

  @Test("endings are those of the recording")
  func endings() {
    #expect(serve("S: 220 a\nC: NOOP\nS: 250 a\n* reset\n", ["NOOP"]).suffix(2) == ["reset", "finished"])
    #expect(serve("S: 220 a\nC: NOOP\n* timeout x\n* closed by us\n", ["NOOP", "-"]) == ["220 a", "finished"])
    #expect(
      serve("S: 220 a\nC: NOOP\n* closed by us\n", ["NOOP", "NOOP"]).last
        == "failed 3: The client sent a line where it was expected to close the connection.")
    #expect(serve("S: 220 a\nC: NOOP\nS: 250 a\n", ["NOOP", "-"]).last == "finished")
    #expect(
      serve("S: 220 a\nC: NOOP\nS: 250 a\n", ["NOOP", "HELP"]).last
        == "failed 2: The client said HELP where the script is over.")
  }

  @Test("what stood behind the 220 of STARTTLS is sent with it, and TLS may come before the greeting")
  func tls() {
    let text = "* connected a\n* tls TLSv1.3\nS: 220 a\nC: NOOP\nS: 250 a\n"
    #expect(serve(text, []) == ["handshake", "220 a"])
    let injected = "S: 220 a\nC: STARTTLS\nS: 220 go\n* injected 250 x\\r\\n\nC: NOOP\nS: 250 a\n"
    #expect(serve(injected, ["STARTTLS", "NOOP"]) == ["220 a", "220 go", "250 x\\r\\n", "handshake", "250 a"])
  }

  @Test("chunks are read by the client's own count")
  func chunks() {
    let text = "S: 220 a\nC: BDAT 5 LAST\nC: abc\nS: 250 a\nC: QUIT\nS: 221 q\n"
    #expect(serve(text, ["BDAT 9 last", "QUIT"]) == ["220 a", "250 a", "221 q", "finished"])
  }

  @Test("any script and any client come to an end, and nothing that is said acts on a terminal")
  func noise() {
    let lines = [
      "S: 220", "C: EHLO a", "S: 250-a\nS: 250 b", "S: 250-a", "C: DATA", "S: 354", "C: text", "C: .", "S: 250",
      "C: STARTTLS", "S~ 250", "> starttls", "> auth", "> message", "> connect", "> drop", "> reset", "> quit",
      "> tls", "> wait 0", "* closed by peer", "* closed by us", "* connected a", "* reset", "* timeout x",
      "* tls TLSv1.3", "C: BDAT 5", "C: a\\z", "S: nonsense", "> if code 25z", "> else", "> end", "> end",
      "> repeat 3", "> repeat 40", "> pipeline", "> raw \"DATA\\r\\n.\\r\\n\"", "> let x = ${x}${x}1",
      "C: AUTH PLAIN ${x}", "C: ${x}", "* elided sha256=00 octets=5", "* injected x", "S: 334",
    ]
    for seed in 1...1_500 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let text = (0..<Int.random(in: 0...20, using: &numbers)).map { _ in lines.randomElement(using: &numbers)! }
        .joined(separator: "\n")
      var options = ServerPlayerOptions()
      options.order = Bool.random(using: &numbers) ? .strict : .lenient
      options.level = MatchLevel.allCases.randomElement(using: &numbers)!
      var player = DialogueServerPlayer(DialogueScript(dialogue(text)), options: options)
      var action = player.start()
      for _ in 0..<300 where action != .finished {
        if case .failed(let failure) = action {
          #expect(!failure.sentence.unicodeScalars.contains { $0.value < 0x20 }, "seed \(seed)")
          break
        }
        switch Int.random(in: 0...9, using: &numbers) {
        case 0: action = player.receive(.closed)
        case 1: action = player.receive(.timeout)
        case 2: action = player.receive(.octets([1, 2]))
        case 3: action = player.receive(.failed("\u{1B}"))
        case 4: action = player.receive(.line(WireLine(Noise.octets(upTo: 20, &numbers))))
        case 5:
          let line = ["EHLO a", "DATA", ".", "AUTH PLAIN", "AUTH LOGIN x", "BDAT 3", "QUIT", "RSET", "a"]
          action = player.receive(.line(WireLine(line.randomElement(using: &numbers)!)))
        default: action = player.receive(.done)
        }
      }
    }
  }

  @Test("scripts without surprises satisfy themselves, in either order")
  func mirrored() {
    let parts = [
      "C: NOOP\nS: 250\n", "C: MAIL FROM:<a@example.org>\nC: RCPT TO:<b@example.net>\nS: 250\nS: 250|251\n",
      "> auth\n", "> message\n", "> message\nS: 550 5.7.1\n", "> repeat 3\nC: RSET\nS: 250\n> end\n",
      "> pipeline\nC: VRFY a\nS: 252\nC: VRFY b\nS: 550\n> end\n", "C: DATA\nS: 354\nC: a\nC: ..\nC: .\nS: 250 m\n",
      "C: BDAT 4\nC: ab\nC: BDAT 3 LAST\nC: c\nS: 250\nS: 250\n", "> if code 5yz\nC: HELP\nS: 214\n> end\n",
      "> raw \"NOOP\\r\\nNOOP\\r\\n\"\nS: 250\nS: 250\n",
      "C: AUTH LOGIN\nS: 334 a\nC: YQ==\nS: 334 b\nC: YQ==\nS: 235\n",
      "> starttls\n", "C: EHLO me\nS: 250-x\nS: 250 SIZE 5\n> expect capability SIZE 5\n",
      "> quit\n* closed by peer\n> connect\nS: 220\n", "> drop\n> connect\n", "C: NO\\z\nC: OP\nS: 250\n",
      "> let v = x\nC: VRFY ${v}\nS: 250 ${v}\n", "C: DATA\nS: 554\n", "* deviation warn.x\n",
    ]
    for seed in 1...600 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let text =
        "S: 220 hi\nC: EHLO me\nS: 250\n"
        + (0..<Int.random(in: 0...8, using: &numbers)).map { _ in parts.randomElement(using: &numbers)! }.joined()
        + (Bool.random(using: &numbers) ? "> quit\n" : "")
      var options = ServerPlayerOptions()
      options.level = [MatchLevel.code, .text, .exact].randomElement(using: &numbers)!
      var duet = Duet(client: text, options: options)
      let outcome = duet.play()
      let isFine = outcome.client == nil && outcome.server == nil && !outcome.isStuck
      #expect(isFine, "seed \(seed): \(outcome)\n\(text)")
      if !isFine { return }
    }
  }
}
