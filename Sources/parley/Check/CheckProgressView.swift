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
    write(Self.bar(read: read, size: size, columns: Self.columns))
  }

  /// Removes the bar.
  mutating func clear() {
    if isDrawn { write("\r\u{1B}[K") }
    isDrawn = false
  }

  /// The terminal's columns, 80 where it does not tell.
  private static var columns: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  /// The bar, from the line's start: how much of a file is read. It leaves the last column free, so that nothing wraps.
  static func bar(read: Int, size: Int, columns: Int) -> String {
    let part = min(Double(read) / Double(max(size, 1)), 1)
    let percent = String(Int(part * 100))
    let padding = String(repeating: " ", count: max(0, 3 - percent.utf8.count))
    let words = "\(padding)\(percent) %, \(read / 1_000_000) of \(size / 1_000_000) MB"
    let width = min(Self.width, columns - words.utf8.count - 4)
    guard width > 0 else { return "\r\(words.prefix(max(0, columns - 1)))\u{1B}[K" }
    let filled = Int(part * Double(width))
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    return "\r[\(bar)] \(words)\u{1B}[K"
  }

  private func write(_ text: String) {
    let octets = Array(text.utf8)
    _ = Glibc.write(STDERR_FILENO, octets, octets.count)
  }
}
