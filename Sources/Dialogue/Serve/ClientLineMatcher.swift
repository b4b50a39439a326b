import SMTPWire

/// Decides whether what a client said is what a script has its client say.
struct ClientLineMatcher: Sendable {
  let level: MatchLevel
  /// What variables must be; others are anything.
  let variables: [String: [UInt8]]

  /// Whether a command is the expected one.
  func matches(_ expected: DialogueText, _ line: WireLine) -> Bool {
    if level == .exact { return expected.ending == line.ending && isSame(expected, line.octets) }
    let (wanted, came) = (Command(expected.octets), Command(line.octets))
    guard wanted.verb == came.verb, wanted.verb != .other || upper(wanted.word) == upper(came.word) else {
      return false
    }
    if level == .code { return true }
    switch came.verb {
    // What follows the mechanism is compared by whoever conducts the exchange.
    case .auth: return upper(wanted.words.first ?? []) == upper(came.words.first ?? [])
    case .ehlo, .helo, .lhlo: return true
    default:
      if expected.variables.isEmpty {
        return CommandText.fold(expected.octets[...]) == CommandText.fold(line.octets[...])
      }
      return isSame(upperVerb(expected), upperVerb(line.octets))
    }
  }

  /// Whether octets are those of a text in which unknown variables are anything.
  func isSame(_ expected: DialogueText, _ octets: [UInt8]) -> Bool {
    var parts: [[UInt8]] = [[]]
    for segment in expected.segments {
      switch segment {
      case .octets(let octets): parts[parts.count - 1] += octets
      case .variable(let name):
        if let value = variables[name] { parts[parts.count - 1] += value } else { parts.append([]) }
      }
    }
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return parts[0] == octets }
    guard octets.count >= first.count + last.count, octets.starts(with: first), octets.suffix(last.count) == last[...]
    else { return false }
    var rest = octets[first.count..<(octets.count - last.count)]
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let start = Self.place(of: part, in: rest) else { return false }
      rest = rest[(start + part.count)...]
    }
    return true
  }

  /// Whether an answer in an AUTH exchange, in base64, is the expected one.
  func matchesAnswer(_ expected: DialogueText?, _ octets: [UInt8]) -> Bool {
    guard let expected else { return !octets.elementsEqual("*".utf8) }
    return isSame(expected, octets)
  }

  /// What stands behind the mechanism of an AUTH command: the initial response; nil when there is none.
  static func initialResponse(_ text: DialogueText) -> DialogueText? {
    var blanks = 0
    var segments: [DialogueText.Segment] = []
    var isInWord = false
    for segment in text.segments {
      guard case .octets(let octets) = segment else {
        if blanks >= 2 { segments.append(segment) }
        isInWord = true
        continue
      }
      var rest = octets[...]
      while blanks < 2, let octet = rest.first {
        if octet.isASCIIBlank, isInWord { blanks += 1 }
        isInWord = !octet.isASCIIBlank
        rest = rest.dropFirst()
        if blanks == 2 { rest = rest.drop { $0.isASCIIBlank } }
      }
      if blanks >= 2, !rest.isEmpty { segments.append(.octets(Array(rest))) }
    }
    return segments.isEmpty ? nil : DialogueText(segments)
  }

  private func upper(_ word: some Sequence<UInt8>) -> [UInt8] { word.map(\.asciiUppercased) }

  private func upperVerb(_ text: DialogueText) -> DialogueText {
    guard case .octets(let octets)? = text.segments.first else { return text }
    var segments = text.segments
    segments[0] = .octets(upperVerb(octets))
    return DialogueText(segments, ending: text.ending)
  }

  /// The octets with the letters before the first blank or colon in upper case.
  private func upperVerb(_ octets: [UInt8]) -> [UInt8] {
    let count = octets.prefix { !$0.isASCIIBlank }.count
    return octets[..<count].map(\.asciiUppercased) + octets[count...]
  }

  private static func place(of part: [UInt8], in octets: ArraySlice<UInt8>) -> Int? {
    guard octets.count >= part.count else { return nil }
    return (octets.startIndex...(octets.endIndex - part.count)).first {
      octets[$0..<$0 + part.count].elementsEqual(part)
    }
  }
}

/// Compares a message line by line as it comes, and keeps none of it.
struct MessageMatcher: Sendable {
  private let expected: [DialogueText]
  private let isWhole: Bool
  private let match: ServerPlayerOptions.BodyMatch
  private let lines: ClientLineMatcher
  private var index = 0
  private var fields = VolatileFieldFilter()
  /// The first line that differs; nil as long as none does.
  private(set) var difference: (expected: DialogueText?, got: WireLine)?

  init(
    _ expected: [DialogueText], isWhole: Bool, _ match: ServerPlayerOptions.BodyMatch, _ lines: ClientLineMatcher
  ) {
    var filter = VolatileFieldFilter()
    self.expected = match == .folded ? expected.filter { !filter.isVolatile($0.octets[...]) } : expected
    self.isWhole = isWhole
    self.match = match
    self.lines = lines
  }

  /// Takes the next line in.
  mutating func receive(_ line: WireLine) {
    if match == .ignored || difference != nil || (match == .folded && fields.isVolatile(line.octets[...])) { return }
    guard index < expected.count else {
      if isWhole { difference = (nil, line) }
      return
    }
    let wanted = expected[index]
    index += 1
    let isSame = lines.isSame(wanted, line.octets) && (match == .folded || wanted.ending == line.ending)
    if !isSame { difference = (wanted, line) }
  }

  /// The line that is missing at the end.
  var missing: DialogueText? {
    match != .ignored && difference == nil && index < expected.count ? expected[index] : nil
  }
}

/// Finds the lines of a message's header that differ each time it is sent.
struct VolatileFieldFilter: Sendable {
  private var isInHeader = true
  private var skips = false

  /// Whether the next line belongs to such a field.
  mutating func isVolatile(_ line: ArraySlice<UInt8>) -> Bool {
    guard isInHeader, let first = line.first else {
      isInHeader = false
      return false
    }
    if !first.isASCIIBlank {
      let name = line.prefix { $0 != UInt8(ascii: ":") }.prefix(40)
      skips = CommandText.volatileFields.contains(String(decoding: name, as: UTF8.self).lowercased())
    }
    return skips
  }
}
