import SMTPWire

/// The client's lines of a login as they are built, and the challenges that they answer.
package struct SASLLoginLines: Sendable {
  /// The mechanism, as far as it has come.
  package private(set) var client: any SASLClientMechanism
  /// AUTH, and what follows without a challenge to wait for.
  package private(set) var first: [String] = []
  /// The answers to the challenges.
  package private(set) var answers: [String] = []
  /// All lines with the challenges between them.
  package private(set) var transcript: [String] = []

  /// Begins a login.
  package init(_ client: any SASLClientMechanism) {
    self.client = client
    let response = self.client.initialResponse().map { String(decoding: Base64.encode($0), as: UTF8.self) }
    let head = "AUTH \(client.name)"
    switch response {
    case nil: first = [head]
    case "": first = [head + " ="]
    case let text? where head.utf8.count + text.utf8.count + 3 > 512: first = [head, text]
    case let text?: first = ["\(head) \(text)"]
    }
    transcript = first
  }

  /// Answers a challenge; gives the reason where it cannot be answered.
  package mutating func respond(to challenge: [UInt8]) -> String? {
    guard let response = client.respond(to: challenge) else {
      return client.problem ?? "\(client.name) has no more to say: the challenge is one too many"
    }
    transcript.append("334 " + String(decoding: Base64.encode(challenge), as: UTF8.self))
    answers.append(String(decoding: Base64.encode(response), as: UTF8.self))
    transcript.append(answers.last ?? "")
    return nil
  }

  /// Gives the answers that no prompt changes, where the server says the same to everybody (LOGIN).
  package mutating func answerPrompts() {
    guard let entry = SASLMechanismTable.entry(client.name), entry.proof == .password else { return }
    let hasSpoken = first != ["AUTH \(client.name)"]
    for prompt in (entry.prompts ?? []).dropFirst(hasSpoken ? 1 : 0) where !client.isComplete {
      _ = respond(to: Array(prompt.utf8))
    }
    first += answers
  }
}
