extension AddressParser {
  /// Notes characters that are dangerous to show, and text that is not in normalization form C.
  mutating func noteUnicode(_ octets: Span<UInt8>, _ facts: UnicodeFacts) {
    if !facts.isNormal { note(.notNfc, 0, octets.count) }
    guard facts.hasUnsafe else { return }
    var found = 0
    var index = 0
    while index < octets.count, found < AddressReport.repetitionLimit {
      let (scalar, length) = UTF8Scalar.decode(octets, at: index)
      if scalar >= 0x80 && ScalarFacts.of(scalar) & ScalarFacts.unsafe != 0, !isJoinerInItsPlace(scalar, index) {
        note(.unicodeUnsafe, index, index + length, scalar)
        found += 1
      }
      index += max(length, 1)
    }
  }
}

extension AddressParser {
  /// Whether a scalar is a joiner of the domain that RFC 5892 appendix A.1 and A.2 allow where it stands.
  private func isJoinerInItsPlace(_ scalar: UInt32, _ index: Int) -> Bool {
    (scalar == 0x200C || scalar == 0x200D) && report.parts.domain?.contains(index) == true
      && !report.findings.contains { $0.rule == .idnaContext && $0.start <= index && index < $0.end }
  }
}

/// What one look at text beyond ASCII says of it.
struct UnicodeFacts {
  /// The first octet that is not well-formed; nothing else was looked at then.
  private(set) var malformed: Int?
  private(set) var isNormal = true
  private(set) var hasUnsafe = false

  init(_ octets: Span<UInt8>) {
    var form = NormalizationCheck()
    var index = 0
    let common = ScalarFacts.common
    while index < octets.count {
      if octets[index] < 0x80 {
        form.add(UInt32(octets[index]), ScalarFacts.starter)
        index += 1
        continue
      }
      let (scalar, length) = UTF8Scalar.decode(octets, at: index)
      if length == 0 {
        malformed = index
        return
      }
      let facts = ScalarFacts.of(scalar, in: common)
      form.add(scalar, facts)
      if facts & ScalarFacts.unsafe != 0 { hasUnsafe = true }
      index += length
    }
    isNormal = form.isNormal
  }
}

/// Which scalars a terminal or a reader should not be shown as they are.
public enum UnicodeSafety {
  /// Scalars of common scripts that are visible, combine with nothing before them and stand in form C; below U+0300
  /// the controls are among them too. Only a short cut: everything it says the tables say too.
  static func isPlainStarter(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<0x300, 0x388...0x38A, 0x38E...0x3A1, 0x3A3...0x482, 0x5D0...0x5EA, 0x620...0x64A, 0x904...0x939,
      0xE01...0xE30, 0x1E00...0x1EFF, 0x3041...0x3096, 0x30A1...0x30FA, 0x3400...0x9FFF, 0xAC00...0xD7A3,
      0xFF01...0xFF5E, 0x1F300...0x1F5FF, 0x1F600...0x1F64F:
      true
    default: false
    }
  }

  /// Whether a scalar is a control, invisible, a separator, for private use or unassigned.
  public static func isUnsafe(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar < 0x20 || scalar == 0x7F }
    if isPlainStarter(scalar) { return scalar < 0xA1 || scalar == 0xAD }
    guard let scalar = Unicode.Scalar(scalar) else { return true }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
      .paragraphSeparator:
      return true
    default:
      return properties.isDefaultIgnorableCodePoint
    }
  }
}

/// Tells whether text is in Unicode normalization form C, one scalar after the other (UAX #15 §9).
struct NormalizationCheck {
  private var starter: UInt32?
  private var lastClass: UInt8 = 0
  private var isBlocked = false
  private(set) var isNormal = true

  @inline(__always)
  mutating func add(_ scalar: UInt32, _ facts: UInt8) {
    if facts & ScalarFacts.starter != 0 {
      (starter, lastClass) = (scalar, 0)
    } else {
      addOther(scalar)
    }
  }

  private mutating func addOther(_ scalar: UInt32) {
    guard isNormal, let value = Unicode.Scalar(scalar) else { return }
    let combining = value.properties.canonicalCombiningClass.rawValue
    if combining != 0 && lastClass > combining { isNormal = false }
    if RangeTable.contains(NormalizationTable.excluded, scalar) { isNormal = false }
    let isAdjacent = lastClass == 0 || lastClass < combining
    if let starter, isAdjacent, composes(starter, scalar) || reorders(starter, scalar, combining) { isNormal = false }
    if combining == 0 { starter = scalar }
    lastClass = combining
  }

  /// Whether a mark belongs before a mark that the starter is already composed with, and composes with what is then
  /// left of the starter: a letter with grave and then a dot below is a letter with dot below and then grave.
  private func reorders(_ starter: UInt32, _ mark: UInt32, _ combining: UInt8) -> Bool {
    guard combining != 0, starter >= 0xC0 else { return false }
    var rest = starter
    while let parts = RangeTable.decomposition(of: rest) {
      guard Unicode.Scalar(parts.mark)?.properties.canonicalCombiningClass.rawValue ?? 0 > combining else {
        return false
      }
      if composes(parts.first, mark) { return true }
      rest = parts.first
    }
    return false
  }

  private func composes(_ first: UInt32, _ second: UInt32) -> Bool {
    if second >= 0x1161 && second < 0x1176 { return first >= 0x1100 && first < 0x1113 }
    if second > 0x11A7 && second < 0x11C3 {
      return first >= 0xAC00 && first <= 0xD7A3 && (first - 0xAC00) % 28 == 0
    }
    return RangeTable.hasElement(NormalizationTable.composing, UInt64(first) << 21 | UInt64(second))
  }
}

/// Searches sorted tables.
enum RangeTable {
  /// Whether a table of first and last scalars has a range with this scalar.
  static func contains(_ table: [UInt32], _ scalar: UInt32) -> Bool {
    var low = 0
    var high = table.count / 2
    while low < high {
      let middle = (low + high) / 2
      if scalar < table[middle * 2] {
        high = middle
      } else if scalar > table[middle * 2 + 1] {
        low = middle + 1
      } else {
        return true
      }
    }
    return false
  }

  /// The scalar and the mark that a scalar is composed of.
  static func decomposition(of scalar: UInt32) -> (first: UInt32, mark: UInt32)? {
    let table = NormalizationTable.decomposing
    var low = 0
    var high = table.count
    while low < high {
      let middle = (low + high) / 2
      if UInt32(table[middle] >> 42) < scalar { low = middle + 1 } else { high = middle }
    }
    guard low < table.count, UInt32(table[low] >> 42) == scalar else { return nil }
    return (UInt32(table[low] >> 21 & 0x1F_FFFF), UInt32(table[low] & 0x1F_FFFF))
  }

  /// Whether an ascending table has this element.
  static func hasElement(_ table: [UInt64], _ element: UInt64) -> Bool {
    var low = 0
    var high = table.count
    while low < high {
      let middle = (low + high) / 2
      if table[middle] == element { return true }
      if table[middle] < element { low = middle + 1 } else { high = middle }
    }
    return false
  }
}
