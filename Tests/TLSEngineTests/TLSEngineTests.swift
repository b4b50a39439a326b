import Failures
import Testing

@testable import TLSEngine

@Suite("TLS engine") struct TLSEngineTests {
  let certificates: TestCertificates
  let clientConfiguration: TLSConfiguration
  let serverConfiguration: TLSConfiguration

  init() throws {
    certificates = try TestCertificates()
    clientConfiguration = .client(trust: .file(certificates.authorityFile))
    serverConfiguration = .server(identity: try certificates.identity())
  }

  func pair(
    peer: TLSPeer? = TLSPeer(name: "mail.example.com"),
    client changeClient: (inout TLSConfiguration) -> Void = { _ in },
    server changeServer: (inout TLSConfiguration) -> Void = { _ in }
  ) throws -> TLSPair {
    var client = clientConfiguration
    var server = serverConfiguration
    changeClient(&client)
    changeServer(&server)
    return try TLSPair(client: client, server: server, peer: peer)
  }

  @Test("a handshake in whole flights and byte by byte verifies and tells the facts", arguments: [Int.max, 1, 3, 100])
  func handshake(pieceLength: Int) throws {
    var pair = try pair()
    pair.pieceLength = pieceLength
    pair.handshake()
    let facts = try #require(pair.facts)
    #expect(pair.verification == .verified(name: "mail.example.com"))
    #expect(facts.version == .tls13)
    #expect(facts.cipher == "TLS_AES_256_GCM_SHA384")
    #expect(facts.cipherBits == 256)
    #expect(facts.group == "X25519")
    #expect(facts.signatureAlgorithm == "ECDSA+SHA256")
    #expect(facts.serverName == "mail.example.com")
    #expect(facts.chain.count == 1)
    #expect(!facts.certificateRequested && !facts.resumed)
    let served = try #require(pair.established(pair.serverEvents))
    #expect(served.0.serverName == "mail.example.com")
    #expect(served.0.signatureAlgorithm == "ECDSA+SHA256")
    #expect(served.1 == .absent)
  }

  @Test("data flows both ways, in pieces of any size", arguments: [Int.max, 1, 7])
  func data(pieceLength: Int) throws {
    var pair = try pair()
    pair.pieceLength = pieceLength
    pair.handshake()
    let long = (0..<40_000).map { UInt8(truncatingIfNeeded: $0) }
    #expect(pair.client.send(long) && pair.server.send(Array("220 hello\r\n".utf8)))
    pair.exchange()
    #expect(pair.serverPlaintext == long)
    #expect(pair.clientPlaintext == Array("220 hello\r\n".utf8))
  }

  @Test("each version can be chosen by its bounds", arguments: TLSVersion.allCases)
  func versions(version: TLSVersion) throws {
    var pair = try pair {
      $0.minimumVersion = version
      $0.maximumVersion = version
    } server: {
      $0.minimumVersion = .tls10
    }
    pair.handshake()
    #expect(pair.facts?.version == version)
    #expect(pair.verification == .verified(name: "mail.example.com"))
  }

  @Test(
    "a server that speaks nothing newer is told by its version", arguments: [TLSVersion.tls10, .tls11], [1, Int.max])
  func oldServer(version: TLSVersion, pieceLength: Int) throws {
    var pair = try pair(server: {
      $0.minimumVersion = .tls10
      $0.maximumVersion = version
    })
    pair.pieceLength = pieceLength
    pair.handshake()
    #expect(pair.clientFailure?.kind == .version(peer: version))
    #expect(pair.clientFailure?.name == .tlsVersion)
    #expect(pair.clientFailure?.words.contains(version.words) == true)
    #expect(pair.facts == nil)
    #expect(pair.serverFailure?.words == "the peer accepts none of the TLS versions that we offer")
  }

  @Test("a server that wants newer versions is a version failure on both sides")
  func newServer() throws {
    var pair = try pair {
      $0.maximumVersion = .tls12
    } server: {
      $0.minimumVersion = .tls13
    }
    pair.handshake()
    #expect(pair.clientFailure?.name == .tlsVersion)
    #expect(pair.serverFailure?.name == .tlsVersion)
  }

