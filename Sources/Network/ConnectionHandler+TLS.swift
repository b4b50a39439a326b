import NIOCore
import TLSEngine

extension ConnectionHandler {
  /// Switches to TLS in one step, writing `mode`'s answer before it in clear; gives what had arrived in clear.
  func beginTLS(_ engine: TLSEngine, _ mode: TLSStartMode) -> [UInt8] {
    let early = inbox.takeBytes()
    if case .upgrade(let answer) = mode, !answer.isEmpty, let context {
      context.writeAndFlush(NIOAny(context.channel.allocator.buffer(bytes: answer)), promise: nil)
    }
    tls = engine
    handle(engine.start())
    if mode == .implicit { handle(engine.receive(early)) }
    if inbox.end == .closed { handle(engine.receiveEnd()) }
    if let end = inbox.end { endHandshake(.ended(end)) }
    fetch()
    return mode == .implicit ? [] : early
  }

  /// Ends `wait` when the handshake that was begun has ended.
  func awaitHandshake(
    _ wait: LoopWait<TLSStart.Outcome>, until deadline: ContinuousClock.Instant, on loop: any EventLoop
  ) {
    if let outcome = handshakeOutcome { return _ = wait.end(outcome) }
    if wait.ticket.isCancelled { return _ = wait.end(.cancelled) }
    wait.atDeadline(deadline, on: loop) { [self] in
      guard handshake === wait else { return }
      if let tls { handle(tls.receiveSilence()) }
      endHandshake(.timedOut)
    }
    handshake = wait
  }

  /// Notes how the handshake ended; the first time counts.
  func endHandshake(_ outcome: TLSStart.Outcome) {
    if handshakeOutcome == nil { handshakeOutcome = outcome }
    handshake?.end(outcome)
    handshake = nil
  }

  /// Takes ciphertext from the network.
  func receiveTLS(_ buffer: ByteBuffer) {
    guard let tls else { return }
    handle(buffer.withUnsafeReadableBytes { tls.receive($0) })
  }

  /// Sends what TLS wants sent, and takes what it says.
  func handle(_ events: [TLSEvent]) {
    flushTLS()
    for event in events {
      switch event {
      case .established(let facts, let verification): endHandshake(.established(facts, verification))
      case .plaintext(let bytes): inbox.append(bytes)
      case .peerClosed: inbox.end(.closed)
      case .failed(let failure):
        inbox.end(ConnectionEnd(failure))
        endHandshake(.failed(failure))
      }
    }
  }

  /// Sends what TLS wants sent.
  func flushTLS() {
    guard let tls, let context else { return }
    let bytes = tls.drainCiphertext()
    if bytes.isEmpty { return }
    context.writeAndFlush(NIOAny(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
  }
}
