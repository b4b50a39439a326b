import Dispatch
import Glibc
import MTACore
import Synchronization

/// Writes log lines as Postfix does, from a thread of its own: a log that nobody reads must not hold up the mail.
final class LogWriter: Sendable {
  private let descriptor: Int32
  private let host: String
  private let process = getpid()
  private let queue = DispatchQueue(label: "parley.mta.log")
  private let waiting = Atomic<Int>(0)
  /// Lines beyond so many octets that wait are dropped.
  private static let limit = 1 << 20

  /// Opens the log; -1 as the descriptor writes nothing.
  init(_ sink: MTALogSink, hostname: String) throws(FileFailure) {
    host = hostname.split(separator: ".").first.map(String.init) ?? hostname
    switch sink {
    case .none: descriptor = -1
    case .stderr: descriptor = STDERR_FILENO
    case .file(let path):
      descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw FileFailure("open", path) }
    }
  }

  deinit {
    if descriptor > STDERR_FILENO { close(descriptor) }
  }

  /// Writes a line of a service, such as `smtpd`.
  func write(_ text: String, service: String = "smtpd") {
    guard descriptor >= 0 else { return }
    let line = Array((LogText.head(SystemClock.now, host: host, service: service, process: process) + text + "\n").utf8)
    guard waiting.add(line.count, ordering: .relaxed).newValue <= Self.limit else {
      waiting.subtract(line.count, ordering: .relaxed)
      return
    }
    queue.async { [self] in
      _ = FileSystem.writeAll(line, to: descriptor)
      waiting.subtract(line.count, ordering: .relaxed)
    }
  }

  /// Waits, a second at most, until everything is written.
  func flush() async {
    guard descriptor >= 0 else { return }
    for _ in 0..<100 where waiting.load(ordering: .relaxed) > 0 {
      try? await Task.sleep(for: .milliseconds(10))
    }
  }
}
