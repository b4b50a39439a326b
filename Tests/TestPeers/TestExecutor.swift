import Dispatch

/// Runs tasks on threads of its own: tests that block the usual ones, elsewhere in this process, cannot make a scripted
/// server late.
package final class TestExecutor: TaskExecutor {
  package static let shared = TestExecutor()
  private let queue = DispatchQueue(label: "test", attributes: .concurrent)

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