  @Test("an answer in clear is no TLS, and its bytes are kept", arguments: [1, Int.max])
  func answerInClear(pieceLength: Int) throws {
    let engine = try TLSEngine(TLSContext(clientConfiguration))
    _ = engine.start()
    #expect(!engine.drainCiphertext().isEmpty)
    let banner = Array("220 mail.example.com ESMTP\r\n".utf8)
    let events = stride(from: 0, to: banner.count, by: min(pieceLength, banner.count)).flatMap {
      engine.receive(Array(banner[$0..<min(banner.count, $0 + min(pieceLength, banner.count))]))
    }
    guard case .notTLS(let first) = failure(events)?.kind else { throw Missing() }
    #expect(banner.starts(with: first) && first.count >= 4)
    #expect(events.count == 1)
  }

  @Test("a short answer in clear followed by the end is no TLS either")
  func shortAnswerInClear() throws {
    let engine = try TLSEngine(TLSContext(clientConfiguration))
    #expect(engine.start().isEmpty && engine.receive(Array("554".utf8)).isEmpty)
    #expect(failure(engine.receiveEnd())?.kind == .notTLS(firstBytes: Array("554".utf8)))
  }

  @Test("text without a line end is told from silence when the time is over")
  func silence() throws {
    let engine = try TLSEngine(TLSContext(clientConfiguration))
    #expect(engine.start().isEmpty && engine.receiveSilence().isEmpty)
    #expect(engine.receive(Array("hello".utf8)).isEmpty)
    #expect(failure(engine.receiveSilence())?.kind == .notTLS(firstBytes: Array("hello".utf8)))
    let stalled = try TLSEngine(TLSContext(clientConfiguration))
    #expect(stalled.start().isEmpty && stalled.receive([22, 3, 3, 0]).isEmpty && stalled.receiveSilence().isEmpty)
  }

  @Test("noise is a failed handshake")
  func noise() throws {
    let engine = try TLSEngine(TLSContext(clientConfiguration))
    _ = engine.start()
    #expect(failure(engine.receive([0x3C, 0x97, 0xBD, 0x0B, 0xC1, 0xEE]))?.name == .tlsHandshake)
    #expect(engine.receive([1]).isEmpty && engine.receiveEnd().isEmpty)
  }

  @Test("an alert is named with its sender")
  func alert() throws {
    let engine = try TLSEngine(TLSContext(clientConfiguration))
    _ = engine.start()
    let told = try #require(failure(engine.receive([0x15, 3, 3, 0, 2, 2, 0x28])))
    #expect(told.kind == .alert(TLSAlert(code: 40, isFatal: true, sender: .peer)))
    #expect(told.words.contains("handshake_failure"))
  }

  @Test("the end is eof during the handshake, truncation after it, and nothing after close_notify")
  func ends() throws {
    let engine = try TLSEngine(TLSContext(clientConfiguration))
    _ = engine.start()
    #expect(failure(engine.receiveEnd())?.name == .tlsEOF)
    var open = try pair()
    open.handshake()
    #expect(failure(open.client.receiveEnd())?.name == .tlsTruncated)
    var closed = try pair()
    closed.handshake()
    closed.server.close()
    closed.exchange()
    #expect(closed.clientEvents.last == .peerClosed)
    #expect(closed.client.receiveEnd().isEmpty)
  }

  @Test("a damaged record ends the connection with our alert")
  func damage() throws {
    var pair = try pair()
    pair.handshake()
    _ = pair.server.send(Array("secret".utf8))
    var ciphertext = pair.server.drainCiphertext()
    ciphertext[ciphertext.count - 1] ^= 1
    let told = failure(pair.client.receive(ciphertext))
    #expect(told?.kind == .alert(TLSAlert(code: 20, isFatal: true, sender: .local)))
    #expect(!pair.client.send([1]))
  }

  @Test("a client without the certificate that is required is told so", arguments: [TLSVersion.tls12, .tls13])
  func clientCertificateRequired(version: TLSVersion) throws {
    var pair = try pair(server: {
      $0.maximumVersion = version
      $0.clientCertificates = .required
    })
    pair.handshake()
    #expect(pair.serverFailure?.name == .tlsClientCertRequired)
    #expect(pair.clientFailure?.name == .tlsClientCertRequired)
  }

