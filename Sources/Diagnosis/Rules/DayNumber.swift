import SMTPWire

/// A day, counted from 1970-01-01.
struct DayNumber: Hashable, Sendable {
  let value: Int

  /// Reads the date at the beginning of an RFC 3339 instant; nil when there is none.
  init?(rfc3339 octets: [UInt8]) {
    guard octets.count >= 10, octets[4] == UInt8(ascii: "-"), octets[7] == UInt8(ascii: "-"),
      let year = Self.number(octets[0..<4]), let month = Self.number(octets[5..<7]),
      let day = Self.number(octets[8..<10]),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    // Years begin in March here, so that the leap day is the last day of a year.
    let shifted = month > 2 ? year : year - 1
    let monthIndex = (month + 9) % 12
    let dayOfYear = (153 * monthIndex + 2) / 5 + day - 1
    value = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy(\.isASCIIDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
