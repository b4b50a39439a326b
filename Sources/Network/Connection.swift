import NIOCore
package import TLSEngine

/// A connection over TCP or a UNIX socket, in clear or with TLS, read on demand.
///
/// Any task may use it; reads and writes may overlap, two reads may not. Each wait has a deadline and ends when its task
/// is cancelled. Nothing a peer does throws.
package struct Connection: Sendable {
  private let loop: any EventLoop
  private let handler: NIOLoopBound<ConnectionHandler>
  /// Our own address, as in `127.0.0.1:49152`.
  package let localAddress: String
  /// The peer's address, as in `192.0.2.1:25`, `[2001:db8::1]:25` or `unix:/run/socket`.
  package let remoteAddress: String

  /// The connection of a channel; to be called on the channel's loop.
  init(_ handler: ConnectionHandler, _ channel: any Channel) {
    loop = channel.eventLoop
    self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
    localAddress = channel.localAddress?.text ?? ""
    remoteAddress = channel.remoteAddress?.text ?? ""
  }

  /// Waits for at least one byte, or for the end. Bytes come before an end; an end is told each time.
  package func read(until deadline: ContinuousClock.Instant) async -> ReadOutcome {
    await receive(until: deadline).merged
  }

  /// Takes what has already arrived, be it still with the system; nil when that is nothing. It does not wait for the peer.
  package func readAvailable() async -> ReadOutcome? { await receiveAvailable()?.merged }

  /// Reads as ``read(until:)`` does, and tells when each part arrived.
  package func receive(until deadline: ContinuousClock.Instant) async -> ReceiveOutcome {
    await loop.wait { [handler, loop] in
      handler.value.read($0, until: deadline, on: loop)
    } cancel: { [handler] in
      handler.value.cancel($0)
    }
  }

  /// Reads as ``readAvailable()`` does, and tells when each part arrived.
  package func receiveAvailable() async -> ReceiveOutcome? {
    await loop.wait { [handler] in
      handler.value.peek($0)
    } cancel: { [handler] in
      handler.value.cancel($0)
    }
  }

  /// Gives all of `bytes` to the system in one go.
  package func write(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) async -> WriteOutcome {
    await loop.wait { [handler, loop] in
      handler.value.write(bytes, $0, until: deadline, on: loop)
    } cancel: { [handler] in
      handler.value.cancelWrite($0)
    }
  }

  /// Ends our side of the stream, with TLS by `close_notify`; the peer may go on.
  package func closeOutput() async { await perform { $0.closeOutput() } }

  /// Closes the connection, with TLS after `close_notify`. It does not wait for the peer.
  package func close() async { await perform { $0.close() } }

  /// Breaks the connection off: the peer sees a reset.
  package func abort() async { await perform { $0.close(reset: true) } }

  /// Ends our side, swallows what the peer still sends until it ends too, and closes: so the peer gets our last words
  /// even when it was in the middle of talking.
  package func finish(until deadline: ContinuousClock.Instant) async {
    await closeOutput()
    while case .bytes = await read(until: deadline) {}
    await close()
  }

  func perform<R: Sendable>(_ body: @escaping @Sendable (ConnectionHandler) -> R) async -> R {
    await withCheckedContinuation { continuation in
      loop.run { [handler] in continuation.resume(returning: body(handler.value)) }
    }
  }
}

// MARK: TLS

extension Connection {
  /// Begins TLS and waits for the end of the handshake. A client names its `peer`, whose certificate is then verified;
  /// the verdict is part of the outcome, and nothing but the handshake has been sent.
  package func startTLS(
    _ context: TLSContext, peer: TLSPeer? = nil, mode: TLSStartMode, until deadline: ContinuousClock.Instant
  ) async -> TLSStart {
    var injected = mode == .implicit ? [] : await drain()
    let begun = await perform { handler in
      Result { try handler.beginTLS(TLSEngine(context, peer: peer), mode) }
    }
    switch begun {
    case .success(let more): injected += more
    case .failure(let error):
      let words = (error as? TLSConfigurationFailure)?.words ?? "TLS cannot start"
      return TLSStart(injected: injected, outcome: .failed(TLSFailure(.handshake, words)))
    }
    return TLSStart(injected: injected, outcome: await handshake(until: deadline))
  }

  /// What the peer has sent until now; a peer that never stops is stopped by the size of the inbox.
  private func drain() async -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < ConnectionInbox.limit, case .bytes(let more)? = await readAvailable() { bytes += more }
    return bytes
  }

  private func handshake(until deadline: ContinuousClock.Instant) async -> TLSStart.Outcome {
    await loop.wait { [handler, loop] in
      handler.value.awaitHandshake($0, until: deadline, on: loop)
    } cancel: { [handler] in
      handler.value.cancel($0)
    }
  }

  /// The channel-binding data of the connection's TLS; nil without TLS, and where the kind does not apply.
  package func tlsChannelBinding(_ binding: TLSChannelBinding) async -> [UInt8]? {
    await perform { $0.tls?.channelBinding(binding) }
  }
}
