import MTACore
import Network
import SASL
import SMTPSession
import TLSEngine

/// Runs the session of one connection: reads, writes, TLS, deadlines, decisions, storing.
struct ServerSessionRunner {
  private let connection: Connection
  private let context: ServerContext
  private let policy: MTAPolicy
  private let kind: MTAListener.Kind
  private var session: ServerSession
  private var backEnd: DovecotAuthRunner?
  private var output: [UInt8] = []
  private var message: [UInt8] = []
  private var queueID: String?
  private var arrival = SystemClock.now
  private var deadline = ContinuousClock.now
  private var begun = ContinuousClock.now
  private var request = -1

  /// Makes the runner of a connection that has just been accepted.
  init(_ connection: Connection, _ kind: MTAListener.Kind, _ context: ServerContext) {
    self.connection = connection
    self.kind = kind
    self.context = context
    policy = MTAPolicy(context.configuration(for: kind), digests: context.sasl.digests)
    session = ServerSession(policy.configuration.session, client: Self.client(connection.remoteAddress))
    session.sasl = context.sasl
    session.sasl.realm = policy.configuration.realm
  }

  /// Serves until either side ends.
  mutating func run() async {
    guard context.limits.acquire(session.client.address) else {
      return await perform(session.refuseConnection())
    }
    defer { context.limits.release(session.client.address) }
    guard await openBackEnd() else { return }
    await perform(session.begin(implicitTLS: kind == .smtps))
    while !session.isEnded {
      setDeadline()
      switch await connection.read(until: deadline) {
      case .bytes(let octets): await perform(session.receive(octets))
      case .ended: await perform(session.peerClosed())
      case .timedOut: await perform(session.timedOut())
      case .cancelled: await perform(session.shutDown())
      }
    }
    await backEnd?.close()
  }

  /// Asks who speaks the mechanisms of AUTH which these are. As in Postfix, there is no session where it cannot be asked.
  private mutating func openBackEnd() async -> Bool {
    let configuration = policy.configuration
    guard configuration.authBackEnd == .dovecot, configuration.session.authEnabled else { return true }
    var runner = DovecotAuthRunner(socket: configuration.authSocket, directory: context.state)
    if let words = await runner.open() {
      context.log.write("connect from \(session.client)")
      context.log.write("warning: SASL: \(words)")
      context.log.write("fatal: no SASL authentication mechanisms")
      return false
    }
    session.sasl.backEnd = runner.offers
    backEnd = runner
    return true
  }

  /// A command has one deadline, not one for each octet; a server under stress is less patient.
  private mutating func setDeadline() {
    if session.requests != request {
      request = session.requests
      begun = .now
    }
    let allowance = context.limits.isUnderStress ? min(session.allowance, .seconds(10)) : session.allowance
    deadline = begun + allowance
  }

  private mutating func perform(_ actions: [ServerAction]) async {
    var todo = actions[...]
    while let action = todo.popFirst() {
      switch action {
      case .send(let octets): output += octets
      case .log(let text): context.log.write(text)
      case .ask(let query): todo += session.answer(await answer(query))
      case .delay(let duration):
        await flush()
        try? await Task.sleep(for: duration)
        todo += session.delayElapsed()
      case .messageData(let text): message += text
      case .messageDropped: message = []
      case .startTLS(let reply): todo += await startTLS(reply)
      case .close:
        await flush()
        await connection.finish(until: .now + .seconds(1))
      }
    }
    await flush()
  }

  /// Everything that was said goes out in one write.
  private mutating func flush() async {
    guard !output.isEmpty else { return }
    let octets = output
    output.removeAll(keepingCapacity: true)
    let (connection, deadline) = (connection, ContinuousClock.now + policy.configuration.session.timeout)
    // A task of its own, for the last words of a server that stops are said when this task is cancelled already.
    let write = { @Sendable in _ = await connection.write(octets, until: deadline) }
    if Task.isCancelled { await Task(operation: write).value } else { await write() }
  }

