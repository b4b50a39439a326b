/// A slow and plain interpreter of ABNF (RFC 5234), written to have nothing in common with the parser it is compared
/// with: it follows every alternative at once, as sets of places.
struct ABNFGrammar: Sendable {
  indirect enum Node: Sendable {
    case octets(ClosedRange<UInt32>)
    case text([UInt8])
    case rule(String)
    case sequence([Node])
    case choice([Node])
    case repetition(Int, Int, Node)
  }

  fileprivate(set) var rules: [String: Node] = [:]

  /// Reads rules, one a line, `name = elements`; a later rule of the same name replaces the earlier one.
  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      var reader = ABNFReader(Array(parts[1].utf8))
      rules[parts[0].trimmed.lowercased()] = reader.choice()
    }
  }

  /// Whether a rule matches all of a text.
  func matches(_ rule: String, _ text: [UInt8]) -> Bool {
    var matcher = ABNFMatcher(rules: rules, scalars: scalars(text))
    return matcher.ends(.rule(rule), 0).contains(matcher.scalars.count)
  }

  /// The scalars of a text; an octet that is no UTF-8 becomes a number that no grammar has.
  private func scalars(_ text: [UInt8]) -> [UInt32] {
    guard let string = String(validating: text, as: UTF8.self) else { return [0xFFFF_FFFF] }
    return string.unicodeScalars.map(\.value)
  }
}

extension ABNFGrammar {
  /// This grammar with the rules of another in the place of its own.
  func replacing(_ other: ABNFGrammar) -> ABNFGrammar {
    var result = self
    result.rules.merge(other.rules) { $1 }
    return result
  }
}

extension Substring {
  var trimmed: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

/// Reads the elements of one rule.
struct ABNFReader {
  private let text: [UInt8]
  private var at = 0

  init(_ text: [UInt8]) { self.text = text }

  private var next: UInt8? { at < text.count ? text[at] : nil }

  private mutating func skip() { while next == 32 { at += 1 } }

  mutating func choice() -> ABNFGrammar.Node {
    var branches = [sequence()]
    skip()
    while next == UInt8(ascii: "/") {
      at += 1
      branches.append(sequence())
      skip()
    }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() -> ABNFGrammar.Node {
    var parts: [ABNFGrammar.Node] = []
    skip()
    while let octet = next, !"/)]".utf8.contains(octet) {
      parts.append(repetition())
      skip()
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func repetition() -> ABNFGrammar.Node {
    let least = number()
    if next == UInt8(ascii: "*") {
      at += 1
      let most = number()
      return .repetition(least ?? 0, most ?? .max, element())
    }
    return least.map { .repetition($0, $0, element()) } ?? element()
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let digit = next, digit >= 48, digit <= 57 {
      value = (value ?? 0) * 10 + Int(digit - 48)
      at += 1
    }
    return value
  }

  private mutating func element() -> ABNFGrammar.Node {
    switch next {
    case UInt8(ascii: "("): return enclosed()
    case UInt8(ascii: "["): return .repetition(0, 1, enclosed())
    case UInt8(ascii: "\""): return quoted()
    case UInt8(ascii: "%"): return range()
    default:
      let start = at
      while let octet = next, !" /()[]*\"".utf8.contains(octet) { at += 1 }
      return .rule(String(decoding: text[start..<at], as: UTF8.self).lowercased())
    }
  }

  private mutating func enclosed() -> ABNFGrammar.Node {
    at += 1
    let inner = choice()
    skip()
    at += 1
    return inner
  }

  private mutating func quoted() -> ABNFGrammar.Node {
    at += 1
    let start = at
    while next != UInt8(ascii: "\"") { at += 1 }
    at += 1
    return .text(Array(text[start..<at - 1]))
  }

  /// `%d33`, `%d33-60` or `%d34.34`-less ranges of decimal numbers.
  private mutating func range() -> ABNFGrammar.Node {
    at += 2
    let low = number() ?? 0
    guard next == UInt8(ascii: "-") else { return .octets(UInt32(low)...UInt32(low)) }
    at += 1
    return .octets(UInt32(low)...UInt32(number() ?? low))
  }
}

/// Matches one text, remembering for each rule and place where it can end.
struct ABNFMatcher {
  let rules: [String: ABNFGrammar.Node]
  let scalars: [UInt32]
  private var known: [String: [Int: Set<Int>]] = [:]

  init(rules: [String: ABNFGrammar.Node], scalars: [UInt32]) {
    self.rules = rules
    self.scalars = scalars
  }

  /// All places where a match of `node` that starts at `start` can end.
  mutating func ends(_ node: ABNFGrammar.Node, _ start: Int) -> Set<Int> {
    switch node {
    case .octets(let range): return start < scalars.count && range.contains(scalars[start]) ? [start + 1] : []
    case .text(let text): return matches(text, start) ? [start + text.count] : []
    case .choice(let branches): return branches.reduce(into: []) { $0.formUnion(ends($1, start)) }
    case .sequence(let parts): return parts.reduce([start]) { places, part in all(part, places) }
    case .repetition(let least, let most, let inner): return repeated(inner, least, most, start)
    case .rule(let name):
      if let found = known[name]?[start] { return found }
      let found = rules[name].map { ends($0, start) } ?? []
      known[name, default: [:]][start] = found
      return found
    }
  }

  /// Text in ABNF does not see the case of letters (RFC 5234 §2.3).
  private func matches(_ text: [UInt8], _ start: Int) -> Bool {
    guard start + text.count <= scalars.count else { return false }
    return text.indices.allSatisfy { index in
      let (one, other) = (UInt32(text[index]), scalars[start + index])
      return one == other || (one | 32 == other | 32 && one | 32 >= 97 && one | 32 <= 122 && other < 128)
    }
  }

  private mutating func all(_ node: ABNFGrammar.Node, _ places: Set<Int>) -> Set<Int> {
    places.reduce(into: []) { $0.formUnion(ends(node, $1)) }
  }

  private mutating func repeated(_ inner: ABNFGrammar.Node, _ least: Int, _ most: Int, _ start: Int) -> Set<Int> {
    var result: Set<Int> = least == 0 ? [start] : []
    var places: Set<Int> = [start]
    var seen: Set<Int> = [start]
    var count = 0
    while count < most, !places.isEmpty {
      places = all(inner, places)
      count += 1
      if count >= least {
        result.formUnion(places)
        places.subtract(seen)
        seen.formUnion(places)
      }
    }
    return result
  }
}
