/// The lines typed before, and the way through them by prefix or by search.
package struct LineHistory: Hashable, Sendable {
  /// The lines, oldest first; a line typed twice in a row stands once.
  package private(set) var lines: [[UInt8]] = []
  private var place: Int?
  private var prefix: [UInt8] = []
  private static let maximum = 1000

  /// Makes an empty history.
  package init() {}

  /// Adds a line and ends a walk.
  package mutating func add(_ line: [UInt8]) {
    endWalk()
    guard !line.isEmpty, lines.last != line else { return }
    lines.append(line)
    if lines.count > Self.maximum { lines.removeFirst() }
  }

  /// The next older line that begins with what stood in the line when the walk began; nil when there is none.
  package mutating func older(than typed: [UInt8]) -> [UInt8]? {
    if place == nil { prefix = typed }
    let end = place ?? lines.count
    guard let found = lines[..<end].lastIndex(where: { $0.starts(with: prefix) && $0 != typed }) else { return nil }
    place = found
    return lines[found]
  }

  /// The next newer line of the walk; behind the newest stands what was typed. Nil when no walk is on.
  package mutating func newer() -> [UInt8]? {
    guard let place else { return nil }
    guard let found = lines[(place + 1)...].firstIndex(where: { $0.starts(with: prefix) }) else {
      endWalk()
      return prefix
    }
    self.place = found
    return lines[found]
  }

  /// Forgets where the walk stands.
  package mutating func endWalk() { place = nil }

  /// The newest line that holds a text, older than the given number of matches.
  package func search(_ text: [UInt8], skipping: Int) -> [UInt8]? {
    var left = skipping
    for line in lines.reversed() where Self.holds(line, text) {
      if left == 0 { return line }
      left -= 1
    }
    return nil
  }

  /// The last word of the newest line.
  package var lastArgument: [UInt8]? {
    lines.last?.split(separator: 0x20).last.map(Array.init)
  }

  private static func holds(_ line: [UInt8], _ text: [UInt8]) -> Bool {
    guard !text.isEmpty, line.count >= text.count else { return false }
    return (0...line.count - text.count).contains { line[$0..<$0 + text.count].equalsIgnoringCase(text) }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func equalsIgnoringCase(_ other: [UInt8]) -> Bool {
    zip(self, other).allSatisfy { lower($0) == lower($1) }
  }

  private func lower(_ octet: UInt8) -> UInt8 { (0x41...0x5A).contains(octet) ? octet + 0x20 : octet }
}
