/// Puts the octets of one direction of a connection in order (RFC 9293 §3.10.7.4).
///
/// What came twice is taken once, what came too early waits, within bounds; what was never captured is a gap.
struct TCPDirection {
  /// What is known next.
  enum Piece: Hashable {
    case octets(ArraySlice<UInt8>)
    /// So many octets were sent and not captured.
    case gap(Int)
  }

  /// The bounds of what waits for octets before it.
  static let maximumPending = 4096
  static let maximumPendingOctets = 8 << 20

  /// The sequence number of the next octet; nil before the first segment.
  private var next: UInt32?
  /// How many octets came before the next one.
  private(set) var offset = 0
  /// Segments that came too early, by the offset of their first octet.
  private var pending: [(offset: Int, octets: ArraySlice<UInt8>)] = []
  private var pendingOctets = 0
  /// The offset up to which the other side has said to have received.
  private var acknowledged = 0
  /// Whether a segment was dropped for want of room.
  private(set) var isOverflown = false

  /// Begins at the number of a SYN.
  mutating func begin(at sequence: UInt32) {
    if next == nil { next = sequence &+ 1 }
  }

  /// Takes note of an acknowledgement by the other side.
  mutating func acknowledge(_ number: UInt32) {
    guard let next else { return }
    let ahead = Int(Int32(bitPattern: number &- next))
    if ahead > 0, ahead < 1 << 30 { acknowledged = max(acknowledged, offset + ahead) }
  }

  /// Takes a segment in, and gives out what can be read now.
  mutating func receive(_ sequence: UInt32, _ octets: ArraySlice<UInt8>) -> [Piece] {
    guard !octets.isEmpty else { return [] }
    let expected = next ?? sequence
    next = expected
    let distance = Int(Int32(bitPattern: sequence &- expected))
    guard distance > -(1 << 30) else { return [] }
    if distance > 0 {
      keep(offset + distance, octets)
      // The other side has these octets already, so the ones before them were captured nowhere.
      return acknowledged >= offset + distance ? skip() : []
    }
    var pieces = deliver(octets.dropFirst(-distance))
    pieces += drain()
    return pieces
  }

  /// Ends the direction: what still waits is given out behind its gaps.
  mutating func finish() -> [Piece] {
    var pieces: [Piece] = []
    while !pending.isEmpty { pieces += skip() }
    return pieces
  }

  private mutating func keep(_ start: Int, _ octets: ArraySlice<UInt8>) {
    guard pending.count < Self.maximumPending, pendingOctets + octets.count <= Self.maximumPendingOctets else {
      isOverflown = true
      return
    }
    let index = pending.firstIndex { $0.offset > start } ?? pending.endIndex
    pending.insert((start, octets), at: index)
    pendingOctets += octets.count
  }

  private mutating func deliver(_ octets: ArraySlice<UInt8>) -> [Piece] {
    guard !octets.isEmpty else { return [] }
    advance(octets.count)
    return [.octets(octets)]
  }

  private mutating func advance(_ count: Int) {
    offset += count
    next = next.map { $0 &+ UInt32(truncatingIfNeeded: count) }
  }

  private mutating func drain() -> [Piece] {
    var pieces: [Piece] = []
    var used = 0
    while used < pending.count, pending[used].offset <= offset {
      let (start, octets) = pending[used]
      pendingOctets -= octets.count
      used += 1
      pieces += deliver(octets.dropFirst(offset - start))
    }
    pending.removeFirst(used)
    return pieces
  }

  private mutating func skip() -> [Piece] {
    guard let first = pending.first else { return [] }
    let count = first.offset - offset
    guard count > 0 else { return drain() }
    advance(count)
    return [.gap(count)] + drain()
  }
}
