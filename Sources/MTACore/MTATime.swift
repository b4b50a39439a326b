/// An instant with the zone in which it is told.
package struct MTATime: Hashable, Sendable {
  /// Since 1970 in UTC.
  package var seconds: Int64
  /// 0 to 999,999.
  package var microseconds: Int
  /// Seconds east of Greenwich.
  package var zoneOffset: Int
  /// The zone's abbreviation, such as `UTC`.
  package var zoneName: String

  /// Makes an instant.
  package init(seconds: Int64, microseconds: Int = 0, zoneOffset: Int = 0, zoneName: String = "UTC") {
    self.seconds = seconds
    self.microseconds = microseconds
    self.zoneOffset = zoneOffset
    self.zoneName = zoneName
  }

  /// As in a header: `Mon, 02 Jan 2006 15:04:05 -0700 (MST)` (RFC 5322 §3.3).
  package var messageDate: String {
    let date = Calendar(seconds + Int64(zoneOffset))
    let minutes = abs(zoneOffset) / 60
    let zone = (zoneOffset < 0 ? "-" : "+") + Self.pad(minutes / 60) + Self.pad(minutes % 60)
    return
      "\(date.weekdayName), \(Self.pad(date.day)) \(date.monthName) \(date.year) \(date.clock) \(zone) (\(zoneName))"
  }

  /// As at the head of a log line: `Jan  2 15:04:05`.
  package var logStamp: String {
    let date = Calendar(seconds + Int64(zoneOffset))
    return "\(date.monthName) \(date.day < 10 ? " " : "")\(date.day) \(date.clock)"
  }

  /// As in a message id: `YYYYMMDDhhmmss` in UTC.
  package var idStamp: String {
    let date = Calendar(seconds)
    return "\(date.year)\(Self.pad(date.month))\(Self.pad(date.day))" + date.clock.filter { $0 != ":" }
  }

  /// The microseconds from another instant to this one, not less than 0.
  package func microseconds(since earlier: MTATime) -> Int {
    let difference = Int(seconds - earlier.seconds) * 1_000_000 + microseconds - earlier.microseconds
    return max(0, difference)
  }

  static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// The Gregorian date and time of a count of seconds, reckoned in eras of 400 years that begin in March.
private struct Calendar {
  let year, month, day, weekday: Int
  let clock: String

  init(_ seconds: Int64) {
    let days = Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
    let rest = Int(seconds) - days * 86_400
    clock = [rest / 3600, rest / 60 % 60, rest % 60].map(MTATime.pad).joined(separator: ":")
    weekday = ((days + 4) % 7 + 7) % 7
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var weekdayName: String { ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][weekday] }
  var monthName: String {
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]
  }
}