  private mutating func startTLS(_ reply: [UInt8]) async -> [ServerAction] {
    guard let tls = await context.certificates.context() else {
      context.log.write("warning: TLS is not available: \(context.certificates.failureWords ?? "no certificate")")
      return session.tlsFailed()
    }
    let mode = reply.isEmpty ? TLSStartMode.implicit : .upgrade(sendingFirst: output + reply)
    output = []
    let start = await connection.startTLS(tls, mode: mode, until: .now + session.allowance)
    guard case .established(let facts, let verification) = start.outcome else { return session.tlsFailed() }
    var told = ServerTLSFacts(
      version: facts.version.name, cipher: facts.cipher, cipherBits: facts.cipherBits, group: facts.group,
      serverSignature: facts.signatureAlgorithm)
    told.clientCertificate = certificate(facts, verification)
    return session.tlsEstablished(
      told, bindings: await bindings(), certificateUser: certificateUser(told.clientCertificate))
  }

  private func certificate(_ facts: TLSFacts, _ verification: TLSVerification) -> ServerTLSFacts.ClientCertificate {
    guard policy.configuration.asksCertificate else { return .notRequested }
    guard let own = facts.chain.first else { return .absent }
    let isVerified = if case .verified = verification { true } else { false }
    return .shown(commonName: own.commonName ?? "", issuer: own.issuerCommonName ?? "", isVerified: isVerified)
  }

  /// The user whose name a verified certificate bears; Dovecot knows its users itself.
  private func certificateUser(_ certificate: ServerTLSFacts.ClientCertificate) -> String? {
    guard case .shown(let name, _, isVerified: true) = certificate, !name.isEmpty else { return nil }
    return backEnd != nil ? name : policy.user(named: name)?.name
  }

  /// What a login can be tied to, where a mechanism asks for it.
  private func bindings() async -> SASLChannelBindings {
    guard policy.configuration.session.mechanisms.contains(where: { $0.hasSuffix("-PLUS") }) else { return .none }
    return SASLChannelBindings(
      exporter: await connection.tlsChannelBinding(.exporter),
      serverEndPoint: await connection.tlsChannelBinding(.serverEndPoint))
  }

  // MARK: Decisions

  private mutating func answer(_ query: ServerQuery) async -> ServerAnswer {
    if case .endOfMessage = query { return await store() }
    if case .forward(let message) = query { return .sasl(await forward(message)) }
    let decision = await decide(query)
    for line in decision.log { context.log.write(line) }
    switch query {
    case .sender:
      queueID = nil
      arrival = SystemClock.now
    case .recipient where decision.answer == .accept && queueID == nil: openMessage()
    default: break
    }
    return decision.answer
  }

  /// What compares passwords with verifiers takes long, and others are served meanwhile.
  private func decide(_ query: ServerQuery) async -> MTADecision {
    let (policy, session, queueID) = (policy, session, queueID)
    guard case .credentials = query else { return policy.decide(query, session, queueID: queueID) }
    return await offNetworkLoop { policy.decide(query, session, queueID: queueID) }
  }

  private mutating func forward(_ message: SASLForward) async -> SASLServerStep {
    var facts = DovecotAuthFacts(remoteAddress: session.client.address, isSecured: session.tls != nil)
    facts.localAddress = Self.client(connection.localAddress).address
    facts.certificateName = session.sasl.certificateUser
    return await backEnd?.ask(message, facts) ?? .failed(SASLFailure("no mechanism available"))
  }

  /// The first accepted recipient gives the message its id.
  private mutating func openMessage() {
    let id = MessageStore.nextQueueID(SystemClock.now)
    queueID = id
    let login = session.login.map { ($0.method, $0.user) }
    context.log.write(LogText.client(id, "\(session.client)", login: login))
  }

  private mutating func store() async -> ServerAnswer {
    let id = queueID ?? MessageStore.nextQueueID(SystemClock.now)
    let origin = MessageOrigin(session, queueID: id, arrival: arrival, configuration: policy.configuration)
    let text = message
    message = []
    queueID = nil
    let store = MessageStore(policy: policy, state: context.state, log: context.log)
    return await store.store(text, origin, recipients: session.transaction?.recipients ?? [])
  }

  /// Who is at the other end of `192.0.2.1:25` or `[2001:db8::1]:25`.
  private static func client(_ address: String) -> ServerClient {
    let host = address.lastIndex(of: ":").map { String(address[..<$0].filter { $0 != "[" && $0 != "]" }) } ?? address
    let isLoopback = host == "127.0.0.1" || host == "::1" || host == "unix"
    return ServerClient(name: isLoopback ? "localhost" : "unknown", address: host == "unix" ? "127.0.0.1" : host)
  }
}
