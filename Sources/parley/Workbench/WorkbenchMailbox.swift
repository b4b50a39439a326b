import CursesTerminal
import Synchronization
import Workbench

/// Messages for the workbench from other threads, in the order in which they were posted.
final class WorkbenchMailbox: Sendable {
  private let messages = Mutex<[WorkbenchMessage]>([])

  /// Adds messages and wakes the user interface up, once for a burst.
  func post(_ new: [WorkbenchMessage]) {
    let wasEmpty = messages.withLock { messages in
      defer { messages += new }
      return messages.isEmpty
    }
    if wasEmpty { Task { @UI in UIExecutor.shared.interruptWait() } }
  }

  /// Adds one message.
  func post(_ message: WorkbenchMessage) { post([message]) }

  /// Takes all messages out.
  func drain() -> [WorkbenchMessage] {
    messages.withLock { messages in
      defer { messages = [] }
      return messages
    }
  }
}
