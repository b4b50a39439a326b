package import Dialogue
import Glibc
import SMTPWire
import Synchronization
import TLSEngine

/// Appends events to a dialogue file as they happen: whole lines, those of a batch in one write, and of a line that the
/// server has not ended as much as there is.
///
/// A program that is killed loses at most the line being written. Secrets never reach the file: an event holds them
/// under a variable's name.
package final class DialogueRecorder: Sendable {
  /// The file's path.
  package let path: String
  private let state: Mutex<State>

  private struct State {
    var descriptor: Int32
    var elider: DataElider?
    var lastTime = Duration.zero
    var buffer: [UInt8] = []
    var unfinished = UnfinishedLine()
    var failure: Int32?

    /// Leaves out what is not to be written.
    mutating func elided(_ events: [TimedEvent]) -> [TimedEvent] {
      guard elider != nil else { return events }
      return events.flatMap { elider?.pass($0) ?? [] }
    }

    /// Writes the lines of events in one go.
    mutating func append(_ events: [TimedEvent]) {
      buffer.removeAll(keepingCapacity: true)
      for event in events {
        if let event = unfinished.meet(event, into: &buffer) { DialogueWriter.write(event, into: &buffer) }
      }
      failure = DialogueRecorder.write(buffer, descriptor)
    }
  }

  /// Creates the file, readable by its owner alone, and writes the head.
  ///
  /// With `elidesData`, of each message the first 4096 octets are written, and of the rest its SHA-256 and its size.
  /// - Throws: a `RecordingFailure` when the file cannot be created or written, or is a link that others can change.
  package init(
    path: String, target: String, clock: String, elidesData: Bool = false
  ) throws(RecordingFailure) {
    self.path = path
    // Without O_NONBLOCK, a pipe that nobody reads would hold us here for ever.
    let descriptor = ExposedFile.open(path, O_TRUNC | O_APPEND | O_NONBLOCK)
    guard descriptor >= 0 else { throw RecordingFailure(path: path, errno: errno) }
    _ = fcntl(descriptor, F_SETFL, O_APPEND)
    let elider = elidesData ? DataElider(digest: { RunningDigest(.sha256) }) : nil
    state = Mutex(State(descriptor: descriptor, elider: elider))
    if let failure = Self.write(DialogueWriter.recordingHead(target: target, clock: clock), descriptor) {
      throw RecordingFailure(path: path, errno: failure)
    }
  }

  deinit {
    state.withLock { _ = Glibc.close($0.descriptor) }
  }

  /// Appends events. After a failure to write, nothing more is written and `failure` says why.
  package func record(_ events: [TimedEvent]) {
    state.withLock { state in
      guard state.failure == nil else { return }
      state.lastTime = events.last?.time ?? state.lastTime
      state.append(state.elided(events))
    }
  }

  /// Writes what has come of a line of the server's that has not ended: an event that holds it from its beginning. The
  /// whole line is recorded as an event when it ends.
  package func recordUnfinished(_ event: TimedEvent) {
    guard case .received(let line) = event.event else { return }
    state.withLock { state in
      guard state.failure == nil else { return }
      state.buffer.removeAll(keepingCapacity: true)
      state.unfinished.grow(to: line.octets, at: event.time, into: &state.buffer)
      if !state.buffer.isEmpty { state.failure = Self.write(state.buffer, state.descriptor) }
    }
  }

  /// Writes what `elidesData` still has to say of a message that has no end, and nothing else.
  package func finish() {
    state.withLock { state in
      guard state.failure == nil, let rest = state.elider?.finish(at: state.lastTime) else { return }
      state.append(rest)
    }
  }

  /// Why the recording is not complete; nil when it is.
  package var failure: RecordingFailure? {
    state.withLock { $0.failure }.map { RecordingFailure(path: path, errno: $0) }
  }

  /// Writes all octets and returns the system's error number, or nil.
  fileprivate static func write(_ octets: [UInt8], _ descriptor: Int32) -> Int32? {
    octets.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let written = Glibc.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
        if written < 0, errno == EINTR { continue }
        if written <= 0 { return errno }
        offset += written
      }
      return nil
    }
  }
}

extension RunningDigest: OctetDigest {}

/// A recording cannot be written.
package struct RecordingFailure: Error, Sendable {
  /// The recording's path.
  package let path: String
  /// The system's error number.
  package let errno: Int32

  /// The reason in the system's words.
  package var words: String {
    errno == ELOOP
      ? "\(path): a symbolic link that others can change, or one of a loop"
      : "\(path): \(String(cString: strerror(errno)))"
  }
}
