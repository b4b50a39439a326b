/// The classes of the octets of a short text, all octets side by side: bit n of each word speaks of octet n. So runs and
/// neighbours are found without a branch for each octet.
struct OctetScan: Sendable {
  /// The longest text that there is room for.
  static let limit = 64

  /// Octets that are `atext`.
  private(set) var atext: UInt64 = 0
  /// Letters, digits and hyphens.
  private(set) var ldh: UInt64 = 0
  /// Dots and hyphens.
  private(set) var edges: UInt64 = 0
  private var union: UInt64 = 0

  /// Dots.
  var dots: UInt64 { edges & ~ldh }

  /// Whether an octet above 127 is among them.
  var hasNonASCII: Bool { union & 0x8080_8080_8080_8080 != 0 }

  /// A scan of nothing.
  init() {}

  /// Looks at a text of at most `limit` octets.
  init(_ octets: Span<UInt8>) {
    let count = octets.count
    var index = 0
    while index + 8 <= count {
      add(Self.word(octets, endingAt: index + 8), at: index)
      index += 8
    }
    if index < count { add(Self.word(octets, endingAt: count) &>> UInt64((index + 8 - count) * 8), at: index) }
  }

  @inline(__always)
  private mutating func add(_ word: UInt64, at index: Int) {
    var kinds: UInt64 = 0
    for place in 0..<8 as Range<UInt64> {
      kinds |= UInt64(OctetClass.of(UInt8(truncatingIfNeeded: word &>> (place * 8)))) &<< (place * 8)
    }
    let place = UInt64(index)
    atext |= Self.gather(kinds) &<< place
    ldh |= Self.gather(kinds &>> 2) &<< place
    edges |= Self.gather(kinds &>> 3) &<< place
    union |= word
  }

  /// The lowest bit of each of eight octets as eight bits.
  @inline(__always)
  private static func gather(_ bits: UInt64) -> UInt64 {
    ((bits & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) &>> 56
  }

  /// The eight octets before `end`, the last of them in the highest place; zeros for those that would stand before the text.
  @inline(__always)
  static func word(_ octets: Span<UInt8>, endingAt end: Int) -> UInt64 {
    if end >= 8, end <= octets.count {
      return UInt64(littleEndian: octets.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: end - 8, as: UInt64.self))
    }
    var word: UInt64 = 0
    for index in 0..<end { word = word &>> 8 | UInt64(octets[index]) &<< 56 }
    return word
  }

  /// The first place from `index` on where a word has no bit.
  @inline(__always)
  static func endOfRun(_ word: UInt64, from index: Int) -> Int {
    index + (~(word >> UInt64(index))).trailingZeroBitCount
  }

  /// The bits of the places in a range; its start is below `limit`.
  @inline(__always)
  static func places(_ range: Range<Int>) -> UInt64 {
    (UInt64.max &<< UInt64(range.lowerBound))
      & ~(range.upperBound < limit ? UInt64.max &<< UInt64(range.upperBound) : 0)
  }
}
