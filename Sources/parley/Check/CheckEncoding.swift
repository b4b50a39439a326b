import MailAddress

/// How a file writes its characters, told from the mark that it begins with; UTF-16 is read as UTF-8.
struct CheckEncoding {
  /// What the mark at the beginning says.
  enum Mark {
    case none, utf8, utf16LittleEndian, utf16BigEndian

    /// What is told of it, once for a file.
    var note: String? {
      switch self {
      case .none: nil
      case .utf8: "the file begins with a byte order mark, which is passed over"
      case .utf16LittleEndian, .utf16BigEndian: "the file is in UTF-16; offsets count the octets of UTF-8"
      }
    }
  }

  /// What the file's mark says; nil before its first octets.
  private(set) var mark: Mark?
  private var octet: UInt8?
  private var high: UInt16?

  /// Takes the next octets of a file, and gives those that are to be read in their place.
  mutating func take(_ octets: Span<UInt8>) -> [UInt8]? {
    var start = 0
    if mark == nil { start = readMark(octets) }
    switch mark {
    case .utf16LittleEndian?, .utf16BigEndian?: return decode(octets.extracting(start..<octets.count))
    default: return start == 0 ? nil : octets.extracting(start..<octets.count).withUnsafeBufferPointer { Array($0) }
    }
  }

  /// What is left at the end of the file: half a character.
  mutating func finish() -> [UInt8] {
    defer { (octet, high) = (nil, nil) }
    return octet == nil && high == nil ? [] : Array("\u{FFFD}".utf8)
  }

  private mutating func readMark(_ octets: Span<UInt8>) -> Int {
    func begins(_ mark: [UInt8]) -> Bool {
      octets.count >= mark.count && mark.indices.allSatisfy { octets[$0] == mark[$0] }
    }
    if begins([0xEF, 0xBB, 0xBF]) {
      mark = .utf8
      return 3
    }
    mark = begins([0xFF, 0xFE]) ? .utf16LittleEndian : begins([0xFE, 0xFF]) ? .utf16BigEndian : Mark.none
    return mark == Mark.none ? 0 : 2
  }

  private mutating func decode(_ octets: Span<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(octets.count)
    for index in 0..<octets.count {
      guard let first = octet else {
        octet = octets[index]
        continue
      }
      octet = nil
      let (low, top) = mark == .utf16BigEndian ? (octets[index], first) : (first, octets[index])
      append(UInt16(top) << 8 | UInt16(low), to: &text)
    }
    return text
  }

  /// Appends a unit of UTF-16; half of a pair without its other half becomes U+FFFD.
  private mutating func append(_ unit: UInt16, to text: inout [UInt8]) {
    if let high {
      self.high = nil
      if UTF16.isTrailSurrogate(unit) {
        let value = 0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF))
        return text.append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
      }
      text.append(contentsOf: "\u{FFFD}".utf8)
    }
    if UTF16.isLeadSurrogate(unit) {
      high = unit
    } else if unit < 0x80 {
      text.append(UInt8(unit))
    } else {
      text.append(contentsOf: String(Unicode.Scalar(unit) ?? "\u{FFFD}").utf8)
    }
  }
}
