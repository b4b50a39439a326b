import Glibc
import MTACore

/// The system's clock and zone.
enum SystemClock {
  /// Now.
  static var now: MTATime {
    var instant = timespec()
    clock_gettime(CLOCK_REALTIME, &instant)
    var parts = tm()
    localtime_r(&instant.tv_sec, &parts)
    return MTATime(
      seconds: Int64(instant.tv_sec), microseconds: instant.tv_nsec / 1000, zoneOffset: parts.tm_gmtoff,
      zoneName: parts.tm_zone.map { String(cString: $0) } ?? "UTC")
  }
}
