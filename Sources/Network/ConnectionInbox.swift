/// What has arrived on a connection and was not read yet: bytes first, then how it ended.
struct ConnectionInbox {
  /// No more is fetched from the system while there is this much.
  static let limit = 65_536

  private(set) var bytes: [UInt8] = []
  private(set) var end: ConnectionEnd?

  var isEmpty: Bool { bytes.isEmpty && end == nil }
  var isFull: Bool { bytes.count >= Self.limit }

  mutating func append(_ more: some Sequence<UInt8>) {
    if end == nil { bytes.append(contentsOf: more) }
  }

  /// Notes the end; the first one counts.
  mutating func end(_ how: ConnectionEnd) {
    if end == nil { end = how }
  }

  /// All bytes there are, or the end when there are none; nil when there is nothing. The end stays.
  mutating func take() -> ReadOutcome? {
    if bytes.isEmpty { return end.map { .ended($0) } }
    defer { bytes = [] }
    return .bytes(bytes)
  }

  /// All bytes there are.
  mutating func takeBytes() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }
}
