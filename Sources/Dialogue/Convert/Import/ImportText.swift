import SMTPWire

/// The lines of a text, one after the other, without the LF that ends them.
struct ImportLines: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  init(_ octets: [UInt8]) { rest = octets[...] }

  mutating func next() -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let line = rest.prefix { $0 != 0x0A }
    rest = rest[line.endIndex...].dropFirst()
    return line
  }
}

/// Numbers in a text that anybody may have written.
enum ImportNumber {
  /// A decimal number of at most 15 digits.
  static func decimal(_ digits: some Collection<UInt8>) -> Int? {
    guard (1...15).contains(digits.count), digits.allSatisfy(\.isASCIIDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// A hexadecimal number of at most 8 digits.
  static func hexadecimal(_ digits: some Collection<UInt8>) -> Int? {
    guard (1...8).contains(digits.count) else { return nil }
    var value = 0
    for digit in digits {
      guard let part = digit.hexadecimalValue else { return nil }
      value = value << 4 | Int(part)
    }
    return value
  }

  /// Seconds such as `12` or `0.031`, to the microsecond.
  static func seconds(_ text: some Collection<UInt8>) -> Duration? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard let whole = parts.first.flatMap({ decimal($0) }), parts.count <= 2, whole < 1_000_000_000 else { return nil }
    guard parts.count == 2 else { return .seconds(whole) }
    var digits = Array(parts[1].prefix(6))
    while digits.count < 6 { digits.append(0x30) }
    return decimal(digits).map { .seconds(whole) + .microseconds($0) }
  }

  /// The time of day `hh:mm:ss`, with a fraction or not, since midnight.
  static func timeOfDay(_ text: some Collection<UInt8>) -> Duration? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 2, parts[1].count == 2, let hours = decimal(parts[0]),
      let minutes = decimal(parts[1]), let seconds = seconds(parts[2])
    else { return nil }
    return .seconds(hours * 3600 + minutes * 60) + seconds
  }
}

extension Collection<UInt8> {
  /// Whether the octets begin with those of a text.
  func begins(with text: String) -> Bool { starts(with: text.utf8) }

  /// Whether the octets hold those of a text.
  func holds(_ text: String) -> Bool { range(of: text) != nil }

  /// Where the octets of a text stand first.
  func range(of text: String) -> Range<Index>? {
    let needle = Array(text.utf8)
    guard let first = needle.first else { return nil }
    var rest = self[...]
    while let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: needle) { return start..<index(start, offsetBy: needle.count) }
      rest = rest.dropFirst()
    }
    return nil
  }

  /// The octets as text; what is no UTF-8 is repaired.
  var text: String { String(decoding: self, as: UTF8.self) }
}

extension ArraySlice<UInt8> {
  /// What stands behind a text; nil when it does not begin with it.
  func behind(_ text: String) -> ArraySlice<UInt8>? { begins(with: text) ? dropFirst(text.utf8.count) : nil }

  /// Without blanks and tabs at the beginning.
  var withoutIndent: ArraySlice<UInt8> { drop(while: \.isASCIIBlank) }

  /// Without carriage returns at the end.
  var withoutReturns: ArraySlice<UInt8> {
    var slice = self
    while slice.last == 0x0D { slice.removeLast() }
    return slice
  }

  /// Without blanks, tabs and carriage returns at both ends.
  var trimmed: ArraySlice<UInt8> {
    var slice = withoutIndent
    while let last = slice.last, last.isASCIIBlank || last == 0x0D { slice.removeLast() }
    return slice
  }

  /// The words between blanks.
  var words: [ArraySlice<UInt8>] { split(whereSeparator: \.isASCIIBlank) }

  /// Whether this may be a line of a reply: a code from 200 to 599, and a blank, a hyphen or nothing behind it.
  var isReplyLine: Bool {
    guard let code = ReplyCode(octets: prefix(3)), (200...599).contains(code.rawValue) else { return false }
    return count == 3 || dropFirst(3).first == 0x20 || dropFirst(3).first == UInt8(ascii: "-")
  }
}

/// Where a server is, in the words of a dialogue file.
enum ImportAddress {
  /// `192.0.2.1:25` or `[2001:db8::1]:25`; nil for what is no address of a host.
  static func socket(_ host: some Collection<UInt8>, port: some Collection<UInt8>) -> String? {
    guard let port = ImportNumber.decimal(port), (1...65_535).contains(port), let host = name(host) else { return nil }
    return "\(host):\(port)"
  }

  /// A host's name, or its address in brackets where it has colons; nil when other octets stand in it.
  static func name(_ host: some Collection<UInt8>) -> String? {
    var host = Array(host)
    if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") { host = Array(host.dropFirst().dropLast()) }
    let isPlain = host.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || ".-_:%".utf8.contains($0) }
    guard isPlain, (1...255).contains(host.count) else { return nil }
    let name = String(decoding: host, as: UTF8.self)
    return host.contains(UInt8(ascii: ":")) ? "[\(name)]" : name
  }

  /// Splits `host:port` at its last colon.
  static func split(_ text: ArraySlice<UInt8>) -> (host: ArraySlice<UInt8>, port: ArraySlice<UInt8>)? {
    guard let colon = text.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    return (text[..<colon], text[(colon + 1)...])
  }

  /// The URL of a server.
  static func url(_ socket: String, isSecureFromStart: Bool) -> String {
    (isSecureFromStart || socket.hasSuffix(":465") ? "smtps://" : "smtp://") + socket
  }
}
