import SMTPWire

// The one reader and the one writer of events.
extension SessionEvent {
  /// Reads an event of its name and its details, from which the escapes of the file have been resolved.
  package init(name: String, details: [UInt8]) {
    let known = Name(rawValue: name)
    if known == .injected {
      self = .injected(details)
    } else if let known, let text = String(validating: details, as: UTF8.self) {
      self = Self.read(known, text[...]) ?? .unknown(name: name, details: details)
    } else {
      self = .unknown(name: name, details: details)
    }
  }

  private static func read(_ name: Name, _ text: Substring) -> SessionEvent? {
    switch name {
    case .target: .target(String(text))
    case .clock: .clock(String(text))
    case .connecting: .connecting(String(text))
    case .connected: .connected(String(text))
    case .connectFailed:
      .connectFailed(String(firstWord(of: text)), EventReason(text.dropFirst(firstWord(of: text).count + 1)))
    case .tls: .tls(TLSSummary(text))
    case .certificate: .certificate(CertificateSummary(text))
    case .unverified: .unverified(EventReason(text))
    case .tlsFailed: .tlsFailed(EventReason(text))
    case .injected: nil
    case .authenticated:
      .authenticated(
        mechanism: String(firstWord(of: text)), user: String(text.dropFirst(firstWord(of: text).count + 1)))
    case .deviation: .deviation(EventReason(text))
    case .closed: closed(text)
    case .reset: .reset(String(text))
    case .timeout: .timeout(EventReason(text))
    case .failed: .failed(EventReason(text))
    case .elided: ElidedData(text).map { .elided($0) }
    case .truncated: .truncated(String(text))
    }
  }

  /// Reads `by us` or `by peer` and what is said behind it.
  private static func closed(_ text: Substring) -> SessionEvent {
    for side in [Side.us, .peer] {
      let head = "by " + side.rawValue
      let rest = text.dropFirst(head.count)
      if text.hasPrefix(head), rest.first?.isLetter != true { return .closed(by: side, String(rest)) }
    }
    return .closed(by: nil, String(text))
  }

  private static func firstWord(of text: Substring) -> Substring { text.prefix { $0 != " " } }

  /// The word behind the asterisk.
  package var name: String {
    switch self {
    case .target: Name.target.rawValue
    case .clock: Name.clock.rawValue
    case .connecting: Name.connecting.rawValue
    case .connected: Name.connected.rawValue
    case .connectFailed: Name.connectFailed.rawValue
    case .tls: Name.tls.rawValue
    case .certificate: Name.certificate.rawValue
    case .unverified: Name.unverified.rawValue
    case .tlsFailed: Name.tlsFailed.rawValue
    case .injected: Name.injected.rawValue
    case .authenticated: Name.authenticated.rawValue
    case .deviation: Name.deviation.rawValue
    case .closed: Name.closed.rawValue
    case .reset: Name.reset.rawValue
    case .timeout: Name.timeout.rawValue
    case .failed: Name.failed.rawValue
    case .elided: Name.elided.rawValue
    case .truncated: Name.truncated.rawValue
    case .unknown(let name, _): name
    }
  }

  /// What stands behind the name, not yet escaped.
  package var details: [UInt8] {
    switch self {
    case .injected(let octets), .unknown(_, let octets): octets
    case .target(let text), .clock(let text), .connecting(let text), .connected(let text), .reset(let text),
      .truncated(let text):
      Array(text.utf8)
    case .connectFailed(let address, let reason): Self.joined(address, reason.text)
    case .tls(let summary): Array(summary.text.utf8)
    case .certificate(let summary): Array(summary.text.utf8)
    case .unverified(let reason), .tlsFailed(let reason), .deviation(let reason), .timeout(let reason),
      .failed(let reason):
      Array(reason.text.utf8)
    case .authenticated(let mechanism, let user): Self.joined(mechanism, user)
    case .closed(let side?, let words): Array("by \(side.rawValue)\(words)".utf8)
    case .closed(nil, let words): Array(words.utf8)
    case .elided(let data): data.details
    }
  }

  private static func joined(_ first: String, _ second: String) -> [UInt8] {
    Array((second.isEmpty ? first : first + " " + second).utf8)
  }
}
