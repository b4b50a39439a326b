import Glibc
import Synchronization

/// The thread of the user interface: it runs the jobs of the actor `UI` and waits for keys, in one `poll(2)`.
///
/// While nothing happens it does not wake up at all. Jobs may come from any thread.
package final class UIExecutor: SerialExecutor {
  /// Why `wait` returned.
  package struct Wake: OptionSet, Sendable {
    package let rawValue: Int

    /// Makes a set of reasons.
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Standard input can be read, or the terminal's size changed.
    package static let input = Wake(rawValue: 1)
    /// The deadline has passed.
    package static let deadline = Wake(rawValue: 2)
    /// The terminal is gone.
    package static let hangup = Wake(rawValue: 4)
    /// Somebody called `interruptWait`.
    package static let interrupted = Wake(rawValue: 8)
  }

  private struct State: Sendable {
    var jobs: [UnownedJob] = []
    var isSignalled = false
    var isStopped = false
    var waiter: CheckedContinuation<Wake, Never>?
    var deadline: ContinuousClock.Instant?
  }

  /// The only one: a process has one terminal.
  package static let shared = UIExecutor()

  private let state = Mutex(State())
  private let readEnd: Int32
  /// The descriptor that wakes the loop up when an octet is written to it; `w` stands for a change of size.
  package let wakeDescriptor: Int32

  private init() {
    var ends: [Int32] = [-1, -1]
    // Without the pipe nothing could ever wake the loop up: there is no way to go on.
    guard pipe(&ends) == 0 else { fatalError("no pipe: \(errno)") }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    readEnd = ends[0]
    wakeDescriptor = ends[1]
  }

  /// Takes a job of the actor from any thread, and wakes the loop up once for a burst.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let mustSignal = state.withLock { state in
      state.jobs.append(job)
      defer { state.isSignalled = true }
      return !state.isSignalled
    }
    if mustSignal { signal() }
  }

  /// The executor as the actor needs it.
  package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    UnownedSerialExecutor(ordinary: self)
  }

  /// Runs a body on the actor `UI`, on this thread, and returns when it has ended. Call it once, from the main thread.
  package func run(_ body: @escaping @Sendable @UI () async -> Void) {
    state.withLock { $0.isStopped = false }
    Task { @UI in
      await body()
      self.stop()
    }
    while !state.withLock({ $0.isStopped }) {
      runJobs()
      if state.withLock({ $0.isStopped }) { break }
      poll()
    }
  }

  /// Waits for keys, a change of size, or a deadline; one caller at a time.
  @UI package func wait(until deadline: ContinuousClock.Instant?) async -> Wake {
    await withCheckedContinuation { continuation in
      state.withLock { state in
        state.waiter = continuation
        state.deadline = deadline
      }
    }
  }

  /// Lets a caller of `wait` go on.
  @UI package func interruptWait() { resume(.interrupted) }

  private func stop() {
    state.withLock { $0.isStopped = true }
    signal()
  }

  private func signal() {
    var octet = UInt8(ascii: "j")
    _ = write(wakeDescriptor, &octet, 1)
  }

  private func resume(_ wake: Wake) {
    let waiter = state.withLock { state in
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: wake)
  }

  private func runJobs() {
    while true {
      let jobs = state.withLock { state in
        defer { state.jobs = [] }
        if state.jobs.isEmpty { state.isSignalled = false }
        return state.jobs
      }
      if jobs.isEmpty { return }
      for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
  }

  private func poll() {
    let (isAwaited, deadline, hasJobs) = state.withLock { ($0.waiter != nil, $0.deadline, !$0.jobs.isEmpty) }
    if hasJobs { return }
    // Without a waiter nobody would read the keys, and poll would return at once for ever.
    var entries = [
      pollfd(fd: isAwaited ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
    ]
    let count = Glibc.poll(&entries, 2, isAwaited ? Self.milliseconds(until: deadline) : -1)
    var wake: Wake = []
    if count >= 0, entries[1].revents != 0, drainPipe() { wake.insert(.input) }
    if count >= 0, entries[0].revents & Int16(POLLIN) != 0 { wake.insert(.input) }
    if count >= 0, entries[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { wake.insert(.hangup) }
    if isAwaited, let deadline, ContinuousClock.now >= deadline { wake.insert(.deadline) }
    if !wake.isEmpty { resume(wake) }
  }

  /// Empties the pipe; returns whether the terminal's size changed.
  private func drainPipe() -> Bool {
    var octets = [UInt8](repeating: 0, count: 256)
    var isResized = false
    while true {
      let count = read(readEnd, &octets, octets.count)
      if count <= 0 { return isResized }
      if octets[..<count].contains(UInt8(ascii: "w")) { isResized = true }
    }
  }

  /// The time left, rounded up: rounded down, the loop would spin through the last millisecond.
  private static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let left = deadline - ContinuousClock.now
    if left <= .zero { return 0 }
    let (seconds, attoseconds) = left.components
    let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
    if milliseconds.overflow || milliseconds.partialValue > 2_000_000_000 { return 2_000_000_000 }
    return Int32(milliseconds.partialValue + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}

/// The actor of the user interface; curses is called from nowhere else.
@globalActor package actor UI {
  package static let shared = UI()

  nonisolated package var unownedExecutor: UnownedSerialExecutor { UIExecutor.shared.asUnownedSerialExecutor() }
}
