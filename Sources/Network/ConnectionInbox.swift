/// What has arrived on a connection and was not read yet: octets with their instants first, then how it ended.
struct ConnectionInbox {
  /// No more is fetched from the system while there is this much.
  static let limit = 65_536
  /// What arrives within this time of what came before belongs to it: nobody tells shorter times apart.
  static let grain = Duration.microseconds(500)
  /// More arrivals than this are not told apart, however slowly a peer drips.
  static let maximumArrivals = 256

  private var arrivals: [Arrival] = []
  private(set) var count = 0
  private(set) var end: ConnectionEnd?

  var isEmpty: Bool { arrivals.isEmpty && end == nil }
  var isFull: Bool { count >= Self.limit }

  mutating func append(_ more: some Collection<UInt8>, at instant: ContinuousClock.Instant = .now) {
    guard end == nil, !more.isEmpty else { return }
    count += more.count
    if let last = arrivals.last, instant - last.at < Self.grain || arrivals.count >= Self.maximumArrivals {
      arrivals[arrivals.count - 1].octets.append(contentsOf: more)
    } else {
      arrivals.append(Arrival(octets: Array(more), at: instant))
    }
  }

  /// Notes the end; the first one counts.
  mutating func end(_ how: ConnectionEnd) {
    if end == nil { end = how }
  }

  /// All that has arrived, or the end when there is nothing; nil when there is neither. The end stays.
  mutating func take() -> ReceiveOutcome? {
    if arrivals.isEmpty { return end.map { .ended($0) } }
    defer { (arrivals, count) = ([], 0) }
    return .arrived(arrivals)
  }

  /// All octets there are.
  mutating func takeBytes() -> [UInt8] {
    defer { (arrivals, count) = ([], 0) }
    return arrivals.count == 1 ? arrivals[0].octets : arrivals.flatMap(\.octets)
  }
}
