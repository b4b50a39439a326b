import MTACore
import SMTPSession
import SMTPWire

/// A session whose questions the policy answers, for tests.
struct PolicyConversation {
  var session: ServerSession
  var policy: MTAPolicy
  var log: [String] = []
  var explanations: [MTAExplanation] = []
  var origin: MessageOrigin?
  var message: [UInt8] = []

  init(_ configuration: MTAConfiguration = MTAConfiguration(), from address: String = "127.0.0.1") {
    policy = MTAPolicy(configuration)
    let name = address == "127.0.0.1" ? "localhost" : "unknown"
    session = ServerSession(configuration.session, client: ServerClient(name: name, address: address))
    _ = session.begin()
  }

  /// The replies to some lines, one string with `|` between them.
  mutating func say(_ lines: String...) -> String {
    var replies = ""
    for line in lines {
      var todo = session.receive(Array((line + "\r\n").utf8))[...]
      while let action = todo.popFirst() {
        switch action {
        case .send(let octets): replies += String(decoding: octets, as: UTF8.self)
        case .log(let line): log.append(line)
        case .ask(let query): todo += session.answer(decide(query))
        case .delay: todo += session.delayElapsed()
        case .messageData(let text): message += text
        case .startTLS, .messageDropped, .close: break
        }
      }
    }
    return replies.replacing("\r\n", with: "|")
  }

  private mutating func decide(_ query: ServerQuery) -> ServerAnswer {
    let decision = policy.decide(query, session)
    log += decision.log
    explanations.append(decision.explanation)
    guard query == .endOfMessage else { return decision.answer }
    origin = MessageOrigin(
      session, queueID: "4ABCD1", arrival: MTATime(seconds: 1_136_239_445), configuration: policy.configuration)
    return .queued("4ABCD1")
  }
}
