import Dispatch

/// Runs tasks on threads of its own: tests that block the usual ones, elsewhere in this process, cannot make a scripted
/// server late.
final class TestExecutor: TaskExecutor {
  static let shared = TestExecutor()
  private let queue = DispatchQueue(label: "test", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
