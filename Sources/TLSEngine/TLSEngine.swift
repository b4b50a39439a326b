import COpenSSL

/// One end of one TLS connection as a thing that eats and gives bytes: ciphertext in, events out, ciphertext to send.
///
/// It has one owner and does no input or output. What is incomplete is kept until more comes, and is no error. After each
/// call the owner sends what ``drainCiphertext()`` returns.
package final class TLSEngine {
  private enum Phase: Equatable { case handshaking, established, over }

  private static let recordLength = 16_384
  private static let mostFirstBytes = 1024

  private let context: TLSContext
  private let peer: TLSPeer?
  private let ssl: OpaquePointer
  private let input: OpaquePointer
  private let output: OpaquePointer
  private let log = TLSMessageLog()
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: recordLength, alignment: 1)
  private var phase = Phase.handshaking
  private var firstBytes = TLSFirstBytes()
  private var held: [UInt8] = []
  private var isPassedOn = false
  private var peerHasClosed = false
  private var ownAlert: [UInt8] = []

  /// A new connection under `context`. A client names its `peer` for indication and verification; without one, only the
  /// chain is verified.
  package init(_ context: TLSContext, peer: TLSPeer? = nil) throws(TLSConfigurationFailure) {
    guard let ssl = context.makeSession(), let input = copenssl_bio_new_memory(),
      let output = copenssl_bio_new_memory()
    else { throw TLSConfigurationFailure(kind: .library, words: "no memory for a TLS connection") }
    (self.context, self.peer, self.ssl, self.input, self.output) = (context, peer, ssl, input, output)
    SSL_set_bio(ssl, input, output)
    SSL_set_msg_callback(ssl, noteMessage)
    copenssl_ssl_set_message_argument(ssl, Unmanaged.passUnretained(log).toOpaque())
    if context.configuration.role == .server { SSL_set_accept_state(ssl) } else { beClient() }
  }

  deinit {
    SSL_free(ssl)
    buffer.deallocate()
  }

  private func beClient() {
    SSL_set_connect_state(ssl)
    if let name = peer?.serverName { _ = copenssl_ssl_set_server_name(ssl, name) }
  }

  /// Whether application data may be sent.
  package var isEstablished: Bool { phase == .established }

  /// Begins the handshake: a client's first message is there to be drained afterwards.
  package func start() -> [TLSEvent] {
    guard phase == .handshaking else { return [] }
    return advance()
  }

  /// Takes what came from the network, in pieces of any size.
  package func receive(_ ciphertext: UnsafeRawBufferPointer) -> [TLSEvent] {
    guard phase != .over, !ciphertext.isEmpty else { return [] }
    if isPassedOn { return feed(ciphertext) }
    firstBytes.append(ciphertext)
    held.append(contentsOf: ciphertext)
    return judgeFirstBytes(firstBytes.verdict)
  }

  /// Takes what came from the network, in pieces of any size.
  package func receive(_ ciphertext: [UInt8]) -> [TLSEvent] { ciphertext.withUnsafeBytes(receive) }

  /// Takes the end of the network's stream.
  package func receiveEnd() -> [TLSEvent] {
    switch phase {
    case .over: return []
    case .established:
      if peerHasClosed { return over() }
      return fail(.truncated, "the connection was closed without close_notify, so something may be missing")
    case .handshaking:
      if !isPassedOn, firstBytes.finalVerdict == .text { return failAsNotTLS() }
      return fail(.eof, "the connection was closed during the TLS handshake")
    }
  }

  /// Takes in that the peer says nothing more: what it said before may have been text, too little to be sure.
  package func receiveSilence() -> [TLSEvent] {
    guard phase == .handshaking, !isPassedOn, firstBytes.finalVerdict == .text else { return [] }
    return failAsNotTLS()
  }

  /// Encrypts `plaintext`; false, and nothing happens, unless the connection is established.
  package func send(_ plaintext: [UInt8]) -> Bool {
    guard phase == .established else { return false }
    if plaintext.isEmpty { return true }
    ERR_clear_error()
    var written = 0
    return SSL_write_ex(ssl, plaintext, plaintext.count, &written) == 1 && written == plaintext.count
  }

  /// What is to be sent to the network now; it is taken out.
  package func drainCiphertext() -> [UInt8] {
    let pending = copenssl_bio_pending(output)
    defer { ownAlert = [] }
    guard pending > 0 else { return ownAlert }
    return [UInt8](unsafeUninitializedCapacity: pending) { bytes, count in
      count = max(0, Int(BIO_read(output, bytes.baseAddress, Int32(clamping: pending))))
    } + ownAlert
  }

  /// Says `close_notify`; the peer may go on sending.
  package func close() {
    guard phase == .established else { return }
    ERR_clear_error()
    _ = SSL_shutdown(ssl)
  }

  // MARK: Handshake

  private func judgeFirstBytes(_ verdict: TLSFirstBytes.Verdict) -> [TLSEvent] {
    switch verdict {
    case .undecided: return []
    case .text: return failAsNotTLS()
    case .garbage: return fail(.handshake, "the peer's first bytes are neither TLS nor text")
    case .serverHello(let version) where version < context.configuration.minimumVersion:
      return failAsOld(version)
    case .tls, .serverHello:
      isPassedOn = true
      defer { held = [] }
      return held.withUnsafeBytes(feed)
    }
  }

  private func failAsNotTLS() -> [TLSEvent] {
    let bytes = Array(held.prefix(Self.mostFirstBytes))
    return fail(.notTLS(firstBytes: bytes), "the peer does not speak TLS here, it answered in clear")
  }

  /// Nothing of our answer was made yet, so the alert goes out in clear (RFC 5246 §7.2.2).
  private func failAsOld(_ version: TLSVersion) -> [TLSEvent] {
    ownAlert = [21, 3, UInt8(truncatingIfNeeded: version.rawValue), 0, 2, 2, 70]
    let words = "the server speaks no newer version than \(version.words), and \(acceptedVersions) is accepted"
    return fail(.version(peer: version), words)
  }

  private var acceptedVersions: String {
    let configuration = context.configuration
    let (oldest, newest) = (configuration.minimumVersion, configuration.maximumVersion)
    return oldest == newest ? "only \(oldest.words)" : "\(oldest.words) to \(newest.words)"
  }

  private func feed(_ bytes: UnsafeRawBufferPointer) -> [TLSEvent] {
    var rest = bytes
    while !rest.isEmpty {
      let count = BIO_write(input, rest.baseAddress, Int32(clamping: rest.count))
      guard count > 0 else { return fail(.handshake, "no memory for what the peer sent") }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(Int(count)))
    }
    return advance()
  }

  private func advance() -> [TLSEvent] {
    guard phase == .handshaking else { return readPlaintext() }
    ERR_clear_error()
    let result = SSL_do_handshake(ssl)
    guard result == 1 else { return judgeError(SSL_get_error(ssl, result)) }
    phase = .established
    let facts = TLSFactsReader(ssl: ssl).read(certificateRequested: log.certificateRequested)
    let level = context.configuration.verificationLevel
    let verification = TLSVerifier(ssl: ssl, peer: peer, level: level).verify()
    return [.established(facts, verification)] + readPlaintext()
  }

  // MARK: Data

  private func readPlaintext() -> [TLSEvent] {
    var plaintext: [UInt8] = []
    var count = 0
    ERR_clear_error()
    while SSL_read_ex(ssl, buffer.baseAddress, buffer.count, &count) == 1 {
      plaintext.append(contentsOf: buffer.prefix(count))
    }
    let error = SSL_get_error(ssl, 0)
    return (plaintext.isEmpty ? [] : [.plaintext(plaintext)]) + judgeError(error)
  }

  private func judgeError(_ error: Int32) -> [TLSEvent] {
    if log.renegotiationRefused { return fail(.renegotiation, "the peer asked for a new TLS handshake in mid-session") }
    switch error {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return []
    case SSL_ERROR_ZERO_RETURN: return notePeerClosed()
    default: return fail(TLSFailureJudge(log: log, phaseIsHandshake: phase == .handshaking, context: context).judge())
    }
  }

  private func notePeerClosed() -> [TLSEvent] {
    if phase == .handshaking { return fail(.eof, "the peer ended the TLS handshake with close_notify") }
    if peerHasClosed { return [] }
    peerHasClosed = true
    return [.peerClosed]
  }

  private func over() -> [TLSEvent] {
    phase = .over
    return []
  }

  private func fail(_ kind: TLSFailure.Kind, _ words: String) -> [TLSEvent] { fail(TLSFailure(kind, words)) }

  private func fail(_ failure: TLSFailure) -> [TLSEvent] {
    phase = .over
    return [.failed(failure)]
  }

  // MARK: Channel binding

  /// The channel-binding data of this connection; nil before it is established and where the kind does not apply.
  package func channelBinding(_ binding: TLSChannelBinding) -> [UInt8]? {
    guard phase == .established else { return nil }
    return TLSChannelBindingReader(ssl: ssl).read(binding)
  }
}
