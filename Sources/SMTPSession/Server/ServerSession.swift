package import SASL
import SMTPWire

/// The server's side of a conversation: what is said, in which order, and when it ends, as Postfix 3.7 does.
///
/// It does no input or output. Each input gives the actions that follow from it; a query suspends it until `answer`, a
/// delay until `delayElapsed`, and what the client sends meanwhile waits. Decisions about senders, recipients and
/// passwords belong to whom it asks.
package struct ServerSession: Sendable {
  /// What the session offers and limits.
  package let configuration: ServerConfiguration
  /// Who is at the other end.
  package let client: ServerClient
  /// The name in HELO or EHLO, with what could deceive in a header replaced; nil before it.
  package internal(set) var helloName: String?
  /// Whether the client said EHLO.
  package internal(set) var isExtended = false
  /// The facts of TLS; nil in clear.
  package internal(set) var tls: ServerTLSFacts?
  /// Who has logged in; nil for nobody.
  package internal(set) var login: ServerLogin?
  /// The transaction; nil outside of one.
  package internal(set) var transaction: ServerTransaction?
  /// Counts the client's commands, messages and chunks: a new deadline begins with each.
  package internal(set) var requests = 0

  /// What the mechanisms of AUTH may know; to be set before the session begins.
  package var sasl = SASLServerContext()

  var phase = Phase.idle
  var framer: LineFramer
  /// A line that was cut at the limit; the rest of it is thrown away.
  var cutLine: WireLine?
  var current: ServerStatistics.Kind?
  var statistics = ServerStatistics()
  /// The last command, as the log names it.
  var place = "CONNECT"
  var errors = 0
  var junk = 0
  /// Recipients beyond the limit.
  var overshoot = 0
  /// The declared size stays until the transaction ends, even if MAIL was refused.
  var declaredSize = 0
  /// Whether the command that is being answered counts as an error.
  var pendingIsError = false
  var chunks = ChunkState.none
  /// Octets of the message so far, each line counted with CRLF.
  var messageSize = 0
  var isOversize = false
  /// Whether the text so far ends in the middle of a line.
  var endsWithinLine = false
  /// Whether a chunk's last octet was a carriage return, which may belong to the next chunk's line feed.
  var endsWithReturn = false
  /// Whether message data has been handed on that nobody has decided about.
  var holdsMessage = false
  /// Whether the client's first line ended in a bare LF.
  var writesBareLineFeeds: Bool?
  var hasLoggedPipelining = false
  var actions: [ServerAction] = []

  /// What the session is doing.
  enum Phase: Sendable {
    case idle
    case command
    case asking(Question)
    case delaying(Reply, Continuation)
    case handshake
    case message(DotStuffDecoder)
    case chunk(remaining: Int, isLast: Bool, count: Int, refusal: Reply?)
    case authenticating(any SASLServerMechanism, method: String)
    case ended
  }

  /// Which answer is awaited, and what it is for.
  enum Question: Sendable {
    case senderSyntax(ServerAddress, [ServerWord])
    case recipientSyntax(ServerAddress, [ServerWord])
    case sender(ServerSender)
    case recipient(ServerRecipient)
    case data
    case chunk(count: Int, isLast: Bool)
    case endOfMessage(byChunk: Bool)
    case verifySyntax(ServerAddress, [UInt8])
    case verify([UInt8])
    case etrn(String)
    case credentials(method: String)
    case lookup(any SASLServerMechanism, method: String)
    case forward(any SASLServerMechanism, method: String)
  }

  /// What comes after a reply.
  enum Continuation: Sendable {
    case command
    case message
    case handshake
    case response(any SASLServerMechanism, method: String)
    case hangUp
  }

  /// Whether BDAT is going on.
  enum ChunkState: Sendable { case none, receiving, failed }

  /// Makes the session of a client that has just connected.
  package init(_ configuration: ServerConfiguration, client: ServerClient) {
    self.configuration = configuration
    self.client = client
    framer = LineFramer(limit: max(configuration.lineLimit, configuration.responseLimit))
  }

  /// Whether nothing more will happen.
  package var isEnded: Bool { if case .ended = phase { true } else { false } }

  /// The protocol's name in log lines.
  package var protocolName: String { isExtended ? "ESMTP" : "SMTP" }

  /// How long the present command, message or chunk may take in all: a message gets time for its size, at 500 octets a
  /// second, so that a client that drips cannot hold the session for ever.
  package var allowance: Duration { configuration.timeout + .milliseconds(messageSize * 2) }

  /// Begins: greets, or asks for TLS first.
  package mutating func begin(implicitTLS: Bool = false) -> [ServerAction] {
    guard case .idle = phase else { return [] }
    log("connect from \(client)")
    if implicitTLS {
      phase = .handshake
      actions.append(.startTLS(reply: []))
    } else {
      greet()
    }
    return flush()
  }

  /// Turns a client away that has too many connections.
  package mutating func refuseConnection() -> [ServerAction] {
    guard case .idle = phase else { return [] }
    log("connect from \(client)")
    log("warning: Connection concurrency limit exceeded: from \(client)")
    send(Reply(421, "4.7.0 \(configuration.hostname) Error: too many connections from \(client.address)"))
    end()
    return flush()
  }

  /// Takes what the client sent in.
  package mutating func receive(_ octets: some Collection<UInt8>) -> [ServerAction] {
    switch phase {
    case .idle, .handshake, .ended: return []
    default: break
    }
    framer.append(octets)
    proceed()
    return flush()
  }

  /// Takes the answer to the last query in.
  package mutating func answer(_ answer: ServerAnswer) -> [ServerAction] {
    guard case .asking(let question) = phase else { return [] }
    phase = .command
    decided(question, answer)
    proceed()
    return flush()
  }

  /// Goes on after a delay.
  package mutating func delayElapsed() -> [ServerAction] {
    guard case .delaying(let reply, let next) = phase else { return [] }
    phase = .command
    deliver(reply, then: next)
    proceed()
    return flush()
  }

  /// TLS is up: the session starts over (RFC 3207 §4.2).
  ///
  /// - Parameters:
  ///   - bindings: What a login can be tied to.
  ///   - certificateUser: Whose the client's certificate is; nil without one that is verified.
  package mutating func tlsEstablished(
    _ facts: ServerTLSFacts, bindings: SASLChannelBindings = .none, certificateUser: String? = nil
  ) -> [ServerAction] {
    guard case .handshake = phase else { return [] }
    tls = facts
    sasl.bindings = bindings
    sasl.certificateUser = certificateUser
    helloName = nil
    isExtended = false
    login = nil
    endTransaction()
    if place == "CONNECT" { greet() }
    phase = .command
    return flush()
  }

  /// The handshake failed.
  package mutating func tlsFailed() -> [ServerAction] {
    guard case .handshake = phase else { return [] }
    log("SSL_accept error from \(client): -1")
    return lost("lost connection")
  }

  /// The client was silent, or slow, for too long.
  package mutating func timedOut() -> [ServerAction] {
    guard !isEnded else { return [] }
    if case .handshake = phase { return tlsFailed() }
    send(Reply(421, "4.4.2 \(configuration.hostname) Error: timeout exceeded"))
    return lost("timeout")
  }

  /// The client is gone.
  package mutating func peerClosed() -> [ServerAction] {
    isEnded ? [] : lost("lost connection")
  }

  /// The server stops.
  package mutating func shutDown() -> [ServerAction] {
    guard !isEnded else { return [] }
    dropMessage()
    if case .handshake = phase {} else { send(Reply(421, "4.3.2 \(configuration.hostname) Service shutting down")) }
    end()
    return flush()
  }

  private mutating func greet() {
    send(Reply(220, configuration.banner))
    phase = .command
  }

  private mutating func lost(_ what: String) -> [ServerAction] {
    var detail = place
    if case .message = phase { detail += " (\(messageSize) bytes)" }
    log("\(what) after \(detail) from \(client)")
    dropMessage()
    end()
    return flush()
  }

  /// Works on what has been received until more is needed or something else comes first.
  private mutating func proceed() {
    while step() {}
  }

  private mutating func step() -> Bool {
    switch phase {
    case .idle, .asking, .delaying, .handshake, .ended: return false
    case .command, .authenticating: return nextLine()
    case .message: return takeMessage()
    case .chunk: return takeChunk()
    }
  }

  private mutating func nextLine() -> Bool {
    guard let piece = framer.next() else { return false }
    if piece.ending == .none {
      if cutLine == nil { cutLine = piece }
      return true
    }
    var line = cutLine.map { WireLine($0.octets, ending: piece.ending) } ?? piece
    if cutLine != nil || line.octets.count > lineLimit {
      line.octets = Array(line.octets.prefix(lineLimit))
      logCut(line)
    }
    cutLine = nil
    requests += 1
    took(line)
    return true
  }

  private mutating func took(_ line: WireLine) {
    if writesBareLineFeeds == nil { writesBareLineFeeds = line.ending == .bareLF }
    if line.ending == .bareLF, refusesBareLineFeedInCommand {
      log("NOQUEUE: reject: \(place) from \(client): bare <LF> received; \(envelopeForLog(recipient: nil))")
      send(Reply(550, "5.5.2 \(configuration.hostname) Error: bare <LF> received"))
      return end()
    }
    if case .authenticating(let mechanism, let method) = phase {
      tookResponse(line.octets, mechanism, method)
    } else {
      tookCommand(line.octets)
    }
  }

  private var refusesBareLineFeedInCommand: Bool {
    switch configuration.bareLineFeed {
    case .accept, .normalize: false
    case .reject: true
    case .consistent: writesBareLineFeeds == false
    }
  }

  /// Answers to challenges may be longer than commands.
  private var lineLimit: Int {
    if case .authenticating = phase { configuration.responseLimit } else { configuration.lineLimit }
  }

  private mutating func logCut(_ line: WireLine) {
    var beginning = ServerReplies.printable(line.octets.prefix(30))
    // An answer to a challenge may be a secret, and so may what stands behind AUTH.
    if case .authenticating = phase { beginning = "" }
    if Command(line.octets.prefix(30)).verb == .auth { beginning = "AUTH" }
    log("warning: \(client): request longer than \(lineLimit): \(beginning)...")
  }
}
