import Synchronization
import Testing

@testable import Network

@Suite("listening", .timeLimit(.minutes(1))) struct ListenerTests {
  @Test("no more connections are served at a time than allowed, and those that wait come next")
  func maximum() async throws {
    let most = Mutex((now: 0, most: 0))
    let timesFull = Atomic(0)
    try await withServer(
      maximumConnections: 2, onFull: { timesFull.add(1, ordering: .relaxed) },
      serve: { connection in
        most.withLock {
          $0.now += 1
          $0.most = max($0.most, $0.now)
        }
        await echo(connection)
        most.withLock { $0.now -= 1 }
      }
    ) { endpoint in
      try await withThrowingTaskGroup { group in
        for number in 0..<10 {
          group.addTask {
            let connection = try await Connection.connect(to: endpoint, until: .soon)
            _ = await connection.write([UInt8(number)], until: .soon)
            #expect(await connection.read(until: .soon) == .bytes([UInt8(number)]))
            await connection.close()
          }
        }
        try await group.waitForAll()
      }
    }
    #expect(most.withLock { $0.most } == 2)
    #expect(most.withLock { $0.now } == 0)
    #expect(timesFull.load(ordering: .relaxed) == 1)
    #expect(Listener.descriptorRoom >= 1)
  }

  @Test("stopping lets those being served go on and accepts no more")
  func stop() async throws {
    let listener = try await Listener.start(on: .tcp(host: "127.0.0.1", port: 0))
    async let serving: Void = listener.run(echo)
    let connection = try await Connection.connect(to: listener.endpoint, until: .soon)
    #expect(await connection.write([1], until: .soon) == .written)
    #expect(await connection.read(until: .soon) == .bytes([1]))
    listener.stop()
    #expect(await connection.write([2], until: .soon) == .written)
    #expect(await connection.read(until: .soon) == .bytes([2]))
    await connection.close()
    await serving
    await #expect(throws: ConnectFailure.self) { try await Connection.connect(to: listener.endpoint, until: .soon) }
  }

  @Test("a port that is taken is a failure in words")
  func taken() async throws {
    let listener = try await Listener.start(on: .tcp(host: "127.0.0.1", port: 0))
    let failure = await #expect(throws: ListenFailure.self) { try await Listener.start(on: listener.endpoint) }
    #expect(failure?.words == "Address already in use")
    listener.stop()
    await listener.run { _ in }
  }
}
