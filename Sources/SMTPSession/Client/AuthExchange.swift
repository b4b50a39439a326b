import Failures
package import SASL
package import SMTPWire

/// One AUTH command from its first line to its verdict (RFC 4954 §4).
///
/// A mechanism knows how many answers it has; a server that asks for more is told `*` and the exchange fails. A
/// server whose challenge is wrong is told the same; nothing that it says afterwards counts as success.
package struct AuthExchange: Sendable {
  /// What comes next.
  package enum Step: Hashable, Sendable {
    case send(OutgoingLine)
    case succeeded
    case failed(SessionFailure)
  }

  /// The mechanism's name.
  package var mechanismName: String { mechanism.name }

  private enum State: Sendable {
    case ready
    /// So many answers have been given.
    case answering(Int)
    /// `*` was sent because of this; the server's 501 ends the exchange.
    case cancelling(SessionFailure)
    case done
  }

  /// Why `*` was sent; nil when it was not.
  package var cancellation: SessionFailure? { if case .cancelling(let failure) = state { failure } else { nil } }

  private var mechanism: any SASLClientMechanism
  /// The mechanism before it said anything, to begin again with its name alone; nil when that is not to be tried.
  private var unspoken: (any SASLClientMechanism)?
  private var state = State.ready

  /// Makes an exchange that has not begun.
  package init(_ mechanism: any SASLClientMechanism) {
    self.mechanism = mechanism
    unspoken = SASLMechanismTable.entry(mechanism.name)?.mayStartBare == true ? mechanism : nil
  }

  /// Whether the answer to the next reply may take seconds to compute: not to be done where others wait.
  package var reckonsLong: Bool {
    if case .answering = state { mechanism.reckonsLong } else { false }
  }

  /// Whether who reads the wire could log in with what this exchange sends.
  package var showsSecret: Bool { mechanism.showsSecret }

  /// The AUTH command, with the initial response where the mechanism has one and it fits into a line.
  package mutating func start() -> OutgoingLine {
    let head = Array("AUTH \(mechanism.name)".utf8)
    var trial = mechanism
    guard let response = trial.initialResponse() else {
      state = .answering(0)
      return OutgoingLine(head)
    }
    let text = Base64.encode(response)
    // RFC 4954 §4: a command line has 512 octets at most; what does not fit waits for the challenge.
    guard head.count + text.count + 3 <= 512 else {
      state = .answering(0)
      return OutgoingLine(head)
    }
    mechanism = trial
    state = .answering(1)
    // RFC 4954 §4: a lone `=` is the empty response.
    guard !text.isEmpty else { return OutgoingLine(head + Array(" =".utf8)) }
    return OutgoingLine([.octets(head + [UInt8(ascii: " ")]), .secret(secret(text, response: 1))])
  }

  /// Takes the server's reply to the last line in.
  package mutating func receive(_ reply: Reply) -> Step {
    switch state {
    case .cancelling(let failure):
      state = .done
      return .failed(failure)
    case .answering(let given):
      if reply.code == 334 { return answer(reply, given) }
      if given == 1, [501, 504].contains(reply.code), let unspoken { return startBare(unspoken) }
      return finish(reply)
    case .ready, .done:
      return .failed(.unexpected(reply, at: .command(.auth), wanted: "nothing"))
    }
  }

  /// Begins again with the mechanism's name alone: the server did not take the first message in the same line.
  private mutating func startBare(_ mechanism: any SASLClientMechanism) -> Step {
    (self.mechanism, unspoken) = (mechanism, nil)
    state = .answering(0)
    return .send(OutgoingLine("AUTH \(mechanism.name)"))
  }

  private mutating func finish(_ reply: Reply) -> Step {
    state = .done
    if reply.code == 235 {
      guard mechanism.isComplete else {
        let summary = "the server said 235 before \(mechanism.name) was through"
        return .failed(Self.failure(.authUnexpectedSuccess, summary, lines: reply.lines))
      }
      return .succeeded
    }
    if reply.code == 421 { return .failed(.refused(reply, at: .command(.auth))) }
    guard reply.code.isFailure else { return .failed(.unexpected(reply, at: .command(.auth), wanted: "235 or 334")) }
    let summary = mechanism.remark.map { "authentication failed: \($0)" } ?? refusal(reply)
    return .failed(SessionFailure(.smtp(reply.code), at: .command(.auth), summary, lines: reply.lines))
  }

  /// What a refusal is about: it is not always the credentials (RFC 4954 §4, §6).
  private func refusal(_ reply: Reply) -> String {
    let words = String(decoding: Array(reply.texts.joined(separator: [0x20])), as: UTF8.self).uppercased()
    let wantsTLS = words.contains("STARTTLS") || words.contains("ENCRYPT") || words.contains("TLS")
    switch (reply.code, reply.enhancedStatusCode?.description) {
    case (530, _) where wantsTLS, (538, _), (_, "5.7.11"):
      return "no login without encryption: the server wants STARTTLS before AUTH"
    case (530, _): return "AUTH was refused: the server wants something else before it"
    case (504, _), (_, "5.5.4"): return "the server does not take the mechanism \(mechanism.name)"
    case (534, _), (_, "5.7.9"): return "the server wants another mechanism than \(mechanism.name)"
    case (432, _): return "the server wants a password transition: log in by PLAIN once"
    case (500, _), (502, _): return "the server does not know AUTH"
    case (503, _): return "AUTH was refused: it is not the time for it"
    case (501, _): return "the server could not read what \(mechanism.name) sent"
    case (454, _): return "the server cannot check the login now"
    case _ where reply.code.isTransientFailure: return "the login was refused for now"
    default: return "authentication failed: the server refused the credentials or the mechanism"
    }
  }

  private mutating func answer(_ reply: Reply, _ given: Int) -> Step {
    guard let challenge = challenge(in: reply, given) else {
      return cancel(Self.failure(.authBadChallenge, "the server's challenge is not base64", lines: reply.lines))
    }
    guard let response = mechanism.respond(to: challenge) else {
      if let problem = mechanism.problem {
        return cancel(Self.failure(mechanism.problemName, problem, lines: reply.lines))
      }
      let summary = "the server asks again (334) though \(mechanism.name) has no more to say: a login loop"
      return cancel(Self.failure(.authLoop, summary, lines: reply.lines))
    }
    state = .answering(given + 1)
    let text = Base64.encode(response)
    return .send(isPublic(response) ? OutgoingLine(text) : OutgoingLine([.secret(secret(text, response: given + 1))]))
  }

  /// The challenge in a 334; a prompt in words is as good as any other where its text does not matter.
  private func challenge(in reply: Reply, _ given: Int) -> [UInt8]? {
    if let challenge = try? Base64.decode(reply.text) { return challenge }
    var trial = mechanism
    let begins = given == 0 && trial.initialResponse() != nil
    let ignores = SASLMechanismTable.entry(mechanism.name)?.ignoresPrompts == true && !mechanism.isComplete
    return begins || ignores ? [] : nil
  }

  /// Whether an answer says nothing: an empty one, or the octet with which OAUTHBEARER takes a refusal in.
  private func isPublic(_ response: [UInt8]) -> Bool {
    response.isEmpty || (response == [1] && mechanism.remark != nil)
  }

  private mutating func cancel(_ failure: SessionFailure) -> Step {
    state = .cancelling(failure)
    return .send(OutgoingLine("*"))
  }

  private func secret(_ text: [UInt8], response: Int) -> Secret {
    Secret(name: SASLMechanismTable.variable(mechanism.name, answer: response), octets: text)
  }

  static func failure(_ name: FailureName, _ summary: String, lines: [WireLine] = []) -> SessionFailure {
    SessionFailure(name, at: .command(.auth), summary, lines: lines)
  }
}
