import Failures
import SASL
import SMTPClient
import SMTPSession
import TLSEngine
import TestPeers
import Testing

/// Servers that offer TLS and do not mean it, or cannot prove who they are.
@Suite("TLS that fails", .serialized)
struct HostileTLSTests {
  private let certificates: TestCertificates
  private let offer: [ScriptedServer.Step] = [
    .say("220 mail.example.com ESMTP"), .hear, .say("250-mail.example.com\r\n250-STARTTLS\r\n250 AUTH PLAIN"), .hear,
  ]

  init() throws { certificates = try TestCertificates() }

  /// Sends with TLS required, and a login after it.
  private func send(_ steps: [ScriptedServer.Step], scheme: Target.Scheme = .smtp) async throws -> HostileSession {
    let session = try await HostileSession(
      steps, waits: .short, scheme: scheme,
      plan: {
        $0.tls = scheme == .smtps ? .onConnect : .required
        $0.auth = .required(mechanism: nil, Credentials(user: "alice", password: "wonderland"))
      },
      options: {
        $0.tls = certificates.configuration
      })
    #expect(!session.heard.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
    return session
  }

  @Test(
    "STARTTLS is answered otherwise than 220: nothing goes out in clear",
    arguments: [
      ("454 4.7.0 not now", .tlsRefused), ("501 no", .tlsRefused), ("250 ok", .protoUnexpectedCode),
      ("220-go\r\n454 no", .protoMixedCodes), ("421 bye", .smtp(421)),
    ] as [(String, FailureName)])
  func refused(answer: String, name: FailureName) async throws {
    let session = try await send(offer + [.say(answer), .hear, .close])
    #expect(session.failure == name)
    #expect(session.words == answer + "\r\n")
    session.expectWholeRecording()
  }

  @Test("220 and plaintext in one piece is an injection, kept and not used", arguments: ["250 AUTH PLAIN\r\n", "25"])
  func injected(words: String) async throws {
    let session = try await send(offer + [.bytes(Array(("220 go\r\n" + words).utf8)), .silence])
    #expect(session.failure == .tlsInjection)
    #expect(session.words == words)
    session.expectWholeRecording()
  }

  @Test(
    "220, then plaintext for an answer to the handshake",
    arguments: ["500 5.5.2 what\r\n", "what", "HTTP/1.1 400 no\r\n\r\n"])
  func plaintext(words: String) async throws {
    let session = try await send(offer + [.say("220 go"), .take, .bytes(Array(words.utf8)), .silence])
    #expect(session.failure == .tlsNotTLS)
    #expect(session.words == words)
    session.expectWholeRecording()
  }

  @Test(
    "220, then garbage, silence, an end or a reset",
    arguments: [
      ([.bytes([0x97, 0x00, 0xBD, 0x0B, 0xC1, 0xEE]), .silence], .tlsHandshake), ([.silence], .timeoutTLS),
      ([.close], .tlsEOF),
      ([.reset], .connReset), ([.flood([UInt8](repeating: 0xAA, count: 65_536))], .tlsHandshake),
      ([.flood(Array([[20, 3, 3, 0, 1, 1]].joined()) + [UInt8](repeating: 0, count: 65_536))], .tlsHandshake),
    ] as [([ScriptedServer.Step], FailureName)])
  func noHandshake(steps: [ScriptedServer.Step], name: FailureName) async throws {
    let session = try await send(offer + [.say("220 go"), .take] + steps)
    #expect(session.failure == name)
    #expect(session.outcome.failure?.stage == .handshake)
  }

  @Test(
    "an implicit-TLS client at a port that speaks in clear sees what it says",
    arguments: ["220 mail ESMTP\r\n", "554 no\r\n"])
  func clearPort(words: String) async throws {
    let session = try await send([.bytes(Array(words.utf8)), .silence], scheme: .smtps)
    #expect(session.failure == .tlsNotTLS)
    #expect(session.words == words)
    session.expectWholeRecording()
  }

  @Test("a client in clear at an implicit-TLS port waits for a greeting that never comes")
  func securePort() async throws {
    let identity = try certificates.identity()
    #expect(try await send([.implicitTLS(identity)]).failure == .timeoutBanner)
  }

  /// What is wrong with a certificate.
  enum Flaw: CaseIterable {
    case expired
    case early
    case selfSigned
    case otherHost
    case weakKey
    case weakSignature

    /// The failure's name.
    var name: FailureName {
      switch self {
      case .expired: .tlsCertExpired
      case .early: .tlsCertNotYetValid
      case .selfSigned: .tlsCertSelfSigned
      case .otherHost: .tlsCertHostname
      case .weakKey: .tlsCertWeakKey
      case .weakSignature: .tlsCertWeakSignature
      }
    }
  }

  private func identity(_ flaw: Flaw) throws -> TLSIdentity {
    switch flaw {
    case .expired: try certificates.identity { $0.move(days: -365) }
    case .early: try certificates.identity { $0.move(days: 365) }
    case .selfSigned: try certificates.identity(isSelfSigned: true)
    case .otherHost:
      try certificates.identity {
        $0.addresses = []
        $0.names = ["other.example"]
      }
    case .weakKey: try certificates.identity { $0.key = .rsa(bits: 1024) }
    case .weakSignature: try certificates.identity { $0.digest = .sha1 }
    }
  }

  @Test(
    "a certificate that proves nothing is refused by name, before a word is said in its session",
    arguments: Flaw.allCases)
  func certificate(flaw: Flaw) async throws {
    let identity = try identity(flaw)
    for (steps, scheme) in [(offer + [.startTLS(identity)], .smtp), ([.implicitTLS(identity)], .smtps)]
      as [([ScriptedServer.Step], Target.Scheme)]
    {
      let session = try await send(steps, scheme: scheme)
      #expect(session.failure == flaw.name)
      #expect(session.events.details("unverified").first?.hasPrefix(flaw.name.rawValue) == true)
      session.expectWholeRecording()
    }
  }

  @Test("what was offered in clear is forgotten, and what is said unasked inside TLS is no answer")
  func afterHandshake() async throws {
    let identity = try certificates.identity()
    let vanished = try await send(offer + [.startTLS(identity), .hear, .say("250 mail.example.com"), .hear, .close])
    #expect(vanished.failure == .authNotOffered)
    vanished.expectWholeRecording()
    let greeted = try await send(offer + [.startTLS(identity), .say("220 again"), .silence])
    #expect(greeted.failure == .protoUnsolicited || greeted.failure == .protoUnexpectedCode)
  }
}
