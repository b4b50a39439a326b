/// A regular expression as steps that are followed side by side (the machine of Thompson and Pike).
///
/// The time to match is at most the product of the steps and the characters, whatever they are: no expression and no
/// server can make a script wait. So there are no back-references and no looking around.
struct PatternProgram: Hashable, Sendable {
  /// One step.
  enum Step: Hashable, Sendable {
    case character(PatternSet)
    case assertion(Assertion)
    /// Goes on at two places; the first is preferred.
    case split(Int, Int)
    case jump(Int)
    /// Notes the place in a slot.
    case save(Int)
    case match
  }

  /// What must hold between two characters.
  enum Assertion: Hashable, Sendable {
    case start, end, boundary, noBoundary
  }

  private(set) var steps: [Step] = []
  /// The names of the groups that have one, with their slots: two for each, its start and its end.
  var names: [String] = []

  /// A program has no more steps; repetitions that are counted make many.
  static let limit = 4_000

  /// Adds a step; its place.
  @discardableResult
  mutating func add(_ step: Step) -> Int {
    steps.append(step)
    return steps.count - 1
  }

  /// Adds the steps of another program that follow these.
  mutating func add(_ others: [Step]) {
    let offset = steps.count
    steps += others.map { step in
      switch step {
      case .split(let first, let second): .split(first + offset, second + offset)
      case .jump(let place): .jump(place + offset)
      default: step
      }
    }
  }

  /// What the named groups stand for where the expression is found first in a text; nil where it is not found.
  func captures(in text: String) -> [String: [UInt8]]? {
    let scalars = Array(text.unicodeScalars)
    var matcher = PatternMatcher(self, scalars)
    guard let slots = matcher.run() else { return nil }
    var captures: [String: [UInt8]] = [:]
    for (index, name) in names.enumerated() where slots[2 * index] >= 0 && slots[2 * index + 1] >= 0 {
      var part = String.UnicodeScalarView()
      part.append(contentsOf: scalars[slots[2 * index]..<slots[2 * index + 1]])
      captures[name] = Array(String(part).utf8)
    }
    return captures
  }
}

/// A set of characters.
struct PatternSet: Hashable, Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  var isNegated = false
  /// Whether letters of ASCII match in either case.
  var ignoresCase = false

  static let digits = PatternSet(ranges: [0x30...0x39])
  static let words = PatternSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let blanks = PatternSet(ranges: [0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0])
  static let notNewline = PatternSet(ranges: [0x0A...0x0A, 0x0D...0x0D], isNegated: true)

  /// The characters that are not in it.
  var inverted: PatternSet { PatternSet(ranges: ranges, isNegated: !isNegated, ignoresCase: ignoresCase) }

  /// Whether a character is in it.
  func holds(_ scalar: Unicode.Scalar) -> Bool {
    if contains(scalar.value) { return !isNegated }
    if ignoresCase, scalar.isASCII, scalar.properties.isAlphabetic, contains(scalar.value ^ 0x20) { return !isNegated }
    return isNegated
  }

  private func contains(_ value: UInt32) -> Bool { ranges.contains { $0.contains(value) } }
}

/// Follows a program through a text.
private struct PatternMatcher {
  private let program: PatternProgram
  private let text: [Unicode.Scalar]
  /// Where each place of the program was last reached, so that each is followed once at a character.
  private var reached: [Int]
  private var threads: [(place: Int, slots: [Int])] = []

  init(_ program: PatternProgram, _ text: [Unicode.Scalar]) {
    (self.program, self.text) = (program, text)
    reached = Array(repeating: -1, count: program.steps.count)
  }

  /// The slots of the first match; nil where there is none.
  mutating func run() -> [Int]? {
    let empty = Array(repeating: -1, count: program.names.count * 2)
    var found: [Int]?
    for index in 0...text.count {
      // What begins later is less preferred than what has begun.
      if found == nil { follow(0, empty, at: index) }
      let current = threads
      threads = []
      if current.isEmpty, found != nil { return found }
      for thread in current {
        switch program.steps[thread.place] {
        case .match:
          found = thread.slots
        case .character(let set):
          if index < text.count, set.holds(text[index]) { follow(thread.place + 1, thread.slots, at: index + 1) }
          continue
        default: continue
        }
        // The threads behind it are less preferred.
        break
      }
    }
    return found
  }

  /// Adds the places that can be reached without a character.
  private mutating func follow(_ place: Int, _ slots: [Int], at index: Int) {
    var pending = [(place, slots)]
    while let (place, slots) = pending.popLast() {
      guard reached[place] != index else { continue }
      reached[place] = index
      switch program.steps[place] {
      case .jump(let next): pending.append((next, slots))
      case .split(let first, let second): pending += [(second, slots), (first, slots)]
      case .save(let slot):
        var slots = slots
        slots[slot] = index
        pending.append((place + 1, slots))
      case .assertion(let assertion): if holds(assertion, at: index) { pending.append((place + 1, slots)) }
      case .character, .match: threads.append((place, slots))
      }
    }
  }

  private func holds(_ assertion: PatternProgram.Assertion, at index: Int) -> Bool {
    switch assertion {
    case .start: index == 0
    case .end: index == text.count
    case .boundary: isBoundary(index)
    case .noBoundary: !isBoundary(index)
    }
  }

  private func isBoundary(_ index: Int) -> Bool {
    let before = index > 0 && PatternSet.words.holds(text[index - 1])
    return before != (index < text.count && PatternSet.words.holds(text[index]))
  }
}
