package import SASL
import SMTPSession
import SMTPWire

/// What Dovecot is told of a login's circumstances.
package struct DovecotAuthFacts: Hashable, Sendable {
  /// Our own IP address; empty when it is not known.
  package var localAddress = ""
  /// The client's IP address.
  package var remoteAddress: String
  /// Whether nobody can read along.
  package var isSecured: Bool
  /// The common name of the client's verified certificate; nil without one.
  package var certificateName: String?

  /// Makes the facts of a client.
  package init(remoteAddress: String, isSecured: Bool, certificateName: String? = nil) {
    self.remoteAddress = remoteAddress
    self.isSecured = isSecured
    self.certificateName = certificateName
  }
}

/// The client's side of Dovecot's auth protocol, version 1, for one login at a time.
///
///     C: VERSION 1 1        CPID 123
///     S: VERSION 1 2        MECH PLAIN plaintext …  DONE
///     C: AUTH 1 PLAIN service=smtp secured rip=192.0.2.1 resp=BASE64
///     S: CONT 1 BASE64 | OK 1 user=alice | FAIL 1 user=alice reason=…
package struct DovecotAuthMachine: Sendable {
  /// What Dovecot said.
  package enum Event: Hashable, Sendable {
    /// The handshake is over: these are its mechanisms.
    case ready([SASLMechanismOffer])
    /// What becomes of the login.
    case step(SASLServerStep)
    /// It said something that the protocol does not have; nothing more can be made of this connection.
    case broken(String)
  }

  private enum State: Sendable {
    case handshake(hasVersion: Bool, [SASLMechanismOffer])
    case idle
    /// Dovecot is to answer.
    case waiting
    /// Dovecot has asked, and the client is to answer.
    case challenged
    case broken
  }

  /// What is said first.
  package let greeting: [UInt8]
  private var state = State.handshake(hasVersion: false, [])
  private var framer = LineFramer(limit: 65_536)
  /// The number of the login that goes on, or was the last.
  private var number = 0

  /// Begins; the process's number lets Dovecot tell its clients apart.
  package init(process: Int) {
    greeting = Array("VERSION\t1\t1\nCPID\t\(process)\n".utf8)
  }

  /// The octets that hand a message of the client's on; nil when there is nothing that it could answer.
  package mutating func send(_ message: SASLForward, _ facts: DovecotAuthFacts) -> [UInt8]? {
    switch (message, state) {
    case (.begin(let mechanism, let initial), .idle): return begin(mechanism, initial, facts)
    case (.begin(let mechanism, let initial), .challenged):
      // The client gave the last login up.
      return Array("CANCEL\t\(number)\n".utf8) + begin(mechanism, initial, facts)
    case (.response(let response), .challenged):
      state = .waiting
      return Array("CONT\t\(number)\t".utf8) + DovecotAuthText.escaped(response.octets) + [0x0A]
    default: return nil
    }
  }

  private mutating func begin(_ mechanism: String, _ initial: Secret?, _ facts: DovecotAuthFacts) -> [UInt8] {
    state = .waiting
    // Dovecot takes numbers of 32 bits.
    number = number % 0x7FFF_FFFF + 1
    var words = ["AUTH", "\(number)", mechanism, "service=smtp", "nologin"].map { Array($0.utf8) }
    if !facts.localAddress.isEmpty { words.append(Array("lip=\(facts.localAddress)".utf8)) }
    words.append(Array("rip=\(facts.remoteAddress)".utf8))
    if facts.isSecured { words.append(Array("secured".utf8)) }
    if let name = facts.certificateName {
      words += ["valid-client-cert", "cert_username=\(name)"].map { Array($0.utf8) }
    }
    // Nothing may stand behind the response.
    if let initial { words.append(Array("resp=".utf8) + initial.octets) }
    return Array(words.map { DovecotAuthText.escaped($0) }.joined(separator: [0x09])) + [0x0A]
  }

  /// Takes what Dovecot sent in.
  package mutating func receive(_ octets: some Sequence<UInt8>) -> [Event] {
    framer.append(octets)
    var events: [Event] = []
    while let line = framer.next() {
      if case .broken = state { return events }
      if line.ending == .none {
        events.append(fail("a line without end"))
      } else if let event = take(line.octets) {
        events.append(event)
      }
    }
    return events
  }

  private mutating func take(_ line: [UInt8]) -> Event? {
    let words = line.split(separator: 0x09, omittingEmptySubsequences: false).map { DovecotAuthText.unescaped($0) }
    let verb = String(decoding: words[0], as: UTF8.self)
    if case .handshake(let hasVersion, let offers) = state { return greet(verb, words, hasVersion, offers) }
    guard ["OK", "FAIL", "CONT"].contains(verb) else { return nil }
    // The answer to a login that was given up may come late.
    guard words.count > 1, words[1] == Array("\(number)".utf8), case .waiting = state else { return nil }
    return .step(step(verb, Array(words.dropFirst(2))))
  }

  private mutating func greet(
    _ verb: String, _ words: [[UInt8]], _ hasVersion: Bool, _ offers: [SASLMechanismOffer]
  ) -> Event? {
    switch verb {
    case "VERSION":
      guard words.count > 1, words[1] == [UInt8(ascii: "1")] else { return fail("another version of the protocol") }
      state = .handshake(hasVersion: true, offers)
    case "MECH" where words.count > 1 && offers.count < 64:
      state = .handshake(hasVersion: hasVersion, offers + [SASLMechanismOffer(words)])
    case "DONE":
      guard hasVersion else { return fail("a greeting without a version") }
      state = .idle
      return .ready(offers)
    default: break
    }
    return nil
  }

  private mutating func step(_ verb: String, _ words: [[UInt8]]) -> SASLServerStep {
    let fields = DovecotAuthFields(words)
    switch verb {
    case "CONT":
      guard let challenge = try? Base64.decode(words.first ?? []) else {
        state = .idle
        return .failed(SASLFailure("Invalid base64 data in challenge", isTemporary: true))
      }
      state = .challenged
      return .challenge(challenge)
    case "OK":
      state = .idle
      guard let user = fields["user"] else {
        return .failed(SASLFailure("Missing user in authentication reply", isTemporary: true))
      }
      return .succeeded(user: user)
    default:
      state = .idle
      return .failed(
        SASLFailure(
          fields["reason"] ?? "(reason unavailable)", user: fields["user"], isTemporary: fields.contains("temp")))
    }
  }

  private mutating func fail(_ words: String) -> Event {
    state = .broken
    return .broken(words)
  }
}

/// The words behind a reply's number: `name=value`, or a name alone.
private struct DovecotAuthFields {
  private let words: [String]

  init(_ words: [[UInt8]]) {
    self.words = words.map { ServerReplies.printable($0) }
  }

  func contains(_ name: String) -> Bool { words.contains(name) }

  subscript(_ name: String) -> String? {
    words.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
  }
}

extension SASLMechanismOffer {
  /// Reads `MECH`, a name and its traits.
  fileprivate init(_ words: [[UInt8]]) {
    let texts = words.dropFirst().map { String(decoding: $0, as: UTF8.self) }
    let known: [String: SASLMechanismTraits] = [
      "anonymous": .anonymous, "plaintext": .plaintext, "dictionary": .dictionary, "active": .active,
      "forward-secrecy": .forwardSecrecy, "mutual-auth": .mutual,
    ]
    self.init(
      ServerReplies.printable((texts.first ?? "").uppercased().utf8.filter { $0 > 0x20 }),
      traits: texts.dropFirst().reduce(into: []) { $0.formUnion(known[$1] ?? []) })
  }
}