  @Test("a client's certificate is shown and verified by the server")
  func clientCertificate() throws {
    let identity = try certificates.identity { $0.commonName = "client" }
    var pair = try pair {
      $0.identity = identity
    } server: {
      $0.clientCertificates = .required
      $0.trust = .file(certificates.authorityFile)
    }
    pair.handshake()
    let served = try #require(pair.established(pair.serverEvents))
    #expect(served.1 == .verified(name: nil))
    #expect(served.0.chain.first?.commonName == "client")
    #expect(pair.facts?.certificateRequested == true)
  }

  @Test("channel bindings agree on both sides", arguments: [TLSVersion.tls12, .tls13], TLSChannelBinding.allCases)
  func channelBinding(version: TLSVersion, binding: TLSChannelBinding) throws {
    var pair = try pair(client: { $0.maximumVersion = version })
    #expect(pair.client.channelBinding(binding) == nil)
    pair.handshake()
    let ours = pair.client.channelBinding(binding)
    #expect(ours == pair.server.channelBinding(binding))
    #expect((ours == nil) == (binding == .unique && version == .tls13))
    #expect(ours?.isEmpty != true)
  }

  @Test("an address is verified as an address and not indicated")
  func address() throws {
    var pair = try pair(peer: TLSPeer(name: "::1"))
    pair.handshake()
    #expect(pair.verification == .verified(name: "::1"))
    #expect(pair.facts?.serverName == nil)
  }

  @Test("the secrets are logged when a file is given")
  func keyLog() throws {
    let path = "\(certificates.directory.path)/keys"
    var pair = try pair(client: { $0.keyLogFile = path })
    pair.handshake()
    let text = String(decoding: PrivateFile.read(path) ?? [], as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("CLIENT_TRAFFIC_SECRET_0 ") })
    #expect(lines.allSatisfy { $0.split(separator: " ").count == 3 })
  }
}

/// What a test looked for was not there.
struct Missing: Error {}

@Suite("TLS engine and broken peers") struct TLSEngineBrokenPeerTests {
  let certificates: TestCertificates
  let client: TLSContext
  let server: TLSContext

  init() throws {
    certificates = try TestCertificates()
    client = try TLSContext(.client(trust: .file(certificates.authorityFile)))
    server = try TLSContext(.server(identity: certificates.identity()))
  }

  /// A client that has said hello, and what the server answers.
  func flight() throws -> (TLSEngine, [UInt8]) {
    let engine = try TLSEngine(client)
    _ = engine.start()
    let other = try TLSEngine(server)
    _ = other.receive(engine.drainCiphertext())
    return (engine, other.drainCiphertext())
  }

  @Test("a server's answer that ends too early is eof, wherever it ends")
  func cut() throws {
    let length = try flight().1.count - 80
    for cut in stride(from: 0, to: length, by: 13) {
      let (engine, answer) = try flight()
      let events = engine.receive(Array(answer[..<cut])) + engine.receiveEnd()
      #expect(failure(events)?.name == .tlsEOF)
    }
  }

  @Test("a server's answer with one wrong byte fails, or verifies nothing, and never crashes")
  func damage() throws {
    for place in stride(from: 0, to: try flight().1.count, by: 11) {
      var (engine, answer) = try flight()
      answer[place] ^= 0x55
      let events = engine.receive(answer) + engine.receiveEnd()
      #expect(failure(events) != nil)
      #expect(events.filter { if case .failed = $0 { true } else { false } }.count == 1)
      #expect(!engine.send([1]))
    }
  }

  @Test("a client's hello with one wrong byte never crashes the server")
  func damagedHello() throws {
    let engine = try TLSEngine(client, peer: TLSPeer(name: "mail.example.com"))
    _ = engine.start()
    let hello = engine.drainCiphertext()
    for place in hello.indices {
      var damaged = hello
      damaged[place] ^= 0x55
      let other = try TLSEngine(server)
      let events = other.receive(damaged) + other.receiveEnd()
      #expect(failure(events) != nil && !other.isEstablished)
    }
  }
}
