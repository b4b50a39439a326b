import Failures
import TLSEngine
import Testing

@testable import Network

@Suite("connections with TLS", .timeLimit(.minutes(1))) struct ConnectionTLSTests {
  let bench: TLSBench
  let peer = TLSPeer(name: "mail.example.com")

  init() throws { bench = try TLSBench() }

  func verification(_ start: TLSStart) -> TLSVerification? {
    if case .established(_, let verification) = start.outcome { verification } else { nil }
  }

  func failureName(_ start: TLSStart) -> FailureName? {
    switch start.outcome {
    case .failed(let failure): failure.name
    case .ended(let end): end.name
    default: nil
    }
  }

  @Test("TLS from the first byte, echo, close_notify")
  func implicit() async throws {
    let context = bench.server
    try await withServer(serve: { connection in
      let start = await connection.startTLS(context, mode: .implicit, until: .soon)
      #expect(verification(start) == .absent)
      await echo(connection)
    }) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      let start = await connection.startTLS(bench.client, peer: peer, mode: .implicit, until: .soon)
      #expect(verification(start) == .verified(name: "mail.example.com"))
      #expect(start.injected.isEmpty)
      #expect(await connection.readAvailable() == nil)
      #expect(await connection.write(bytes("EHLO\r\n"), until: .soon) == .written)
      #expect(await readBytes(connection, count: 6) == bytes("EHLO\r\n"))
      #expect(await connection.tlsChannelBinding(.exporter)?.count == 32)
      await connection.closeOutput()
      #expect(await connection.read(until: .soon) == .ended(.closed))
      await connection.close()
    }
  }

  /// A server that answers the first line with `220` and goes over to TLS.
  func withUpgradingServer(
    before: [UInt8] = [], body: (Endpoint) async throws -> Void
  ) async throws {
    let context = bench.server
    try await withServer(
      serve: { connection in
        _ = await connection.read(until: .soon)
        let answer = UpgradeMode.answer + before
        let start = await connection.startTLS(context, mode: .upgrade(sendingFirst: answer), until: .soon)
        if verification(start) != nil { await echo(connection) }
      }, body: body)
  }

  enum UpgradeMode { static let answer = bytes("220 go\r\n") }

  @Test("TLS in mid-connection", arguments: 0..<20)
  func upgrade(round: Int) async throws {
    try await withUpgradingServer { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      #expect(await connection.write(bytes("STARTTLS\r\n"), until: .soon) == .written)
      #expect(await readBytes(connection, count: 8) == UpgradeMode.answer)
      let start = await connection.startTLS(bench.client, peer: peer, mode: .upgrade(), until: .soon)
      #expect(verification(start) == .verified(name: "mail.example.com"))
      #expect(start.injected.isEmpty)
      #expect(await connection.write(bytes("EHLO\r\n"), until: .soon) == .written)
      #expect(await readBytes(connection, count: 6) == bytes("EHLO\r\n"))
      await connection.close()
    }
  }

  @Test("what came in clear behind the answer is handed over and not used")
  func injection() async throws {
    let injected = bytes("250 AUTH PLAIN\r\n")
    try await withServer(serve: { connection in
      _ = await connection.read(until: .soon)
      _ = await connection.write(UpgradeMode.answer, until: .soon)
      _ = await connection.write(injected, until: .soon)
      let start = await connection.startTLS(bench.server, mode: .implicit, until: .soon)
      if verification(start) != nil { await echo(connection) }
    }) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      #expect(await connection.write(bytes("STARTTLS\r\n"), until: .soon) == .written)
      let answer = await readBytes(connection, count: 8) ?? []
      var start = await connection.startTLS(bench.client, peer: peer, mode: .upgrade(), until: .soon)
      if answer.count > 8 {
        start = TLSStart(injected: Array(answer.dropFirst(8)) + start.injected, outcome: start.outcome)
      }
      // The bytes came before the handshake, or they were taken for an answer to it: never for anything within TLS.
      switch start.outcome {
      case .established: #expect(start.injected == injected)
      default: #expect(failureName(start) == .tlsNotTLS)
      }
      await connection.close()
    }
  }

  @Test("what a client sends in clear behind STARTTLS is handed over to the server")
  func clientInjection() async throws {
    let context = bench.server
    try await withServer(serve: { connection in
      _ = await connection.read(until: .soon)
      _ = await connection.write([1], until: .soon)
      var start = TLSStart(injected: [], outcome: .timedOut)
      while start.injected.isEmpty, case .bytes(let more) = await connection.read(until: .soon), more.first == 2 {
        start = await connection.startTLS(context, mode: .upgrade(sendingFirst: UpgradeMode.answer), until: .soon)
      }
      #expect(start.injected == bytes("MAIL FROM:<>\r\n") || start.injected.isEmpty)
      if verification(start) != nil { await echo(connection) }
    }) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      #expect(await connection.write([0], until: .soon) == .written)
      #expect(await connection.read(until: .soon) == .bytes([1]))
      #expect(await connection.write([2] + bytes("MAIL FROM:<>\r\n"), until: .soon) == .written)
      #expect(await readBytes(connection, count: 8) == UpgradeMode.answer)
      let start = await connection.startTLS(bench.client, peer: peer, mode: .upgrade(), until: .soon)
      #expect(verification(start) == .verified(name: "mail.example.com"))
      await connection.close()
    }
  }

  @Test("a port that speaks in clear is named, with its first bytes, whenever they come", arguments: [true, false])
  func notTLS(bannerFirst: Bool) async throws {
    let banner = bytes("220 mail.example.com ESMTP\r\n")
    try await withServer(serve: { connection in
      if !bannerFirst { _ = await connection.read(until: .soon) }
      _ = await connection.write(banner, until: .soon)
      _ = await connection.read(until: .soon)
      _ = await connection.read(until: .soon)
    }) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      let start = await connection.startTLS(bench.client, peer: peer, mode: .implicit, until: .soon)
      guard case .failed(let failure) = start.outcome, case .notTLS(let first) = failure.kind else {
        Issue.record("not recognised: \(start.outcome)")
        return
      }
      #expect(banner.starts(with: first) && !first.isEmpty)
      await connection.close()
    }
  }

  @Test("a client that speaks in clear to a TLS port is named by the server")
  func clearClient() async throws {
    let context = bench.server
    try await withServer(serve: { connection in
      let start = await connection.startTLS(context, mode: .implicit, until: .soon)
      #expect(failureName(start) == .tlsNotTLS)
    }) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      #expect(await connection.write(bytes("EHLO there\r\n"), until: .soon) == .written)
      _ = await connection.read(until: .soon)
      await connection.close()
    }
  }

  @Test("a handshake that is never answered ends at its deadline, one that is hung up on is eof")
  func noAnswer() async throws {
    try await withServer(serve: { connection in
      _ = await connection.read(until: .soon)
      _ = await connection.read(until: .soon)
    }) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      let start = await connection.startTLS(bench.client, peer: peer, mode: .implicit, until: .almostNow)
      #expect(start.outcome == .timedOut)
      await connection.close()
    }
    try await withServer(serve: { connection in
      _ = await connection.read(until: .soon)
    }) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      let start = await connection.startTLS(bench.client, peer: peer, mode: .implicit, until: .soon)
      #expect(failureName(start) == .tlsEOF)
      await connection.close()
    }
  }

  @Test("an end of TCP without close_notify is truncation, and the bytes before it are read first")
  func truncation() async throws {
    let context = bench.server
    try await withServer(serve: { connection in
      _ = await connection.startTLS(context, mode: .implicit, until: .soon)
      _ = await connection.write(bytes("250 half"), until: .soon)
      _ = await connection.read(until: .soon)
      await connection.perform { $0.tls = nil }
      await connection.close()
    }) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      _ = await connection.startTLS(bench.client, peer: peer, mode: .implicit, until: .soon)
      #expect(await readBytes(connection, count: 8) == bytes("250 half"))
      #expect(await connection.write([1], until: .soon) == .written)
      #expect(await connection.read(until: .soon) == .ended(.tlsTruncated))
      await connection.close()
    }
  }

  @Test("a megabyte goes through TLS both ways")
  func megabyte() async throws {
    let context = bench.server
    let long = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 11) }
    try await withServer(serve: { connection in
      _ = await connection.startTLS(context, mode: .implicit, until: .soon)
      await echo(connection)
    }) { endpoint in
      let connection = try await Connection.connect(to: endpoint, until: .soon)
      _ = await connection.startTLS(bench.client, peer: peer, mode: .implicit, until: .soon)
      async let written = connection.write(long, until: .soon)
      #expect(await readBytes(connection, count: long.count) == long)
      #expect(await written == .written)
      await connection.close()
    }
  }
}
