package import Dialogue
import Failures
package import SASL
package import SMTPClient
package import SMTPSession
import SMTPWire

/// What a script needs besides itself.
package struct ScriptOptions: Sendable {
  /// How closely replies are compared.
  package var level = MatchLevel.code
  /// The name to give with EHLO where the script leaves it open.
  package var greetingName: String
  /// Whether a password, or what is made of one, may be shown to those who read a connection without TLS.
  package var allowsPlaintextAuth = false
  /// Who logs in; nil where nobody does.
  package var credentials: Credentials?
  /// Further variables by name.
  package var variables: [String: String] = [:]
  /// The path of the script, from whose folder the names of messages count.
  package var path = ""
  /// The folders below which the script may name files, besides its own.
  package var allowedFolders: [String] = []
  /// The message for `> message` without a file.
  package var message = MessageSource.octets([])
  /// When to send the lines that stand at a line of the script, counted from the beginning; at once where nothing is said.
  package var times: [Int: Duration] = [:]

  /// Makes options without credentials.
  package init(greetingName: String) {
    self.greetingName = greetingName
  }

  /// The value of a variable; nil when nobody gave one.
  ///
  /// Those of the built-in mechanisms are made of the credentials.
  package func value(of name: String) -> VariableValue? {
    if let text = variables[name] {
      // Whoever gives a credential by its name gives a secret.
      return DialogueVariable.isSecret(name) ? .secret(Array(text.utf8)) : .plain(Array(text.utf8))
    }
    switch name {
    case "ehlo": return .plain(Array(greetingName.utf8))
    case "user": return credentials.map { .plain(Array($0.user.utf8)) }
    case "password": return credentials.map { .secret($0.password.octets) }
    case "auth.plain":
      return credentials.flatMap { credentials in
        var mechanism = PlainMechanism(credentials)
        return mechanism.initialResponse().map { .secret(Base64.encode($0)) }
      }
    case "auth.login.username": return credentials.map { .secret(Base64.encode(Array($0.user.utf8))) }
    case "auth.login.password": return credentials.map { .secret(Base64.encode($0.password.octets)) }
    default: return nil
    }
  }
}

/// How playing a script ended.
package enum ScriptOutcome: Sendable {
  case passed
  /// An expectation was not met, or a step could not be done; then the session's own failure says why.
  case failed(PlayerFailure, cause: SessionFailure?)
}

