/// One line being typed, with the editing keys of readline.
///
/// The line is octets: what it holds is what will be sent. Any octet can be typed, those that are no text by `^V`.
package struct LineEditor: Hashable, Sendable {
  /// What the cursor steps over: a scalar, or an octet that is not part of one.
  package enum Element: Hashable, Sendable {
    case scalar(Unicode.Scalar)
    case octet(UInt8)

    var octets: [UInt8] {
      switch self {
      case .scalar(let scalar): Array(String(scalar).utf8)
      case .octet(let octet): [octet]
      }
    }

    var isBlank: Bool { self == .scalar(" ") }
    var isWord: Bool {
      guard case .scalar(let scalar) = self else { return true }
      return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_" || scalar.value > 0x7F
    }
  }

  private struct Snapshot: Hashable, Sendable {
    var elements: [Element]
    var cursor: Int
  }

  /// The line.
  package private(set) var elements: [Element] = []
  /// The cursor's place, in elements from 0.
  package private(set) var cursor = 0
  /// Whether the next key is to be inserted as it is.
  package private(set) var awaitsLiteral = false
  private var killed: [Element] = []
  private var undo: [Snapshot] = []
  private var isTyping = false
  private static let maximumUndo = 200
  private static let maximumElements = 65_536

  /// Makes an empty line.
  package init() {}

  /// Makes a line with the cursor at its end.
  package init(_ octets: [UInt8]) {
    elements = Self.elements(of: octets)
    cursor = elements.count
  }

  /// The octets of the line.
  package var octets: [UInt8] { elements.flatMap(\.octets) }
  /// The octets before the cursor.
  package var octetsBeforeCursor: [UInt8] { elements[..<cursor].flatMap(\.octets) }
  /// Whether the line is empty.
  package var isEmpty: Bool { elements.isEmpty }
  /// Whether the cursor stands behind the last element.
  package var isAtEnd: Bool { cursor == elements.count }

  /// Takes a key that edits; returns false when the key means nothing here.
  package mutating func apply(_ stroke: KeyStroke) -> Bool {
    if awaitsLiteral {
      awaitsLiteral = false
      if let octets = Self.literal(stroke) { insert(octets) }
      return true
    }
    return stroke.isAlt ? applyAlt(stroke.key) : applyPlain(stroke.key)
  }

  /// Inserts octets at the cursor.
  package mutating func insert(_ octets: [UInt8]) {
    let new = Self.elements(of: octets)
    guard elements.count + new.count <= Self.maximumElements else { return }
    remember()
    elements.insert(contentsOf: new, at: cursor)
    cursor += new.count
  }

  /// Puts another line in the place of this one; it can be undone.
  package mutating func replace(with octets: [UInt8]) {
    remember()
    elements = Self.elements(of: octets)
    cursor = elements.count
  }

  /// Puts other octets in the place of the last ones before the cursor.
  package mutating func replaceBeforeCursor(_ count: Int, with octets: [UInt8]) {
    remember()
    let start = max(0, cursor - count)
    let new = Self.elements(of: octets)
    elements.replaceSubrange(start..<cursor, with: new)
    cursor = start + new.count
  }

  /// Empties the line; it can be undone.
  package mutating func clear() { replace(with: []) }

  private mutating func applyPlain(_ key: Key) -> Bool {
    switch key {
    case .character(let scalar): type(scalar)
    case .left, .control("B"): move(to: cursor - 1)
    case .right, .control("F"): move(to: cursor + 1)
    case .home, .control("A"): move(to: 0)
    case .end, .control("E"): move(to: elements.count)
    case .backspace: remove(cursor - 1..<cursor)
    case .delete, .control("D"): remove(cursor..<cursor + 1)
    case .control("K"): kill(cursor..<elements.count)
    case .control("U"): kill(0..<cursor)
    case .control("W"): kill(blankWordStart()..<cursor)
    case .control("Y"): yank()
    case .control("_"): undoOnce()
    case .control("V"): awaitsLiteral = true
    default: return false
    }
    return true
  }

  private mutating func applyAlt(_ key: Key) -> Bool {
    switch key {
    case .character("b"), .left: move(to: wordStart())
    case .character("f"), .right: move(to: wordEnd())
    case .character("d"): kill(cursor..<wordEnd())
    case .backspace: kill(wordStart()..<cursor)
    default: return false
    }
    return true
  }

  private mutating func type(_ scalar: Unicode.Scalar) {
    guard elements.count < Self.maximumElements else { return }
    if !isTyping || scalar == " " { remember() }
    isTyping = true
    elements.insert(.scalar(scalar), at: cursor)
    cursor += 1
  }

  private mutating func move(to place: Int) {
    cursor = min(max(0, place), elements.count)
    isTyping = false
  }

  private mutating func remove(_ range: Range<Int>) {
    let range = range.clamped(to: 0..<elements.count)
    guard !range.isEmpty else { return }
    remember()
    elements.removeSubrange(range)
    cursor = range.lowerBound
  }

  private mutating func kill(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    killed = Array(elements[range])
    remove(range)
  }

  private mutating func yank() {
    guard !killed.isEmpty, elements.count + killed.count <= Self.maximumElements else { return }
    remember()
    elements.insert(contentsOf: killed, at: cursor)
    cursor += killed.count
  }

  private mutating func remember() {
    isTyping = false
    undo.append(Snapshot(elements: elements, cursor: cursor))
    if undo.count > Self.maximumUndo { undo.removeFirst() }
  }

  private mutating func undoOnce() {
    isTyping = false
    guard let last = undo.popLast() else { return }
    elements = last.elements
    cursor = last.cursor
  }

  private func blankWordStart() -> Int {
    var place = cursor
    while place > 0, elements[place - 1].isBlank { place -= 1 }
    while place > 0, !elements[place - 1].isBlank { place -= 1 }
    return place
  }

  private func wordStart() -> Int {
    var place = cursor
    while place > 0, !elements[place - 1].isWord { place -= 1 }
    while place > 0, elements[place - 1].isWord { place -= 1 }
    return place
  }

  private func wordEnd() -> Int {
    var place = cursor
    while place < elements.count, !elements[place].isWord { place += 1 }
    while place < elements.count, elements[place].isWord { place += 1 }
    return place
  }

  /// The octets of a key typed behind `^V`; nil for a key that has none.
  private static func literal(_ stroke: KeyStroke) -> [UInt8]? {
    switch stroke.key {
    case .character(let scalar): Array(String(scalar).utf8)
    case .control(let scalar): [UInt8(truncatingIfNeeded: scalar.value) & 0x1F]
    case .enter: [0x0D]
    case .tab: [0x09]
    case .escape: [0x1B]
    case .backspace: [0x7F]
    default: nil
    }
  }

  private static func elements(of octets: [UInt8]) -> [Element] {
    var elements: [Element] = []
    var index = 0
    while index < octets.count {
      if let (scalar, length) = UTF8Scalar.decode(octets, at: index) {
        elements.append(.scalar(scalar))
        index += length
      } else {
        elements.append(.octet(octets[index]))
        index += 1
      }
    }
    return elements
  }
}
