import NIOCore
import NIOPosix

/// Makes one connection, trying the addresses of a host in turn.
struct Connector {
  let endpoint: Endpoint
  let deadline: ContinuousClock.Instant
  let localAddress: String?
  let onAttempt: @Sendable (ConnectAttempt) -> Void

  private var loop: any EventLoop { NetworkThreads.shared.group.next() }

  func connect() async throws(ConnectFailure) -> Connection {
    let addresses: [SocketAddress]
    switch await self.addresses() {
    case .success(let found): addresses = found
    case .failure(let reason): throw ConnectFailure(kind: reason.kind, endpoint: endpoint, attempts: [])
    }
    return try await connect(toOneOf: addresses)
  }

  private func addresses() async -> Result<[SocketAddress], ConnectFailureReason> {
    switch endpoint {
    case .tcp(let host, let port):
      guard (1...65_535).contains(port) else { return .failure(ConnectFailureReason(kind: .refused)) }
      return await AddressResolver(loop: loop).resolve(host, port: port, until: deadline)
    case .unix(let path):
      let address = try? SocketAddress(unixDomainSocketPath: path)
      return address.map { .success([$0]) } ?? .failure(ConnectFailureReason(kind: .system(ENAMETOOLONG)))
    }
  }

  private func connect(toOneOf addresses: [SocketAddress]) async throws(ConnectFailure) -> Connection {
    var attempts: [ConnectAttempt] = []
    var kind = ConnectFailure.Kind.unknownHost
    for (index, address) in addresses.enumerated() {
      let start = ContinuousClock.now
      // An address that never answers leaves the others their share of the time.
      let share = (deadline - start) / (addresses.count - index)
      let result = await attempt(address, until: start + share)
      let attempt = ConnectAttempt(address: address.text, outcome: result.outcome, duration: .now - start)
      attempts.append(attempt)
      onAttempt(attempt)
      switch result {
      case .success(let connection): return connection
      case .failure(let reason): kind = reason.kind
      }
      if kind == .cancelled || ContinuousClock.now >= deadline { break }
    }
    throw ConnectFailure(kind: kind, endpoint: endpoint, attempts: attempts)
  }

  private typealias Attempted = Result<Connection, ConnectFailureReason>

  private func attempt(_ address: SocketAddress, until end: ContinuousClock.Instant) async -> Attempted {
    let loop = loop
    let pending = NIOLoopBoundBox<LoopWait<Attempted>?>.makeEmptyBox(
      valueType: LoopWait<Attempted>.self, eventLoop: loop)
    return await loop.wait { wait in
      pending.value = wait
      if wait.ticket.isCancelled { return _ = wait.end(.failure(ConnectFailureReason(kind: .cancelled))) }
      wait.atDeadline(end, on: loop) { wait.end(.failure(ConnectFailureReason(kind: .timedOut))) }
      bootstrap(loop, until: end).connect(to: address).assumeIsolated().whenComplete { finish(wait, $0) }
    } cancel: { _ in
      pending.value?.end(.failure(ConnectFailureReason(kind: .cancelled)))
    }
  }

  private func finish(_ wait: LoopWait<Attempted>, _ result: Result<any Channel, any Error>) {
    switch result {
    case .failure(let error): wait.end(.failure(ConnectFailureReason(kind: ConnectFailure.Kind(error))))
    case .success(let channel):
      guard let handler = try? channel.pipeline.syncOperations.handler(type: ConnectionHandler.self) else {
        return _ = wait.end(.failure(ConnectFailureReason(kind: .refused)))
      }
      if !wait.end(.success(Connection(handler, channel))) { channel.close(promise: nil) }
    }
  }

  private func bootstrap(_ loop: any EventLoop, until end: ContinuousClock.Instant) -> ClientBootstrap {
    let isTCP = if case .tcp = endpoint { true } else { false }
    let bootstrap = ClientBootstrap(group: loop)
      .connectTimeout(max(end.remaining, .milliseconds(1)))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try Connection.prepare(channel, isTCP: isTCP) }
      }
    guard let localAddress, let address = try? SocketAddress(ipAddress: localAddress, port: 0) else { return bootstrap }
    return bootstrap.bind(to: address)
  }
}

extension Result where Success == Connection, Failure == ConnectFailureReason {
  /// The result as an attempt tells it.
  fileprivate var outcome: ConnectAttempt.Outcome {
    switch self {
    case .success: .connected
    case .failure(let reason): .failed(reason.kind)
    }
  }
}

extension Connection {
  /// Connects to `endpoint`, trying the addresses of its host in turn; `onAttempt` hears of each. `localAddress` is the IP
  /// address to come from.
  package static func connect(
    to endpoint: Endpoint, until deadline: ContinuousClock.Instant, localAddress: String? = nil,
    onAttempt: @escaping @Sendable (ConnectAttempt) -> Void = { _ in }
  ) async throws(ConnectFailure) -> Connection {
    try await Connector(
      endpoint: endpoint, deadline: deadline, localAddress: localAddress, onAttempt: onAttempt
    ).connect()
  }

  /// Sets a new channel up: read on demand, half-closing, no delay.
  static func prepare(
    _ channel: any Channel, isTCP: Bool, onActive: ((ConnectionHandler, any Channel) -> Void)? = nil
  ) throws {
    let options = channel.syncOptions
    try options?.setOption(.autoRead, value: false)
    try options?.setOption(.maxMessagesPerRead, value: 1)
    try options?.setOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 16_384))
    try options?.setOption(.allowRemoteHalfClosure, value: true)
    if isTCP { try options?.setOption(.tcpOption(.tcp_nodelay), value: 1) }
    try channel.pipeline.syncOperations.addHandler(ConnectionHandler(onActive: onActive))
  }
}
