/// One connection of a capture: what each side sent, in the order of the packets.
struct TCPConnection {
  /// What happened, and who did it.
  struct Step {
    enum Deed {
      case octets(ArraySlice<UInt8>)
      case gap(Int)
      case finish
      case reset
    }
    let time: Duration
    let isClient: Bool
    let deed: Deed
  }

  /// The ports at which mail servers listen.
  static let mailPorts: Set<Int> = [25, 465, 587, 2525]

  /// When its first packet was seen, since 1970.
  let start: Duration
  let first: SocketAddress
  let second: SocketAddress
  /// In the order in which they became known; `isClient` there is about `first`.
  private var found: [Step] = []
  private var directions = (TCPDirection(), TCPDirection())
  private var opener: SocketAddress?
  private var openingNumber: UInt32?
  private(set) var isCut = false
  private(set) var isEnded = false

  init(_ segment: TCPSegment, at time: Duration) {
    (first, second, start) = (segment.source, segment.destination, time)
  }

  /// Whether a SYN with this number belongs to another connection between the same two sockets.
  func isOver(for segment: TCPSegment) -> Bool {
    guard segment.isSYN, !segment.isACK else { return false }
    return openingNumber.map { $0 != segment.sequence } ?? !found.isEmpty
  }

  /// Takes a segment in.
  mutating func receive(_ segment: TCPSegment, at time: Duration) {
    let isFirst = segment.source == first
    if segment.isSYN {
      if !segment.isACK { (opener, openingNumber) = (segment.source, segment.sequence) }
      if segment.isACK { opener = opener ?? segment.destination }
      if isFirst { directions.0.begin(at: segment.sequence) } else { directions.1.begin(at: segment.sequence) }
    }
    if segment.isACK {
      if isFirst {
        directions.1.acknowledge(segment.acknowledgement)
      } else {
        directions.0.acknowledge(segment.acknowledgement)
      }
    }
    isCut = isCut || segment.isCut
    let sequence = segment.isSYN ? segment.sequence &+ 1 : segment.sequence
    let pieces =
      isFirst
      ? directions.0.receive(sequence, segment.payload) : directions.1.receive(sequence, segment.payload)
    add(pieces, isFirst, time)
    if segment.isFIN || segment.isRST { end(segment, isFirst, time) }
  }

  private mutating func end(_ segment: TCPSegment, _ isFirst: Bool, _ time: Duration) {
    guard !isEnded else { return }
    isEnded = true
    found.append(Step(time: time, isClient: isFirst, deed: segment.isRST ? .reset : .finish))
  }

  private mutating func add(_ pieces: [TCPDirection.Piece], _ isFirst: Bool, _ time: Duration) {
    for piece in pieces {
      switch piece {
      case .octets(let octets): found.append(Step(time: time, isClient: isFirst, deed: .octets(octets)))
      case .gap(let count): found.append(Step(time: time, isClient: isFirst, deed: .gap(count)))
      }
    }
  }

  /// Ends the connection with the capture.
  mutating func finish() {
    let time = found.last?.time ?? start
    let (early, late) = (directions.0.finish(), directions.1.finish())
    add(early, true, time)
    add(late, false, time)
    isCut = isCut || directions.0.isOverflown || directions.1.isOverflown
  }

  /// Whether the first socket is the client: it opened the connection, or the other one looks like a server's.
  private var isFirstClient: Bool {
    if let opener { return opener == first }
    if Self.mailPorts.contains(second.port) { return true }
    if Self.mailPorts.contains(first.port) { return false }
    for step in found {
      if case .octets(let octets) = step.deed, octets.begins(with: "220") { return !step.isClient }
    }
    return second.port < first.port
  }

  var server: SocketAddress { isFirstClient ? second : first }

  /// What happened, in order.
  var steps: [Step] {
    if isFirstClient { return found }
    return found.map { Step(time: $0.time, isClient: !$0.isClient, deed: $0.deed) }
  }

  var hasOctets: Bool {
    found.contains { if case .octets = $0.deed { true } else { false } }
  }

  /// Whether the server's first octets are a greeting's.
  var hasGreeting: Bool {
    for step in steps where !step.isClient {
      if case .octets(let octets) = step.deed { return octets.begins(with: "220") || octets.begins(with: "554") }
    }
    return false
  }
}
