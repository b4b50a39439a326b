import SASL
import SMTPSession
import SMTPWire
import TestPeers

/// A server's session with somebody who decides plainly, for tests.
struct ServerConversation {
  var session: ServerSession
  var replies = ""
  var log: [String] = []
  var message = ""
  var messages: [String] = []
  var delays = 0
  var handshakes = 0
  var isClosed = false
  /// What the back end says, one step for each message.
  var steps: [SASLServerStep] = []
  /// What the back end was told.
  var forwarded: [SASLForward] = []

  init(_ configuration: ServerConfiguration = ServerConversation.configuration, implicitTLS: Bool = false) {
    session = ServerSession(configuration, client: ServerClient(name: "localhost", address: "127.0.0.1"))
    session.sasl = SASLServerContext(digests: .test(random: [9, 8, 7]))
    perform(session.begin(implicitTLS: implicitTLS))
  }

  /// A server that offers everything.
  static var configuration: ServerConfiguration {
    var configuration = ServerConfiguration()
    configuration.tls = .may
    configuration.mechanisms = ["PLAIN", "LOGIN"]
    return configuration
  }

  /// The replies to some input, one string with `|` between the lines.
  mutating func say(_ text: String) -> String {
    say(Array(text.utf8))
  }

  mutating func say(_ octets: [UInt8]) -> String {
    replies = ""
    perform(session.receive(octets))
    return replies.replacing("\r\n", with: "|")
  }

  mutating func perform(_ actions: [ServerAction]) {
    var todo = actions[...]
    while let action = todo.popFirst() {
      switch action {
      case .send(let octets): replies += String(decoding: octets, as: UTF8.self)
      case .log(let line): log.append(line)
      case .startTLS(let reply):
        replies += String(decoding: reply, as: UTF8.self)
        handshakes += 1
        let facts = ServerTLSFacts(version: "TLSv1.3", cipher: "X", cipherBits: 256)
        todo += session.tlsEstablished(facts, bindings: SASLChannelBindings(exporter: [5]))
      case .ask(let query): todo += session.answer(decide(query))
      case .delay:
        delays += 1
        todo += session.delayElapsed()
      case .messageData(let text): message += String(decoding: text, as: UTF8.self)
      case .messageDropped: message = ""
      case .close: isClosed = true
      }
    }
  }

  private mutating func decide(_ query: ServerQuery) -> ServerAnswer {
    switch query {
    case .address(let address, _, _): return address.octets.last == UInt8(ascii: "@") ? .badAddress : .accept
    case .sender, .data: return .accept
    case .recipient(let recipient): return judge(recipient.address)
    case .verify(let address): return judge(address)
    case .endOfMessage:
      messages.append(message)
      message = ""
      return .queued("4AB")
    case .etrn(let domain):
      if domain.isEmpty { return .badAddress }
      return domain.equalsIgnoringCase("example.com")
        ? .accept : .refuse(Reply(459, "<\(String(decoding: domain, as: UTF8.self))>: service unavailable"))
    case .lookup(let lookup):
      return .found(
        lookup.user == "alice" ? .password(Secret(name: "password", octets: Array("wonderland".utf8))) : .unknown)
    case .forward(let message):
      forwarded.append(message)
      return .sasl(steps.removeFirst())
    case .credentials(let credentials):
      let isRight = credentials.user == "alice" && credentials.password.octets == Array("wonderland".utf8)
      return isRight ? .loggedIn("alice") : .authenticationFailed(.wrong(user: credentials.user))
    }
  }

  private func judge(_ address: ServerAddress) -> ServerAnswer {
    address.localPart.equalsIgnoringCase("nobody")
      ? .refuse(Reply(550, "5.1.1 <nobody@example.com>: Recipient address rejected: User unknown")) : .accept
  }
}
