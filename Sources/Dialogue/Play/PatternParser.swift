/// Reads a regular expression: characters, classes, groups with and without a name, alternatives and repetitions.
struct PatternParser {
  /// Why an expression cannot be used, and at which of its characters from 0.
  struct Fault: Error {
    let message: String
    let offset: Int
  }

  private let text: [Unicode.Scalar]
  private var index = 0
  private var names: [String] = []
  private var ignoresCase = false
  private var depth = 0

  private init(_ text: String) { self.text = Array(text.unicodeScalars) }

  /// The program of an expression.
  static func parse(_ text: String) throws(Fault) -> PatternProgram {
    var parser = PatternParser(text)
    let steps = try parser.alternatives()
    if parser.index < parser.text.count { throw parser.fault("a `)` closes no group") }
    var program = PatternProgram()
    program.add(steps)
    program.add(.match)
    program.names = parser.names
    return program
  }

  private typealias Steps = [PatternProgram.Step]

  private func fault(_ message: String) -> Fault { Fault(message: message, offset: index) }

  private var next: Unicode.Scalar? { index < text.count ? text[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    index += 1
    return true
  }

  private mutating func take(_ word: String) -> Bool {
    guard text[index...].starts(with: word.unicodeScalars) else { return false }
    index += word.unicodeScalars.count
    return true
  }

  private mutating func alternatives() throws(Fault) -> Steps {
    var program = PatternProgram()
    program.add(try sequence())
    while take("|") {
      let other = try sequence()
      let first = program.steps
      program = PatternProgram()
      program.add(.split(1, first.count + 2))
      program.add(first)
      program.add(.jump(first.count + 2 + other.count))
      program.add(other)
    }
    return program.steps
  }

  private mutating func sequence() throws(Fault) -> Steps {
    var program = PatternProgram()
    while let scalar = next, scalar != "|", scalar != ")" {
      let atom = try atom()
      program.add(try repeated(atom))
      if program.steps.count > PatternProgram.limit { throw fault("the expression is too large") }
    }
    return program.steps
  }

  private mutating func atom() throws(Fault) -> Steps {
    guard let scalar = next else { throw fault("something is missing at the end") }
    index += 1
    switch scalar {
    case "(": return try group()
    case "[": return [.character(try set())]
    case ".": return [.character(.notNewline)]
    case "^": return [.assertion(.start)]
    case "$": return [.assertion(.end)]
    case "\\": return [try escaped()]
    case "*", "+", "?":
      index -= 1
      throw fault("`\(scalar)` repeats nothing")
    default: return [.character(single(scalar.value))]
    }
  }

  private func single(_ value: UInt32) -> PatternSet { PatternSet(ranges: [value...value], ignoresCase: ignoresCase) }

  /// The steps of an atom with what repeats it.
  private mutating func repeated(_ atom: Steps) throws(Fault) -> Steps {
    var atom = atom
    while let (least, most) = try bounds() {
      let isLazy = take("?")
      if next == "+" { throw fault("a possessive `+` is not known here") }
      guard (max(most ?? 0, least) + 1) * (atom.count + 2) <= PatternProgram.limit else {
        throw fault("the repetition is too large")
      }
      atom = Self.repeating(atom, least, most, isLazy)
    }
    return atom
  }

  private static func repeating(_ atom: Steps, _ least: Int, _ most: Int?, _ isLazy: Bool) -> Steps {
    var program = PatternProgram()
    for _ in 0..<least { program.add(atom) }
    func split(_ into: Int, _ past: Int) -> PatternProgram.Step { isLazy ? .split(past, into) : .split(into, past) }
    guard let most else {
      var loop = PatternProgram()
      loop.add(split(1, atom.count + 2))
      loop.add(atom)
      loop.add(.jump(0))
      program.add(loop.steps)
      return program.steps
    }
    var rest: Steps = []
    for _ in least..<max(most, least) {
      var optional = PatternProgram()
      optional.add(split(1, atom.count + rest.count + 1))
      optional.add(atom)
      optional.add(rest)
      rest = optional.steps
    }
    program.add(rest)
    return program.steps
  }

  /// How often an atom comes, at least and at most; nil where nothing says so. A brace that counts nothing is itself.
  private mutating func bounds() throws(Fault) -> (least: Int, most: Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = index
    guard take("{"), let least = number() else {
      index = start
      return nil
    }
    var most: Int? = least
    if take(",") { most = next == "}" ? nil : number() ?? -1 }
    guard take("}"), most ?? least >= least else { throw fault("a repetition is {n}, {n,} or {n,m}") }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let scalar = next, (0x30...0x39).contains(scalar.value), value ?? 0 < 10_000 {
      value = (value ?? 0) * 10 + Int(scalar.value - 0x30)
      index += 1
    }
    return value
  }

  private mutating func group() throws(Fault) -> Steps {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 100 else { throw fault("groups are nested too deep") }
    let outer = ignoresCase
    var slot: Int?
    if take("?") {
      if take("<"), next != "=", next != "!" {
        slot = try name()
      } else if take("i)") {
        // From here on, to the end of the group around it.
        ignoresCase = true
        return []
      } else if take("i:") {
        ignoresCase = true
      } else if !take(":") {
        throw fault("this kind of group is not known; there are (…), (?:…), (?i:…) and (?<name>…)")
      }
    }
    var steps = try alternatives()
    guard take(")") else { throw fault("expected `)` to close the group") }
    ignoresCase = outer
    if let slot {
      var program = PatternProgram()
      program.add(.save(2 * slot))
      program.add(steps)
      program.add(.save(2 * slot + 1))
      steps = program.steps
    }
    return steps
  }

  private mutating func name() throws(Fault) -> Int {
    var name = String.UnicodeScalarView()
    while let scalar = next, scalar != ">" {
      guard PatternSet.words.holds(scalar) else { throw fault("a group's name has letters, digits and `_`") }
      name.append(scalar)
      index += 1
    }
    guard take(">"), !name.isEmpty else { throw fault("expected the group's name and `>`") }
    guard !names.contains(String(name)) else { throw fault("the name \(String(name)) stands twice") }
    names.append(String(name))
    return names.count - 1
  }

  private mutating func escaped() throws(Fault) -> PatternProgram.Step {
    switch next {
    case "b": index += 1; return .assertion(.boundary)
    case "B": index += 1; return .assertion(.noBoundary)
    case "A": index += 1; return .assertion(.start)
    case "z", "Z": index += 1; return .assertion(.end)
    default: return .character(try escapedSet())
    }
  }

  /// What stands for a character or a class behind a backslash.
  private mutating func escapedSet() throws(Fault) -> PatternSet {
    guard let scalar = next else { throw fault("a backslash stands at the end") }
    index += 1
    switch scalar {
    case "d": return .digits
    case "D": return PatternSet.digits.inverted
    case "w": return .words
    case "W": return PatternSet.words.inverted
    case "s": return .blanks
    case "S": return PatternSet.blanks.inverted
    case "t": return single(0x09)
    case "n": return single(0x0A)
    case "r": return single(0x0D)
    case "x", "u": return single(try hexadecimal(digits: scalar == "x" ? 2 : 4))
    case _ where PatternSet.words.holds(scalar):
      index -= 1
      throw fault("\\\(scalar) is not known here; a backslash makes a sign stand for itself")
    default: return single(scalar.value)
    }
  }

  private mutating func hexadecimal(digits: Int) throws(Fault) -> UInt32 {
    let isBraced = take("{")
    var text = ""
    while let scalar = next, scalar.properties.isASCIIHexDigit, text.utf8.count < (isBraced ? 6 : digits) {
      text.unicodeScalars.append(scalar)
      index += 1
    }
    guard isBraced ? take("}") : text.utf8.count == digits, let value = UInt32(text, radix: 16) else {
      throw fault("expected \(digits) hexadecimal digits, or some in braces")
    }
    return value
  }

  /// A class from behind its `[`.
  private mutating func set() throws(Fault) -> PatternSet {
    var set = PatternSet(ignoresCase: ignoresCase)
    set.isNegated = take("^")
    var isFirst = true
    while let scalar = next, scalar != "]" || isFirst {
      isFirst = false
      if take("[:") {
        set.ranges += try named()
        continue
      }
      let low = try member()
      guard let first = low.ranges.first, low.ranges.count == 1, first.count == 1, !low.isNegated, next == "-",
        index + 1 < text.count, text[index + 1] != "]"
      else {
        set.ranges += Self.members(of: low)
        continue
      }
      index += 1
      guard let last = try member().ranges.first, last.lowerBound >= first.lowerBound else {
        throw fault("a range goes from a character to a later one")
      }
      set.ranges.append(first.lowerBound...last.lowerBound)
    }
    guard take("]") else { throw fault("expected `]` to close the class") }
    return set
  }

  private mutating func member() throws(Fault) -> PatternSet {
    guard let scalar = next else { throw fault("expected `]` to close the class") }
    index += 1
    return scalar == "\\" ? try escapedSet() : PatternSet(ranges: [scalar.value...scalar.value])
  }

  /// The ranges of a class within another one, what it excludes turned round.
  private static func members(of set: PatternSet) -> [ClosedRange<UInt32>] {
    guard set.isNegated else { return set.ranges }
    var ranges: [ClosedRange<UInt32>] = []
    var start: UInt32 = 0
    for range in set.ranges {
      if range.lowerBound > start { ranges.append(start...range.lowerBound - 1) }
      start = range.upperBound + 1
    }
    return ranges + [start...0x10_FFFF]
  }

  private mutating func named() throws(Fault) -> [ClosedRange<UInt32>] {
    let classes: [(String, [ClosedRange<UInt32>])] = [
      ("digit:]", [0x30...0x39]), ("alpha:]", [0x41...0x5A, 0x61...0x7A]), ("space:]", PatternSet.blanks.ranges),
      ("alnum:]", [0x30...0x39, 0x41...0x5A, 0x61...0x7A]), ("upper:]", [0x41...0x5A]), ("lower:]", [0x61...0x7A]),
      ("xdigit:]", [0x30...0x39, 0x41...0x46, 0x61...0x66]),
      ("punct:]", [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]),
    ]
    for (name, ranges) in classes where take(name) { return ranges }
    throw fault("this named class is not known")
  }
}
