import Synchronization
import Testing

@testable import Network

@Suite("connections in clear", .timeLimit(.minutes(1))) struct ConnectionTests {
  @Test("bytes go there and back, and addresses are told")
  func echoes() async throws {
    try await withServer(serve: echo) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      #expect(connection.remoteAddress == endpoint.description)
      #expect(connection.localAddress.hasPrefix("127.0.0.1:"))
      #expect(await connection.write(bytes("EHLO\r\n"), until: .soon) == .written)
      #expect(await readBytes(connection, count: 6) == bytes("EHLO\r\n"))
      await connection.close()
      #expect(await connection.read(until: .soon) == .ended(.closedLocally))
      #expect(await connection.write([1], until: .soon) == .ended(.closedLocally))
    }
  }

  @Test("bytes go there and back on the event loop's own thread")
  func echoesOnLoop() async throws {
    try await withServer(serve: echo) { endpoint in
      let answer = await withNetworkLoop {
        guard let connection = try? await Connection.connect(to: endpoint, until: .soon) else { return nil as [UInt8]? }
        guard await connection.write(bytes("NOOP\r\n"), until: .soon) == .written else { return nil }
        let answer = await readBytes(connection, count: 6)
        await connection.close()
        return answer
      }
      #expect(answer == bytes("NOOP\r\n"))
    }
  }

  @Test("a thread may wait for what runs on the event loop")
  func blocking() {
    #expect(runNetworkLoop { await withNetworkLoop { 1 } + 1 } == 2)
  }

  @Test("a million bytes arrive whole through the bounded inbox")
  func million() async throws {
    let long = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    try await withServer(serve: { connection in
      #expect(await connection.write(long, until: .soon) == .written)
      await connection.finish(until: .soon)
    }) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      #expect(await readBytes(connection, count: .max) == long)
      await connection.close()
    }
  }

  @Test("a peer that closes and one that resets are told apart, and bytes come before the end")
  func ends() async throws {
    for (resets, expected) in [(false, ConnectionEnd.closed), (true, .reset)] {
      try await withServer(serve: { connection in
        _ = await connection.write(bytes("220 hi\r\n"), until: .soon)
        _ = await connection.read(until: .soon)
        if resets { await connection.abort() } else { await connection.close() }
      }) { endpoint in
        let connection = try await Connection.connect(to: endpoint, until: .soon)
        #expect(await readBytes(connection, count: 8) == bytes("220 hi\r\n"))
        #expect(await connection.write([1], until: .soon) == .written)
        #expect(await connection.read(until: .soon) == .ended(expected))
        #expect(await connection.read(until: .soon) == .ended(expected))
        #expect(await connection.readAvailable() == .ended(expected))
        await connection.close()
      }
    }
  }

  @Test("either side may end its own direction first")
  func halfClose() async throws {
    try await withServer(serve: { connection in
      let all = await readBytes(connection, count: .max) ?? []
      _ = await connection.write(all.reversed(), until: .soon)
    }) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      #expect(await connection.write([1, 2, 3], until: .soon) == .written)
      await connection.closeOutput()
      #expect(await readBytes(connection, count: .max) == [3, 2, 1])
      await connection.close()
    }
  }

  @Test("a read ends at its deadline and the connection stays of use")
  func readDeadline() async throws {
    try await withServer(serve: echo) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      #expect(await connection.read(until: .almostNow) == .timedOut)
      #expect(await connection.read(until: .now - .seconds(1)) == .timedOut)
      #expect(await connection.write([9], until: .soon) == .written)
      #expect(await connection.read(until: .soon) == .bytes([9]))
      await connection.close()
    }
  }

  @Test("a write to a peer that does not read ends at its deadline, or when its task is cancelled")
  func writeDeadline() async throws {
    let (done, finish) = AsyncStream<Void>.makeStream()
    try await withServer(serve: { connection in
      for await _ in done {}
      await connection.abort()
    }) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      let much = [UInt8](repeating: 0, count: 20_000_000)
      #expect(await connection.write(much, until: .almostNow) == .timedOut)
      let writing = Task { await connection.write(much, until: .soon) }
      writing.cancel()
      #expect(await writing.value == .cancelled)
      await connection.abort()
      finish.finish()
    }
  }

  @Test("what a flooding peer sends unasked is kept within bounds")
  func flood() async throws {
    try await withServer(serve: { connection in
      let much = [UInt8](repeating: 0x41, count: 20_000_000)
      #expect(await connection.write(much, until: .almostNow) == .timedOut)
      _ = await connection.read(until: .soon)
      await connection.abort()
    }) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      #expect(await connection.read(until: .soon) != .timedOut)
      var kept = 0
      while kept < ConnectionInbox.limit { kept = await connection.perform { $0.inbox.count } }
      for _ in 0..<100 { kept = await connection.perform { $0.inbox.count } }
      #expect(kept < ConnectionInbox.limit + 16_384 + 1)
      #expect(await connection.write([1], until: .soon) == .written)
      await connection.close()
    }
  }

  @Test("cancelling the task ends a read")
  func cancellation() async throws {
    try await withServer(serve: echo) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      let reading = Task { await connection.read(until: .soon) }
      reading.cancel()
      #expect(await reading.value == .cancelled)
      #expect(await connection.write([9], until: .soon) == .written)
      #expect(await connection.read(until: .soon) == .bytes([9]))
      await connection.close()
    }
  }

  @Test("what is there can be had without waiting, and nothing is nothing")
  func available() async throws {
    try await withServer(serve: { connection in
      _ = await connection.read(until: .soon)
      _ = await connection.write(bytes("421 bye\r\n"), until: .soon)
      _ = await connection.read(until: .soon)
    }) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      #expect(await connection.readAvailable() == nil)
      #expect(await connection.write([1], until: .soon) == .written)
      var found: ReadOutcome?
      while found == nil { found = await connection.readAvailable() }
      #expect(found == .bytes(bytes("421 bye\r\n")))
      await connection.close()
    }
  }

  @Test("a UNIX socket works as TCP does")
  func unixSocket() async throws {
    let directory = TemporaryDirectory()
    let endpoint = Endpoint.unix(path: "\(directory.path)/socket")
    try await withServer(on: endpoint, serve: echo) { _ in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      #expect(await connection.write([7], until: .soon) == .written)
      #expect(await connection.read(until: .soon) == .bytes([7]))
      #expect(connection.remoteAddress == endpoint.description)
      await connection.close()
    }
  }

  @Test("IPv6 works as IPv4 does, where there is any", .enabled(if: hasIPv6))
  func ipv6() async throws {
    try await withServer(on: .tcp(host: "::1", port: 0), serve: echo) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      #expect(await connection.write([7], until: .soon) == .written)
      #expect(await connection.read(until: .soon) == .bytes([7]))
      #expect(connection.remoteAddress == endpoint.description && endpoint.description.hasPrefix("[::1]:"))
      await connection.close()
    }
  }
}
