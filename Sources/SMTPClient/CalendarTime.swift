import Glibc

/// An instant as a date and a time of day in UTC.
package struct CalendarTime: Sendable {
  /// RFC 3339 with seconds or milliseconds, such as `2026-11-22T19:34:05.123Z`.
  package let text: String
  /// The form of a message's Date field (RFC 5322 §3.3), in UTC.
  package let messageDate: String

  /// The calendar time of a Unix time.
  package init(unixSeconds: Int64, milliseconds: Int? = nil) {
    var seconds = time_t(unixSeconds)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let date =
      "\(Self.pad(Int(parts.tm_year) + 1900, 4))-\(Self.pad(Int(parts.tm_mon) + 1, 2))-\(Self.pad(Int(parts.tm_mday), 2))"
    let clock = Self.clock(parts)
    text = "\(date)T\(clock)" + (milliseconds.map { "." + Self.pad($0, 3) } ?? "") + "Z"
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let day = "\(days[Int(parts.tm_wday) % 7]), \(parts.tm_mday) \(months[Int(parts.tm_mon) % 12])"
    messageDate = "\(day) \(Int(parts.tm_year) + 1900) \(clock) +0000"
  }

  /// The system's clock now, to the millisecond.
  package static var now: CalendarTime {
    var instant = timespec()
    clock_gettime(CLOCK_REALTIME, &instant)
    return CalendarTime(unixSeconds: Int64(instant.tv_sec), milliseconds: instant.tv_nsec / 1_000_000)
  }

  private static func clock(_ parts: tm) -> String {
    "\(pad(Int(parts.tm_hour), 2)):\(pad(Int(parts.tm_min), 2)):\(pad(Int(parts.tm_sec), 2))"
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
