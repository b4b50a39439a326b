package import Failures
import Glibc
import NIOCore
import NIOPosix

/// Why nothing can be listened to.
package struct ListenFailure: Error, Sendable, Hashable {
  /// Where it should have been.
  package let endpoint: Endpoint
  /// The system's reason, in words.
  package let words: String
  /// The stable name.
  package var name: FailureName { .listenFailed }
}

/// Accepts connections at one endpoint, so many at a time and no more.
package final class Listener: Sendable {
  /// Where it listens, with the port it got.
  package let endpoint: Endpoint
  private let channel: any Channel
  private let connections: AsyncStream<Connection>
  private let arrivals: AsyncStream<Connection>.Continuation

  private init(_ endpoint: Endpoint, _ channel: any Channel, _ stream: Arrivals) {
    (self.endpoint, self.channel) = (endpoint, channel)
    (connections, arrivals) = stream
  }

  private typealias Arrivals = (stream: AsyncStream<Connection>, continuation: AsyncStream<Connection>.Continuation)

  /// Begins to listen. A TCP host may be a name, of which the first address is taken; port 0 is any. Connections beyond
  /// `maximumConnections`, or beyond the process's descriptors, wait in the system's queue; `onFull` is called when that
  /// happens for the first time. A socket left at a UNIX path is replaced.
  package static func start(
    on endpoint: Endpoint, maximumConnections: Int = 1000, threads: NetworkThreads = .shared,
    onFull: (@Sendable () -> Void)? = nil
  ) async throws(ListenFailure) -> Listener {
    let stream: Arrivals = AsyncStream.makeStream()
    let arrivals = stream.continuation
    do {
      let bootstrap = bootstrap(endpoint, min(maximumConnections, descriptorRoom), threads, onFull) { connection in
        guard case .terminated = arrivals.yield(connection) else { return }
        Task { await connection.close() }
      }
      let channel = try await bind(bootstrap, endpoint, threads)
      return Listener(endpoint.with(port: channel.localAddress?.port), channel, stream)
    } catch {
      let words = (error as? IOError).map { systemWords($0.errnoCode) } ?? (error as? ConnectFailure)?.kind.words
      throw ListenFailure(endpoint: endpoint, words: words ?? "\(error)")
    }
  }

  /// How many connections the process has descriptors for, with a reserve for its own files.
  package static var descriptorRoom: Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
    return max(1, Int(clamping: limit.rlim_cur) - descriptorReserve)
  }

  /// The descriptors that are left for files, the log and the network's own: half a connection's worth would not do.
  private static let descriptorReserve = 40

  /// Serves each connection in a task of its own, and closes it afterwards. Returns after ``stop()`` or cancellation, when
  /// the last one has been served. To be called once.
  package func run(_ serve: @escaping @Sendable (Connection) async -> Void) async {
    await withDiscardingTaskGroup { group in
      for await connection in connections {
        group.addTask {
          await serve(connection)
          await connection.close()
        }
      }
      stop()
    }
  }

  /// Accepts no more connections; those that are being served go on.
  package func stop() {
    channel.close(promise: nil)
    arrivals.finish()
  }

  // MARK: Setting up

  private static func bootstrap(
    _ endpoint: Endpoint, _ maximum: Int, _ threads: NetworkThreads, _ onFull: (@Sendable () -> Void)?,
    onConnection: @escaping @Sendable (Connection) -> Void
  ) -> ServerBootstrap {
    let isTCP = if case .tcp = endpoint { true } else { false }
    return ServerBootstrap(group: threads.group)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.maxMessagesPerRead, value: 1)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          // Without the pause, a process that has run out of descriptors would try again and again.
          try channel.pipeline.syncOperations.addHandlers([
            AcceptBackoffHandler(), AcceptGate(maximum: maximum, onFull: onFull),
          ])
        }
      }
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try Connection.prepare(channel, isTCP: isTCP) { onConnection(Connection($0, $1)) }
        }
      }
  }

  private static func bind(
    _ bootstrap: ServerBootstrap, _ endpoint: Endpoint, _ threads: NetworkThreads
  ) async throws -> any Channel {
    switch endpoint {
    case .unix(let path):
      return try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
    case .tcp(let host, let port):
      let resolver = AddressResolver(loop: threads.group.next())
      switch await resolver.resolve(host, port: port, until: .now + .seconds(30)) {
      case .success(let addresses): return try await bootstrap.bind(to: addresses[0]).get()
      case .failure(let reason): throw ConnectFailure(kind: reason.kind, endpoint: endpoint, attempts: [])
      }
    }
  }
}

extension Endpoint {
  /// The same host with the port that it got.
  fileprivate func with(port: Int?) -> Endpoint {
    guard case .tcp(let host, _) = self, let port else { return self }
    return .tcp(host: host, port: port)
  }
}
