import SMTPSession
import SMTPWire

/// What a code means at one stage and not at another.
enum StageMeaning {
  /// Says it, where the stage knows better than the code alone.
  static func refine(_ explanation: inout Explanation, _ reply: Reply, _ situation: SessionSituation) {
    switch (situation.stage, reply.code.rawValue) {
    case (.greeting, 220):
      explanation.cause = "The server is ready; what follows the code is its name, and mostly its software."
      explanation.next = ["EHLO NAME says who you are and asks what the server offers"]
    case (.greeting, 500...599):
      explanation.cause = "The server takes no mail from this client, and says so before anything was sent."
      explanation.next = [
        "is this the right host? The domain's MX records name its mail servers",
        "is the client's address allowed? The server's administrator knows",
      ]
    case (.greeting, 400...499):
      explanation.cause = "The server takes no mail from this client for now, and says so before anything was sent."
      explanation.next = ["connect again in some minutes"]
    case (.command(.ehlo), 500...502):
      explanation.cause = "The server does not know EHLO: it is old, or a firewall between changes the commands."
      explanation.next = ["HELO NAME works everywhere; without EHLO there is no TLS, no login and no SIZE"]
    case (.command(.ehlo), 250), (.command(.lhlo), 250):
      explanation.cause = "The server greets back, and each further line is an extension that it offers."
      explanation.layers += offers(reply)
      explanation.next = greetedNext(situation)
    case (.command(.starttls), 220):
      explanation.cause = "The server is ready for TLS: the handshake comes now, and EHLO again after it."
    case (.command(.vrfy), 252):
      explanation.next = ["RCPT tells as much: MAIL FROM:<>, RCPT TO:<address>, RSET"]
    default: refineMessage(&explanation, reply, situation)
    }
  }

  private static func refineMessage(_ explanation: inout Explanation, _ reply: Reply, _ situation: SessionSituation) {
    switch (situation.stage, reply.code.rawValue) {
    case (.command(.data), 354):
      explanation.next = [
        "send the message, then a line with a lone dot; a line that begins with a dot gets another one before it"
      ]
    case (.endOfData, 200...299):
      explanation.cause = "The server has the message and is responsible for it from now on."
      explanation.next = [
        "the text often names the queue id: it finds the message in the server's log", "another MAIL, or QUIT",
      ]
    case (.endOfData, 400...599):
      explanation.next.insert("the server has read the whole message and did not keep it; no recipient has it", at: 0)
    case (.command(.rcpt), 251):
      explanation.next = ["the recipient has another address, and the message goes there; the sender need do nothing"]
    case (.command(.data), 500...599):
      explanation.next.insert("look at the replies to RCPT: when all were refused, DATA is refused, too", at: 0)
    default: break
    }
  }

  /// What each known extension of an offer is for.
  private static func offers(_ reply: Reply) -> [String] {
    Capabilities(reply).keywords.prefix(200).compactMap { keyword in
      ExtensionTable.entry(keyword.name).map { entry in
        "\(entry.keyword): \(entry.summary)" + (entry.clause.isEmpty ? "" : " (\(entry.clause))")
      }
    }
  }

  private static func greetedNext(_ situation: SessionSituation) -> [String] {
    guard let capabilities = situation.capabilities else { return ["MAIL FROM:<address> begins a message"] }
    if !situation.isSecured, capabilities.offers("STARTTLS") {
      return ["STARTTLS is offered: use it before AUTH and MAIL"]
    }
    if !situation.isAuthenticated, !capabilities.mechanisms.isEmpty { return situation.loginAdvice }
    return ["MAIL FROM:<address> begins a message"]
  }
}
