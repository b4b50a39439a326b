/// Times as the screen shows them.
enum TimeText {
  /// `0:43`, `61:05`.
  static func age(_ time: Duration) -> String {
    let seconds = max(0, time.components.seconds)
    return "\(seconds / 60):" + padded(seconds % 60, to: 2)
  }

  /// `02.026` up to 100 seconds, then `12:05`.
  static func stamp(_ time: Duration) -> String {
    let milliseconds = milliseconds(time)
    if milliseconds >= 100_000 { return age(time) }
    return padded(milliseconds / 1000, to: 2) + "." + padded(milliseconds % 1000, to: 3)
  }

  /// `39ms`, `1204ms`, `12.3s`.
  static func elapsed(_ time: Duration) -> String {
    let milliseconds = milliseconds(time)
    if milliseconds < 10_000 { return "\(milliseconds)ms" }
    return "\(milliseconds / 1000).\(milliseconds % 1000 / 100)s"
  }

  /// A bar from nothing to seven signs, by the logarithm from 1 ms to 10 s.
  static func bar(_ time: Duration) -> String {
    let microseconds = milliseconds(time) * 1000
    // Each step is the square root of ten times the one before.
    let steps: [Int64] = [1_780, 5_620, 17_800, 56_200, 178_000, 562_000, 1_780_000]
    return String(repeating: "▪", count: steps.count { $0 <= microseconds })
  }

  static func milliseconds(_ time: Duration) -> Int64 {
    let (seconds, attoseconds) = time.components
    return min(max(0, seconds), 1_000_000_000) * 1000 + attoseconds / 1_000_000_000_000_000
  }

  private static func padded(_ number: Int64, to digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}
