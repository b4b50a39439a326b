extension AddressParser {
  /// The short road for `dot-string "@" host-name` in ASCII. True when the address was judged; false, with nothing
  /// noted, when the long road must be taken.
  mutating func parsePlain(_ octets: Span<UInt8>) -> Bool {
    let count = octets.count
    guard count <= 254 else { return false }
    let localEnd = Self.endOfDotString(octets)
    guard localEnd > 0, localEnd <= 64, localEnd < count, octets[localEnd] == Octet.at else { return false }
    var index = localEnd + 1
    var labelStart = index
    var previousLabel = 0..<0
    var labels = 1
    while index < count {
      let octet = octets[index]
      if OctetSet.ldh.contains(octet) {
        index += 1
      } else if octet == Octet.dot, Self.isPlainLabel(octets, labelStart, index) {
        labels += 1
        previousLabel = labelStart..<index
        index += 1
        labelStart = index
      } else {
        return false
      }
    }
    guard Self.isPlainLabel(octets, labelStart, count), count - localEnd <= 254 else { return false }
    report.parts.localStart = 0
    report.parts.localEnd = localEnd
    report.parts.atSign = localEnd
    report.parts.domainStart = localEnd + 1
    report.parts.domainEnd = count
    report.parts.isComplete = true
    domain.labels = labels
    domain.lastLabel = labelStart..<count
    domain.previousLabel = previousLabel
    domain.lastIsALabel = false
    domain.lastHasNonASCII = false
    noteDomainShape(octets)
    return true
  }

  /// The end of the longest `Dot-string` at the start, or -1 when a dot is misplaced.
  private static func endOfDotString(_ octets: Span<UInt8>) -> Int {
    let count = octets.count
    var index = 0
    var wordStart = 0
    while index < count {
      let octet = octets[index]
      if OctetSet.atext.contains(octet) {
        index += 1
      } else if octet == Octet.dot, index > wordStart {
        index += 1
        wordStart = index
      } else {
        break
      }
    }
    return index > wordStart ? index : -1
  }

  /// Whether a label of letters, digits and hyphens says nothing that needs a closer look.
  private static func isPlainLabel(_ octets: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let length = end - start
    guard length > 0, length <= 63 else { return false }
    guard octets[start] != Octet.hyphen, octets[end - 1] != Octet.hyphen else { return false }
    return length < 4 || octets[start + 2] != Octet.hyphen || octets[start + 3] != Octet.hyphen
  }
}
