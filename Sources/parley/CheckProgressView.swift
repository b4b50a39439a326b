import Glibc

/// A bar on the terminal's last line while a long file is read; nothing where standard error is no terminal.
struct CheckProgressView {
  private let size: Int
  private let isShown: Bool
  private var read = 0
  private var next: ContinuousClock.Instant
  private var isDrawn = false

  private static let interval = Duration.seconds(1)
  private static let width = 30

  /// A bar for a file of so many octets; nil for input whose size nobody knows.
  init(size: Int?) {
    self.size = size ?? 0
    let term = getenv("TERM").map { String(cString: $0) } ?? "dumb"
    // What is printed on the same terminal would be drawn over.
    isShown = self.size > 0 && isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 0 && term != "dumb"
    next = .now + Self.interval
  }

  /// Draws the bar when a second has gone since it was drawn.
  mutating func advance(by count: Int) {
    guard isShown else { return }
    read += count
    let now = ContinuousClock.now
    guard now >= next else { return }
    next = now + Self.interval
    isDrawn = true
    write(Self.bar(read: read, size: size))
  }

  /// Removes the bar.
  mutating func clear() {
    if isDrawn { write("\r\u{1B}[K") }
    isDrawn = false
  }

  /// The bar, from the line's start: how much of a file is read.
  static func bar(read: Int, size: Int) -> String {
    let part = min(Double(read) / Double(max(size, 1)), 1)
    let filled = Int(part * Double(width))
    let percent = String(Int(part * 100))
    let padding = String(repeating: " ", count: max(0, 3 - percent.utf8.count))
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    return "\r[\(bar)] \(padding)\(percent) %, \(read / 1_000_000) of \(size / 1_000_000) MB\u{1B}[K"
  }

  private func write(_ text: String) {
    let octets = Array(text.utf8)
    _ = Glibc.write(STDERR_FILENO, octets, octets.count)
  }
}
