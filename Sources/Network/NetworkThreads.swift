import Dispatch
import NIOCore
import NIOPosix
import Synchronization

/// The threads that do the network's input and output. They are never shut down: a process ends without waiting for them.
package struct NetworkThreads: Sendable {
  let group: MultiThreadedEventLoopGroup

  /// One thread, which is plenty for a client.
  package static let shared = NetworkThreads(count: 1)

  /// So many threads, at least one.
  package init(count: Int) { group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, count)) }
}

/// Runs tasks on an event loop's own thread.
private final class LoopTaskExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedTaskExecutor()
    loop.execute { job.runSynchronously(on: executor) }
  }
}

private let sharedLoopExecutor = LoopTaskExecutor(NetworkThreads.shared.group.next())

/// Runs `body` on the thread of the shared event loop, so that reads and writes of connections made there cost no change
/// of threads. `body` must not block or compute for long.
package func withNetworkLoop<R: Sendable>(_ body: @Sendable () async -> R) async -> R {
  await withTaskExecutorPreference(sharedLoopExecutor, operation: body)
}

/// Runs `body`, which reckons for long, on a thread of its own, so that the event loop serves others meanwhile.
package func offNetworkLoop<R: Sendable>(_ body: @escaping @Sendable () -> R) async -> R {
  await Task(executorPreference: globalConcurrentExecutor) { body() }.value
}

/// Starts the shared event loop's thread, while the caller goes on with something else.
package func prepareNetworkLoop() { _ = sharedLoopExecutor }

/// Runs `body` as ``withNetworkLoop(_:)`` does, and blocks the calling thread until it is done: for the main thread of a
/// command, which then starts no other thread than the event loop's. Never to be called from a task.
package func runNetworkLoop<R: Sendable>(_ body: @escaping @Sendable () async -> R) -> R {
  let result = BlockingResult<R>()
  Task(executorPreference: sharedLoopExecutor) { result.set(await body()) }
  return result.wait()
}

/// A value that one thread waits for.
private final class BlockingResult<R: Sendable>: Sendable {
  private let value = Mutex<R?>(nil)
  private let isSet = DispatchSemaphore(value: 0)

  func set(_ result: R) {
    value.withLock { $0 = result }
    isSet.signal()
  }

  func wait() -> R {
    while true {
      if let result = value.withLock({ $0 }) { return result }
      isSet.wait()
    }
  }
}
