/// A line as it came off the wire: its octets without the ending, and the ending.
///
/// Writing `octets` and `ending.octets` again gives the received bytes exactly.
package struct WireLine: Hashable, Sendable {
  /// How a line ended (RFC 5321 §2.3.8 knows only CRLF).
  package enum Ending: Hashable, Sendable {
    case crlf
    /// A line feed without a carriage return before it.
    case bareLF
    /// Not ended yet: the line was cut at the framer's limit, or the stream ended within it.
    case none

    /// The bytes of the ending.
    package var octets: [UInt8] {
      switch self {
      case .crlf: [0x0D, 0x0A]
      case .bareLF: [0x0A]
      case .none: []
      }
    }
  }

  /// The octets before the ending. A carriage return that is not part of the ending stays here.
  package var octets: [UInt8]
  /// How the line ended.
  package var ending: Ending

  /// Makes a line; the ending is CRLF unless told otherwise.
  package init(_ octets: [UInt8], ending: Ending = .crlf) {
    self.octets = octets
    self.ending = ending
  }

  /// Makes a CRLF line of the UTF-8 octets of a text.
  package init(_ text: String) {
    self.init(Array(text.utf8))
  }

  /// The bytes as they stand on the wire, ending included.
  package var wireOctets: [UInt8] { octets + ending.octets }
}

/// Cuts a byte stream into lines and loses no byte.
///
/// Memory is bounded: a line that reaches `limit` octets without an ending is given out in pieces whose ending is
/// `.none`. What such a piece means is for the caller to judge. RFC 5321 §4.5.3.1.
package struct LineFramer: Sendable {
  /// The greatest number of octets of a line, its ending not counted.
  package let limit: Int
  private var buffer: [UInt8] = []
  private var head = 0
  /// Where the search for a line feed goes on, so that a line fed byte by byte is not searched again and again.
  private var scanned = 0

  /// Makes a framer whose lines hold at most `limit` octets (at least 1).
  package init(limit: Int = 65_536) {
    self.limit = max(1, limit)
  }

  /// The number of octets received and not yet given out.
  package var bufferedCount: Int { buffer.count - head }

  /// Takes octets in; `next()` gives the lines out.
  package mutating func append(_ octets: some Sequence<UInt8>) {
    if head > 0, head == buffer.count || head > 65_536 {
      buffer.removeSubrange(..<head)
      scanned -= head
      head = 0
    }
    buffer.append(contentsOf: octets)
  }

  /// The next line that is whole, or a piece of `limit` octets of one that is too long; nil when more is needed.
  package mutating func next() -> WireLine? {
    // One octet more than the limit may be a carriage return, one more the line feed.
    let end = min(buffer.count, head + limit + 2)
    if let lineFeed = firstLineFeed(from: scanned, to: end) {
      let hasReturn = lineFeed > head && buffer[lineFeed - 1] == 0x0D
      let stop = hasReturn ? lineFeed - 1 : lineFeed
      guard stop - head <= limit else { return piece() }
      return take(upTo: stop, next: lineFeed + 1, ending: hasReturn ? .crlf : .bareLF)
    }
    scanned = end
    return bufferedCount > limit + 1 ? piece() : nil
  }

  /// What is left after the stream has ended, as a line without an ending; nil when nothing is left.
  package mutating func finish() -> WireLine? {
    if let line = next() { return line }
    guard bufferedCount > 0 else { return nil }
    if bufferedCount > limit { return piece() }
    return take(upTo: buffer.count, next: buffer.count, ending: .none)
  }

  /// Takes out up to `count` octets as they are, for data that is not made of lines (BDAT, message text, TLS).
  package mutating func takeOctets(upTo count: Int = .max) -> [UInt8] {
    let stop = head + min(count, bufferedCount)
    let octets = Array(buffer[head..<stop])
    head = stop
    scanned = stop
    return octets
  }

  /// Up to `count` of the octets that wait, which stay where they are.
  package func peek(upTo count: Int) -> ArraySlice<UInt8> {
    buffer[head..<head + min(count, bufferedCount)]
  }

  private func firstLineFeed(from start: Int, to end: Int) -> Int? {
    buffer.withUnsafeBufferPointer { octets in
      var index = start
      while index < end {
        if octets[index] == 0x0A { return index }
        index += 1
      }
      return nil
    }
  }

  private mutating func piece() -> WireLine {
    take(upTo: head + limit, next: head + limit, ending: .none)
  }

  private mutating func take(upTo stop: Int, next: Int, ending: WireLine.Ending) -> WireLine {
    let line = WireLine(Array(buffer[head..<stop]), ending: ending)
    head = next
    scanned = next
    return line
  }
}
