import NIOCore
import Synchronization

/// Says across threads that a wait was cancelled, also before it began.
final class WaitTicket: Sendable {
  private let flag = Atomic(false)

  var isCancelled: Bool { flag.load(ordering: .acquiring) }

  func cancel() { flag.store(true, ordering: .releasing) }
}

/// One task's wait for something on an event loop, ended once: by an outcome, by its deadline or by cancellation.
/// It lives on the loop.
final class LoopWait<Outcome: Sendable> {
  let ticket: WaitTicket
  private var continuation: CheckedContinuation<Outcome, Never>?
  private var timer: Scheduled<Void>?

  init(_ continuation: CheckedContinuation<Outcome, Never>, _ ticket: WaitTicket) {
    self.continuation = continuation
    self.ticket = ticket
  }

  /// Whether it has ended.
  var isOver: Bool { continuation == nil }

  /// Ends it; false when it had ended before.
  @discardableResult
  func end(_ outcome: Outcome) -> Bool {
    guard let waiting = continuation else { return false }
    continuation = nil
    timer?.cancel()
    timer = nil
    waiting.resume(returning: outcome)
    return true
  }

  /// Calls `body` on the loop at `deadline`, unless the wait has ended.
  func atDeadline(_ deadline: ContinuousClock.Instant, on loop: any EventLoop, _ body: @escaping () -> Void) {
    guard continuation != nil else { return }
    timer = loop.assumeIsolated().scheduleTask(in: deadline.remaining) { body() }
  }
}

extension EventLoop {
  /// Runs `body` on the loop: now when this is the loop's thread, soon otherwise.
  func run(_ body: @escaping @Sendable () -> Void) {
    if inEventLoop { body() } else { execute(body) }
  }

  /// Suspends the task until the wait that `begin` gets has ended. `cancel` is called on the loop when the task is
  /// cancelled; both run on the loop.
  func wait<Outcome: Sendable>(
    begin: @escaping @Sendable (LoopWait<Outcome>) -> Void, cancel: @escaping @Sendable (WaitTicket) -> Void
  ) async -> Outcome {
    let ticket = WaitTicket()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        run { begin(LoopWait(continuation, ticket)) }
      }
    } onCancel: {
      ticket.cancel()
      execute { cancel(ticket) }
    }
  }
}
