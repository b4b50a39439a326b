import Failures
import MTACore
import Network
import Testing

@testable import ReferenceMTA

@Suite("The reference MTA running")
struct ReferenceMTARunnerTests {
  /// Starts a server of all kinds in a directory of its own, and stops it after the test.
  private func withServer(
    _ change: (inout ReferenceMTAOptions) -> Void = { _ in },
    _ body: (ReferenceMTARunner, ReferenceMTAPorts, Playground) async throws -> Void
  ) async throws {
    let place = Playground()
    defer { place.remove() }
    var options = ReferenceMTAOptions(
      listeners: [MTAListener(.smtp), MTAListener(.smtps), MTAListener(.submission)], state: place.path,
      log: .file(place.path + "/log"), portFile: place.path + "/ports")
    change(&options)
    let runner = ReferenceMTARunner(options)
    let ports = try await runner.start()
    do {
      try await body(runner, ports, place)
    } catch {
      await runner.stop()
      throw error
    }
    await runner.stop()
  }

  @Test("a message is in the mailbox when its 250 has come, and the log tells its way")
  func message() async throws {
    try await withServer { runner, ports, place in
      var greeting = ""
      let client = try await PlainClient.connect(ports.ports[0].port, greeting: &greeting)
      #expect(greeting == "220 mail.example.com ESMTP Postfix|")
      _ = await client.say("EHLO c")
      let group = "MAIL FROM:<a@example.org>\r\nRCPT TO:<bob@example.com>\r\nRCPT TO:<x@relay.example>\r\nDATA"
      #expect(
        await client.say(group, replies: 4)
          == "250 2.1.0 Ok|250 2.1.5 Ok|454 4.7.1 <x@relay.example>: Relay access denied|354 End data with <CR><LF>.<CR><LF>|"
      )
      #expect(await client.say("Subject: x\r\n\r\n..hi\r\n.").hasPrefix("250 2.0.0 Ok: queued as "))
      let stored = place.onlyMessage(in: "bob")
      #expect(
        stored.hasPrefix(
          "Return-Path: <a@example.org>\nX-Original-To: bob@example.com\nDelivered-To: bob@example.com\nReceived: from c (localhost [127.0.0.1])\n"
        ))
      #expect(stored.contains("\nSubject: x\nMessage-Id: <"))
      #expect(stored.hasSuffix("\n\n.hi\n"))
      #expect(await client.say("QUIT") == "221 2.0.0 Bye|")
      #expect(await client.sawEnd())
      await runner.stop()
      let log = place.read("log")
      for text in [
        "connect from localhost", ": client=localhost[127.0.0.1]", "reject: RCPT", "message-id=<", "(queue active)",
        "status=sent (delivered to maildir)", ": removed", "data=1 quit=1 commands=5/6",
      ] {
        #expect(log.contains(text))
      }
    }
  }

  @Test("the port file names each listener with the port it got")
  func portFile() async throws {
    try await withServer { _, ports, place in
      #expect(ports.ports.map(\.name) == ["smtp", "smtps", "submission"])
      #expect(place.read("ports") == ports.ports.map { "\($0.name) 127.0.0.1 \($0.port)\n" }.joined())
    }
  }

  @Test("STARTTLS and AUTH with the test authority's certificate")
  func startTLS() async throws {
    try await withServer { _, ports, place in
      let client = try await PlainClient.connect(ports.ports[0].port)
      #expect(await client.say("STARTTLS\r\nNOOP") == "220 2.0.0 Ready to start TLS|")
      #expect(try await client.startTLS(ports.authority))
      #expect(!(await client.say("EHLO c")).contains("STARTTLS"))
      #expect(await client.say("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=") == "235 2.7.0 Authentication successful|")
      #expect(
        await client.say("MAIL FROM:<alice@example.com>\r\nRCPT TO:<x@relay.example>\r\nDATA", replies: 3).hasSuffix(
          "|250 2.1.5 Ok|354 End data with <CR><LF>.<CR><LF>|"))
      #expect(await client.say(".").hasPrefix("250"))
      #expect(place.list("outgoing/new").count == 1)
      #expect(place.read("outgoing/new/\(place.list("outgoing/new")[0])").contains("with ESMTPSA id "))
      await client.connection.close()
    }
  }

  @Test("implicit TLS greets under TLS; spoken to in clear, it says nothing")
  func implicitTLS() async throws {
    try await withServer { _, ports, _ in
      let endpoint = Endpoint.tcp(host: "127.0.0.1", port: ports.ports[1].port)
      let client = PlainClient(connection: try await Connection.connect(to: endpoint, until: .now + .seconds(20)))
      #expect(try await client.startTLS(ports.authority, .implicit))
      #expect(await client.replies(1) == "220 mail.example.com ESMTP Postfix|")
      await client.connection.close()
      let clear = PlainClient(connection: try await Connection.connect(to: endpoint, until: .now + .seconds(20)))
      #expect(!(await clear.say("EHLO c")).contains("250"))
      await clear.connection.close()
    }
  }

  @Test("the submission port wants TLS and a login")
  func submission() async throws {
    try await withServer { _, ports, _ in
      let client = try await PlainClient.connect(ports.ports[2].port)
      #expect(await client.say("MAIL FROM:<a@b>") == "530 5.7.0 Must issue a STARTTLS command first|")
      _ = await client.say("STARTTLS")
      #expect(try await client.startTLS(ports.authority))
      #expect(
        await client.say("MAIL FROM:<a@b>\r\nRCPT TO:<bob@example.com>", replies: 2)
          == "250 2.1.0 Ok|554 5.7.1 <bob@example.com>: Recipient address rejected: Access denied|")
      #expect(
        await client.say("RSET\r\nAUTH PLAIN AGJvYgBidWlsZGVy", replies: 2)
          == "250 2.0.0 Ok|235 2.7.0 Authentication successful|")
      #expect(
        await client.say("MAIL FROM:<a@b>\r\nRCPT TO:<bob@example.com>", replies: 2) == "250 2.1.0 Ok|250 2.1.5 Ok|")
      await client.connection.close()
    }
  }

  @Test("a stop ends open sessions with 421")
  func stop() async throws {
    try await withServer { runner, ports, _ in
      let client = try await PlainClient.connect(ports.ports[0].port)
      async let stopped: Void = runner.stop()
      #expect(await client.replies(1) == "421 4.3.2 mail.example.com Service shutting down|")
      #expect(await client.sawEnd())
      await client.connection.close()
      await stopped
      await runner.run()
    }
  }

  @Test("a client that has ended its side gets its reply, and the mail is there")
  func halfClose() async throws {
    try await withServer { _, ports, place in
      let client = try await PlainClient.connect(ports.ports[0].port)
      _ = await client.say("MAIL FROM:<>\r\nRCPT TO:<bob@example.com>\r\nDATA", replies: 3)
      _ = await client.connection.write(Array("hi\r\n.\r\n".utf8), until: .now + .seconds(20))
      await client.connection.closeOutput()
      #expect(await client.replies(1).hasPrefix("250 2.0.0 Ok: queued as "))
      #expect(place.onlyMessage(in: "bob").hasSuffix("\n\nhi\n"))
      await client.connection.close()
    }
  }

  @Test("a mailbox that cannot be written is a 451, not a lost message")
  func unwritable() async throws {
    try await withServer { _, ports, place in
      try FileSystem.replace(place.path + "/mail", with: "in the way")
      let client = try await PlainClient.connect(ports.ports[0].port)
      _ = await client.say("MAIL FROM:<>\r\nRCPT TO:<bob@example.com>\r\nDATA", replies: 3)
      #expect(await client.say("hi\r\n.") == "451 4.3.0 Error: queue file write error|")
      await client.connection.close()
    }
  }

  @Test("another configuration is for connections to come")
  func reload() async throws {
    try await withServer { runner, ports, _ in
      let old = try await PlainClient.connect(ports.ports[0].port)
      var configuration = MTAConfiguration()
      configuration.users = [MTAUser("carol", password: "x")]
      runner.reload(configuration)
      let new = try await PlainClient.connect(ports.ports[0].port)
      #expect(await old.say("VRFY carol").hasPrefix("550"))
      #expect(await new.say("VRFY carol") == "252 2.0.0 carol|")
      await old.connection.close()
      await new.connection.close()
    }
  }

  @Test("a client with too many connections is turned away")
  func crowd() async throws {
    try await withServer {
      $0.maximumConnectionsPerClient = 1
    } _: { _, ports, _ in
      let first = try await PlainClient.connect(ports.ports[0].port)
      var greeting = ""
      let second = try await PlainClient.connect(ports.ports[0].port, greeting: &greeting)
      #expect(greeting == "421 4.7.0 mail.example.com Error: too many connections from 127.0.0.1|")
      #expect(await second.sawEnd())
      await second.connection.close()
      await first.connection.close()
    }
  }

  @Test("what cannot be listened on is named")
  func listenFailure() async throws {
    try await withServer { _, ports, place in
      let options = ReferenceMTAOptions(
        listeners: [MTAListener(.smtp, port: ports.ports[0].port)], state: place.path + "/other", log: .none)
      await #expect { try await ReferenceMTARunner(options).start() } throws: { error in
        (error as? ReferenceMTAFailure)?.name == .listenFailed
      }
    }
  }
}
