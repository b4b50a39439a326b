/// Where a session goes to: TARGET on the command line and `* target` in a dialogue.
package struct Target: Hashable, Sendable, CustomStringConvertible {
  /// The way to speak at the beginning.
  package enum Scheme: String, Sendable {
    case smtp, smtps, lmtp, unix
  }

  /// Why a text is no target: what was expected, and the offset from 0 where it was.
  package struct Failure: Error, Hashable, Sendable {
    /// What was expected, in a sentence.
    package let message: String
    /// Where in the text, counted in octets from 0.
    package let offset: Int
  }

  /// The way to speak at the beginning.
  package var scheme: Scheme
  /// The host name or address without brackets; the path for a UNIX socket.
  package var host: String
  /// The TCP port from 1 to 65535; 0 for a UNIX socket.
  package var port: Int

  /// Makes a target of its parts.
  package init(scheme: Scheme = .smtp, host: String, port: Int) {
    self.scheme = scheme
    self.host = host
    self.port = port
  }

  /// Reads `host`, `host:port`, `[v6]:port`, `smtp://…`, `smtps://…`, `lmtp://…` or `unix:/path`.
  ///
  /// Without a port, smtp means `defaultPort`, smtps 465 and lmtp 24. Port 465 means TLS on connect (RFC 8314 §3.3).
  package init(_ text: String, defaultPort: Int = 25) throws(Failure) {
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst(5).drop { $0 == "/" })
      guard !path.isEmpty else { throw Failure(message: "expected a path behind unix:", offset: 5) }
      self.init(scheme: .unix, host: "/" + path, port: 0)
      return
    }
    let (scheme, rest) = try Self.split(scheme: text)
    let trimmed = rest.hasSuffix("/") ? rest.dropLast() : rest
    let offset = text.utf8.count - rest.utf8.count
    if let at = trimmed.utf8.lastIndex(of: UInt8(ascii: "@")), trimmed[..<at].contains(":") {
      throw Failure(
        message: "a password does not belong in a target: give --auth-user, and the password at the prompt",
        offset: offset)
    }
    let (host, portText) = try Self.split(host: trimmed, offset: offset)
    guard !host.isEmpty else { throw Failure(message: "expected a host name or an address", offset: offset) }
    if let bad = host.utf8.firstIndex(where: {
      $0 <= 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "@")
    }) {
      let at = offset + host.utf8.distance(from: host.startIndex, to: bad)
      throw Failure(message: "this character cannot stand in a host name", offset: at)
    }
    if host.contains(":"), let message = IPv6Form.fault(in: host) { throw Failure(message: message, offset: offset) }
    var port = scheme == .smtps ? 465 : scheme == .lmtp ? 24 : defaultPort
    if let portText {
      guard portText.utf8.count <= 5, let number = Int(portText), (1...65_535).contains(number) else {
        throw Failure(message: "expected a port from 1 to 65535", offset: text.utf8.count - portText.utf8.count)
      }
      port = number
    }
    self.init(scheme: scheme == .smtp && port == 465 ? .smtps : scheme, host: String(host), port: port)
  }

  /// The target as a URL that reads back as the same target.
  package var description: String {
    switch scheme {
    case .unix: "unix:\(host)"
    default: "\(scheme.rawValue)://\(hostAndPort)"
    }
  }

  /// `host:port`, an IPv6 address in brackets; the path of a UNIX socket.
  package var hostAndPort: String {
    if scheme == .unix { return host }
    return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  /// A text that may be a target, to be told to a person: what stands in front of an `@` may be a password.
  package static func shown(_ text: String) -> String {
    guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return text }
    let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
    return start <= at ? text[..<start] + "***" + text[at...] : "***" + text[at...]
  }

  private static func split(scheme text: String) throws(Failure) -> (Scheme, Substring) {
    guard let range = text.firstRange(of: "://") else { return (.smtp, text[...]) }
    switch text[..<range.lowerBound].lowercased() {
    case "smtp", "submission": return (.smtp, text[range.upperBound...])
    case "smtps", "submissions": return (.smtps, text[range.upperBound...])
    case "lmtp": return (.lmtp, text[range.upperBound...])
    default: throw Failure(message: "expected smtp://, smtps://, lmtp:// or unix:", offset: 0)
    }
  }

  private static func split(host text: Substring, offset: Int) throws(Failure) -> (Substring, Substring?) {
    if text.hasPrefix("[") {
      guard let close = text.firstIndex(of: "]") else {
        throw Failure(message: "expected ] after the IPv6 address", offset: offset + text.utf8.count)
      }
      let rest = text[text.index(after: close)...]
      guard rest.isEmpty || rest.hasPrefix(":") else {
        throw Failure(message: "expected : and a port after ]", offset: offset + text.utf8.count - rest.utf8.count)
      }
      return (text[text.index(after: text.startIndex)..<close], rest.isEmpty ? nil : rest.dropFirst())
    }
    // More than one colon without brackets is a bare IPv6 address.
    guard let colon = text.firstIndex(of: ":"), text[text.index(after: colon)...].firstIndex(of: ":") == nil else {
      return (text, nil)
    }
    return (text[..<colon], text[text.index(after: colon)...])
  }
}

/// The form of an IPv6 address, as far as mistakes in a target are concerned.
private enum IPv6Form {
  /// What is wrong with a host that has a colon; nil when nothing is.
  static func fault(in host: Substring) -> String? {
    let address = host.prefix { $0 != "%" }
    let groups = address.split(separator: ":")
    let count = groups.count + (groups.last?.contains(".") == true ? 1 : 0)
    let isWhole = (address.contains("::") ? count < 8 : count == 8) && groups.dropLast().allSatisfy(isGroup)
    guard isWhole, groups.last.map({ isGroup($0) || $0.contains(".") }) ?? true else {
      return "expected an IPv6 address; with a port it is written [ADDRESS]:PORT"
    }
    let isLinkLocal = groups.first.flatMap { Int($0, radix: 16) }.map { $0 & 0xFFC0 == 0xFE80 } ?? false
    guard !isLinkLocal || address.endIndex < host.endIndex else {
      return "a link-local address needs its interface, such as \(host)%eth0"
    }
    return nil
  }

  private static func isGroup(_ text: Substring) -> Bool {
    (1...4).contains(text.utf8.count) && Int(text, radix: 16) != nil
  }
}
