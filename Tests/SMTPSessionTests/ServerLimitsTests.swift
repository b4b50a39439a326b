import SMTPSession
import SMTPWire
import Testing

@Suite("The server's limits")
struct ServerLimitsTests {
  @Test("after ten errors each reply is delayed, after twenty the session ends")
  func errors() {
    var server = ServerConversation()
    for _ in 0..<10 { #expect(server.say("A\r\n") == "500 5.5.2 Error: command not recognized|") }
    #expect(server.delays == 0)
    #expect(server.say("NOOP\r\n") == "250 2.0.0 Ok|")
    #expect(server.delays == 1)
    for _ in 0..<9 { _ = server.say("A\r\n") }
    #expect(
      server.say("A\r\nNOOP\r\n")
        == "500 5.5.2 Error: command not recognized|421 4.7.0 mail.example.com Error: too many errors|")
    #expect(server.isClosed)
    #expect(
      server.log.suffix(2) == [
        "too many errors after UNKNOWN from localhost[127.0.0.1]",
        "disconnect from localhost[127.0.0.1] noop=1 unknown=0/20 commands=1/21",
      ])
  }

  @Test("commands that bring no mail become errors in the end")
  func junk() {
    var server = ServerConversation()
    let replies = server.say(String(repeating: "NOOP\r\n", count: 200))
    #expect(replies.split(separator: "|").count == 122)
    #expect(replies.hasSuffix("421 4.7.0 mail.example.com Error: too many errors|"))
  }

  @Test("accepted mail forgives the errors before it")
  func forgiveness() {
    var server = ServerConversation()
    for _ in 0..<9 { _ = server.say("A\r\n") }
    _ = server.say("MAIL FROM:<>\r\nRCPT TO:<bob>\r\nDATA\r\n.\r\n")
    for _ in 0..<10 { _ = server.say("A\r\n") }
    #expect(server.delays == 0)
  }

  @Test("recipients beyond the limit are refused, and are an error only far beyond it")
  func recipients() {
    var configuration = ServerConversation.configuration
    configuration.recipientLimit = 2
    configuration.recipientOvershootLimit = 1
    var server = ServerConversation(configuration)
    _ = server.say("MAIL FROM:<>\r\nRCPT TO:<a>\r\nRCPT TO:<b>\r\n")
    #expect(
      server.say("RCPT TO:<c>\r\nRCPT TO:<d>\r\n")
        == String(repeating: "452 4.5.3 Error: too many recipients|", count: 2))
    _ = server.say("QUIT\r\n")
    #expect(server.log.last?.contains("rcpt=3/4") == true)
  }

  @Test("a message beyond the limit is read to its end, dropped and refused")
  func size() {
    var configuration = ServerConfiguration()
    configuration.sizeLimit = 1000
    var server = ServerConversation(configuration)
    _ = server.say("MAIL FROM:<>\r\nRCPT TO:<bob>\r\nDATA\r\n")
    for _ in 0..<50 { #expect(server.say(String(repeating: "x", count: 78) + "\r\n") == "") }
    #expect(server.message == "")
    #expect(server.say(".\r\nNOOP\r\n") == "552 5.3.4 Error: message file too big|250 2.0.0 Ok|")
    #expect(server.messages.isEmpty)
  }

  @Test("the declared size stays until the transaction is reset, as in Postfix")
  func stickySize() {
    var server = ServerConversation()
    #expect(server.say("MAIL FROM:<a@b> SIZE=99999999\r\n") == "552 5.3.4 Message size exceeds fixed limit|")
    #expect(server.say("MAIL FROM:<a@b>\r\n") == "552 5.3.4 Message size exceeds fixed limit|")
    #expect(server.say("RSET\r\nMAIL FROM:<a@b>\r\n") == "250 2.0.0 Ok|250 2.1.0 Ok|")
    #expect(
      server.log[1]
        == "NOQUEUE: reject: MAIL from localhost[127.0.0.1]: 552 5.3.4 Message size exceeds fixed limit; from=<a@b> proto=SMTP"
    )
  }

  @Test("silence ends the session with 421, also within a message")
  func timeout() {
    var server = ServerConversation()
    _ = server.say("MAIL FROM:<>\r\nRCPT TO:<bob>\r\nDATA\r\nSubject: never ends\r\n")
    server.replies = ""
    server.perform(server.session.timedOut())
    #expect(server.replies == "421 4.4.2 mail.example.com Error: timeout exceeded\r\n")
    #expect(server.isClosed && server.message.isEmpty)
    #expect(
      server.log.suffix(2) == [
        "timeout after DATA (21 bytes) from localhost[127.0.0.1]",
        "disconnect from localhost[127.0.0.1] mail=1 rcpt=1 data=0/1 commands=2/3",
      ])
  }

  @Test("a client that is gone is noted with its last command")
  func lost() {
    var server = ServerConversation()
    server.perform(server.session.peerClosed())
    #expect(
      server.log.suffix(2) == [
        "lost connection after CONNECT from localhost[127.0.0.1]", "disconnect from localhost[127.0.0.1] commands=0/0",
      ])
    #expect(server.say("NOOP\r\n") == "")
  }

  @Test("a stop is told with 421")
  func shutDown() {
    var server = ServerConversation()
    server.replies = ""
    server.perform(server.session.shutDown())
    #expect(server.replies == "421 4.3.2 mail.example.com Service shutting down\r\n")
    #expect(server.isClosed)
  }

  @Test("nothing is done while a delay or a decision is awaited")
  func suspension() {
    var configuration = ServerConfiguration()
    configuration.softErrorLimit = 0
    var session = ServerSession(configuration, client: ServerClient(name: "unknown", address: "::1"))
    _ = session.begin()
    #expect(session.receive(Array("NOOP\r\n".utf8)) == [.delay(.seconds(1))])
    #expect(session.receive(Array("NOOP\r\n".utf8)) == [])
    #expect(
      session.delayElapsed() == [.send(Array("250 2.0.0 Ok\r\n".utf8)), .delay(.seconds(1))])
  }

  @Test("a message has time for its size, a command has not")
  func allowance() {
    var server = ServerConversation()
    #expect(server.session.allowance == .seconds(300))
    _ = server.say("MAIL FROM:<>\r\nRCPT TO:<bob>\r\nDATA\r\n" + String(repeating: "x", count: 998) + "\r\n")
    #expect(server.session.allowance == .seconds(302))
    let requests = server.session.requests
    _ = server.say("more\r\n")
    #expect(server.session.requests == requests)
    _ = server.say(".\r\nNOOP\r\n")
    #expect(server.session.requests > requests)
  }
}
