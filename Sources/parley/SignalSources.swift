import Dispatch
import Glibc

/// Waits for signals instead of dying of them.
final class SignalSources {
  private let sources: [any DispatchSourceSignal]
  private let stream: AsyncStream<Int32>

  /// Begins to watch; from now on these signals do nothing else.
  init(_ signals: [Int32]) {
    let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
    self.stream = stream
    sources = signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { continuation.yield(number) }
      source.resume()
      return source
    }
  }

  /// The next signal that comes; nil when none can come any more.
  func next() async -> Int32? {
    for await number in stream { return number }
    return nil
  }
}
