/// What a message needs of a server, seen from its text before it is made fit for DATA.
///
/// The text may come in pieces of any size. CRLF, a bare LF and a bare CR each end a line, as `DotStuffEncoder` has it.
package struct MessageTraits: Hashable, Sendable {
  /// Whether there are octets beyond ASCII.
  package private(set) var isEightBit = false
  /// Whether there are octets beyond ASCII before the first empty line.
  package private(set) var hasUTF8Header = false
  /// The octets of the longest line, without its end and without a dot that is doubled.
  package var longestLine: Int { max(longest, lineLength) }
  /// The message's octets once each line ends in CRLF (RFC 1870 §5).
  package var size: Int { ended + (lineLength > 0 || pendingReturn ? lineLength + 2 : 0) }

  private var longest = 0
  private var ended = 0
  private var lineLength = 0
  private var pendingReturn = false
  private var isInHeader = true

  /// Begins with nothing.
  package init() {}

  /// The traits of a message in ASCII with short lines, of which the size alone is known.
  package init(size: Int) { ended = size }

  /// Takes the next octets in.
  package mutating func receive(_ octets: some Collection<UInt8>) {
    // Memory whose kind is known: a loop over any collection takes many times as long.
    let isDone: Void? = octets.withContiguousStorageIfAvailable { receive(octets: $0) }
    if isDone == nil { Array(octets).withUnsafeBufferPointer { receive(octets: $0) } }
  }

  private mutating func receive(octets: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < octets.count {
      let start = index
      var highest: UInt8 = 0
      while index < octets.count, octets[index] != 0x0A, octets[index] != 0x0D {
        highest |= octets[index]
        index += 1
      }
      if index > start { receive(count: index - start, highest: highest) }
      guard index < octets.count else { break }
      if pendingReturn, octets[index] == 0x0D { endLine() }
      if octets[index] == 0x0A { endLine() }
      pendingReturn = octets[index] == 0x0D
      index += 1
    }
  }

  /// Takes octets of one line in.
  private mutating func receive(count: Int, highest: UInt8) {
    if pendingReturn { endLine() }
    pendingReturn = false
    lineLength += count
    guard highest > 0x7F else { return }
    isEightBit = true
    hasUTF8Header = hasUTF8Header || isInHeader
  }

  private mutating func endLine() {
    if lineLength == 0 { isInHeader = false }
    longest = max(longest, lineLength)
    ended += lineLength + 2
    lineLength = 0
  }
}
