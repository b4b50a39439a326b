/// Cuts a stream of any size into lines in bounded memory.
public struct AddressLineReader: Sendable {
  /// The longest line that is kept; what is longer is cut there.
  public static let limit = 1 << 20

  private static let partSize = 1 << 13

  private var pending: [UInt8] = []
  private var isTruncated = false

  /// A reader at the start of a stream.
  public init() {}

  /// Takes the next octets of the stream and hands over each line that ends in them, without its LF or CRLF.
  /// `isTruncated` tells that the line was longer than the limit.
  public mutating func feed(_ chunk: Span<UInt8>, _ body: (_ line: Span<UInt8>, _ isTruncated: Bool) throws -> Void)
    rethrows
  {
    var start = 0
    for index in chunk.indices where chunk[index] == Octet.lineFeed {
      if pending.isEmpty && !isTruncated {
        let line = chunk.extracting(start..<index)
        try body(line.extracting(0..<Self.length(line)), false)
      } else {
        keep(chunk.extracting(start..<index))
        try flush(body)
      }
      start = index + 1
    }
    keep(chunk.extracting(start..<chunk.count))
  }

  /// The part of a stream's next octets from behind the first line end to the last one; empty when there are not two.
  public static func wholeLines(in octets: Span<UInt8>) -> Range<Int> {
    var start = 0
    while start < octets.count, octets[start] != Octet.lineFeed { start += 1 }
    var end = octets.count
    while end > start, octets[end - 1] != Octet.lineFeed { end -= 1 }
    return start + 1 < end ? start + 1..<end : end..<end
  }

  /// Lines that all end, cut into at most `count` parts of about the same size, each of whole lines and none smaller
  /// than 8 KiB.
  public static func parts(of lines: Span<UInt8>, _ count: Int) -> [Range<Int>] {
    let size = max(lines.count / max(count, 1) + 1, partSize)
    var parts: [Range<Int>] = []
    var start = 0
    while start < lines.count {
      var end = min(start + size, lines.count)
      while end < lines.count, lines[end - 1] != Octet.lineFeed { end += 1 }
      parts.append(start..<end)
      start = end
    }
    return parts
  }

  /// Hands over a last line that no LF ended.
  public mutating func finish(_ body: (_ line: Span<UInt8>, _ isTruncated: Bool) throws -> Void) rethrows {
    guard !pending.isEmpty else { return }
    try flush(body)
  }

  private mutating func keep(_ octets: Span<UInt8>) {
    let room = Self.limit - pending.count
    if octets.count > room { isTruncated = true }
    pending.append(octets, 0..<min(octets.count, room))
  }

  private mutating func flush(_ body: (_ line: Span<UInt8>, _ isTruncated: Bool) throws -> Void) rethrows {
    var octets: [UInt8] = []
    swap(&octets, &pending)
    let wasTruncated = isTruncated
    isTruncated = false
    let length = Self.length(octets.span)
    try body(octets.span.extracting(0..<length), wasTruncated)
    octets.removeAll(keepingCapacity: true)
    pending = octets
  }

  /// The length of a line without the CR of its CRLF.
  private static func length(_ line: Span<UInt8>) -> Int {
    line.isEmpty || line[line.count - 1] != Octet.carriageReturn ? line.count : line.count - 1
  }
}