/// Plays a dialogue as a client against a live server.
package actor ScriptRunner {
  private var player: DialoguePlayer
  private let target: Target
  private let options: ScriptOptions
  private let conversationOptions: ConversationOptions
  private let sink: EventSink
  private let start: ContinuousClock.Instant
  /// When all has to be over; nil without such a time.
  private let end: ContinuousClock.Instant?
  private var conversation: Conversation?
  private var mechanism: (any SASLClientMechanism)?
  private var cause: SessionFailure?

  /// Makes a runner for a script without errors.
  package init(
    script: DialogueScript, target: Target, options: ScriptOptions, conversation: ConversationOptions,
    sink: @escaping EventSink
  ) {
    player = DialoguePlayer(script, level: options.level, variables: options.variables.mapValues { Array($0.utf8) })
    self.target = target
    self.options = options
    conversationOptions = conversation
    let now = ContinuousClock.now
    start = now
    end = conversation.timeouts.total.map { now + $0 }
    self.sink = sink
  }

  /// Plays to the end or to the first expectation that is not met.
  package func run() async -> ScriptOutcome {
    var action = player.start()
    while true {
      switch action {
      case .finished:
        await conversation?.close()
        return .passed
      case .failed(let failure):
        await conversation?.quit()
        return .failed(failure, cause: cause)
      default:
        let asked = ContinuousClock.now
        let input = await perform(action)
        action = player.receive(input, after: ContinuousClock.now - asked)
      }
    }
  }

  private func perform(_ action: PlayerAction) async -> PlayerInput {
    cause = nil
    do {
      return try await attempt(action)
    } catch let failure as SessionFailure {
      cause = failure
      return input(for: failure)
    } catch let failure as MessageFailure {
      return .failed(failure.words)
    } catch {
      return .failed("\(error)")
    }
  }

  private func attempt(_ action: PlayerAction) async throws -> PlayerInput {
    if let end, end <= .now { throw Self.overdue }
    switch action {
    case .connect: try await connect()
    case .send(let send): try await self.send(send)
    case .awaitReply: return .replied(try await current().reply().reply)
    case .startTLS: try await current().startTLS()
    case .authenticate(let mechanism): return .replied(try await authenticate(mechanism))
    case .sendMessage(let file): return .replied(try await sendMessage(file))
    case .wait(let duration): try await sleep(until: .now + duration)
    case .close: await conversation?.close()
    case .reset: await conversation?.abort()
    case .expectClose: return await expectClose()
    case .finished, .failed: break
    }
    return .done
  }

  private static let overdue = SessionFailure(
    .timeoutTotal, at: .command(.other), "timed out: the session as a whole took too long")

  private func sleep(until time: ContinuousClock.Instant) async throws {
    guard let end, end < time else { return try await Task.sleep(until: time, clock: .continuous) }
    try await Task.sleep(until: end, clock: .continuous)
    throw Self.overdue
  }

  private func connect() async throws {
    await conversation?.close()
    var conversationOptions = conversationOptions
    conversationOptions.timeouts.total = end.map { $0 - .now }
    let conversation = Conversation(target: target, options: conversationOptions, start: start, sink: sink)
    self.conversation = conversation
    if let credentials = options.credentials { await conversation.keep(credentials) }
    try await conversation.connect()
  }

  private func current() throws(SessionFailure) -> Conversation {
    guard let conversation else { throw SessionFailure(.connEOF, at: .connect, "the script has not connected") }
    return conversation
  }

  private func send(_ send: PlayerSend) async throws {
    if let time = options.times[send.number] { try await sleep(until: start + time) }
    var lines: [OutgoingLine] = []
    for text in send.lines { lines.append(try await resolve(text)) }
    try await current().send(lines, isBytewise: send.isBytewise)
  }

  /// Puts the values of variables in; those of a challenge mechanism are reckoned from the live challenge.
  private func resolve(_ text: DialogueText) async throws -> OutgoingLine {
    var answers: [String: VariableValue] = [:]
    for case .variable(let name) in text.segments where options.value(of: name) == nil {
      answers[name] = try await answer(name)
    }
    for name in Set(text.variables) { try await refuseExposure(of: name, answers[name]) }
    try refuseOverlong(text, answers)
    return try text.outgoing { options.value(of: $0) ?? answers[$0] }
  }

  /// Ends the session where the values of variables make a line that is longer than any can be.
  private func refuseOverlong(_ text: DialogueText, _ answers: [String: VariableValue]) throws {
    var counts: [String: Int] = [:]
    var total = 0
    for name in text.variables {
      let count = counts[name] ?? (options.value(of: name) ?? answers[name])?.count ?? 0
      counts[name] = count
      total += count
    }
    guard total > DialoguePlayer.maximumLine else { return }
    throw SessionFailure(
      .scriptInvalid, at: .command(.other),
      "a line with its variables is longer than \(DialoguePlayer.maximumLine) octets")
  }

  /// Ends the session where a secret would go out without TLS; an answer that shows none may.
  private func refuseExposure(of name: String, _ answer: VariableValue?) async throws {
    if options.allowsPlaintextAuth { return }
    if answer != nil {
      guard mechanism?.showsSecret == true else { return }
    } else {
      guard case .secret? = options.value(of: name) else { return }
    }
    guard try await current().tlsFacts == nil else { return }
    throw SessionFailure(
      .authPlaintextRefused, at: .command(.auth), "no TLS: ${\(name)} would show a secret to anybody on the way")
  }

  /// The next answer of the mechanism that a variable such as `auth.scram-sha-256.2` names.
  private func answer(_ name: String) async throws -> VariableValue? {
    guard name.hasPrefix("auth."), let credentials = options.credentials else { return nil }
    let conversation = try current()
    let parts = name.dropFirst(5).split(separator: ".")
    let isFirst = parts.count < 2 || parts[1] == "1"
    if isFirst {
      mechanism = SASLClientMechanisms.make(String(parts[0]), credentials, await conversation.saslContext())
    }
    let reply = await conversation.session.lastReply
    let challenge = reply?.code == 334 ? try? Base64.decode(reply?.text ?? []) : nil
    let response =
      isFirst && challenge?.isEmpty != false
      ? mechanism?.initialResponse() ?? mechanism?.respond(to: challenge ?? [])
      : mechanism?.respond(to: challenge ?? [])
    return response.map { .secret(Base64.encode($0)) }
  }

  private func authenticate(_ name: String?) async throws -> Reply {
    let conversation = try current()
    guard let credentials = options.credentials else {
      throw SessionFailure(.authNoCredentials, at: .command(.auth), "this step needs a user and a password")
    }
    let offered = await conversation.session.capabilities?.mechanisms ?? []
    var context = await conversation.saslContext()
    context.allowsPlaintext = options.allowsPlaintextAuth
    var exchange = try AuthExchange.choose(
      named: name, offered: offered, credentials: credentials, context: context
    ).get()
    var line = exchange.start()
    while true {
      try await conversation.send([line])
      let reply = try await conversation.reply().reply
      switch await exchange.answer(reply) {
      case .send(let next): line = next
      case .succeeded: return reply
      case .failed(let failure):
        if failure.name.replyCode != nil { return reply }
        throw failure
      }
    }
  }

  private func sendMessage(_ file: String?) async throws -> Reply {
    let conversation = try current()
    let path = try file.map(messagePath)
    try await conversation.send([OutgoingLine("DATA")])
    let reply = try await conversation.reply()
    guard reply.consequence == .message else { return reply.reply }
    try await conversation.send(path.map(MessageSource.file) ?? options.message)
    return try await conversation.reply().reply
  }

  private func messagePath(_ name: String) throws(SessionFailure) -> String {
    do throws(ScriptFiles.Refusal) {
      return try ScriptFiles(script: options.path, allowing: options.allowedFolders).path(
        of: name, namedIn: player.file)
    } catch {
      throw SessionFailure(.fileUnreadable, at: .message, error.words)
    }
  }

  private func expectClose() async -> PlayerInput {
    guard let conversation else { return .closed }
    return await conversation.awaitClose(within: conversationOptions.timeouts.command) ? .closed : .timeout
  }

  private func input(for failure: SessionFailure) -> PlayerInput {
    switch failure.name {
    case .connEOF, .tlsTruncated: .closed
    case .connReset: .reset
    case let name where name.isTimeout: .timeout
    default: failure.deviation.map { .broken($0, lines: failure.lines) } ?? .failed(failure.summary)
    }
  }
}
