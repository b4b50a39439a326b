import ArgumentParser
import Diagnosis
import Dialogue
import Failures
import SMTPClient
import SMTPSession
import SMTPWire
import Sessions
import TLSEngine

/// Where the events of a command's session go: the printer and, where wanted, a recording.
struct SessionOutput: Sendable {
  let sink: EventSink
  /// Takes what has come of a line that has not ended; nil where nothing is recorded.
  let unfinishedSink: (@Sendable (TimedEvent) -> Void)?
  private let recorder: DialogueRecorder?

  /// Opens the recording; a file that cannot be written ends the command before anything is sent.
  init(target: Target, options: ConnectionOptions, form: EventPrinter.Form) throws {
    let printer = EventPrinter(form)
    guard let path = options.record else {
      recorder = nil
      unfinishedSink = nil
      sink = { printer.print($0) }
      return
    }
    ExposureWarning.tell(path)
    do {
      let recorder = try DialogueRecorder(
        path: path, target: "\(target)", clock: CalendarTime.now.text, elidesData: options.elideData)
      self.recorder = recorder
      unfinishedSink = { recorder.recordUnfinished($0) }
      sink = { events in
        recorder.record(events)
        printer.print(events)
      }
    } catch {
      throw Output.failure(.fileUnwritable, error.words)
    }
  }

  /// Ends the recording, and tells it when it could not be written to its end; the session itself is not to blame.
  func finishRecording() throws {
    recorder?.finish()
    guard let failure = recorder?.failure else { return }
    throw Output.failure(.fileUnwritable, "\(failure.words): the recording is not complete")
  }
}

/// Warns of files that are written and that other users can read.
enum ExposureWarning {
  /// Warns where a file exists already with a mode that lets others read it.
  static func tell(_ path: String) {
    guard ExposedFile.isReadableByOthers(path) else { return }
    Output.diagnostic("parley: warning: \(TerminalText.word(path)): other users can read this file; chmod 600 it")
  }
}

/// Tells failures on standard error, with the server's words, the cause and the next step.
enum FailureReport {
  /// Tells a session's failure and gives the status to end with.
  static func tell(_ failure: SessionFailure, target: Target) -> ExitCode {
    let explanation = FailureExplainer.explain(failure, target: target)
    let text = FailureExplainer.rendered(failure: failure, explanation: explanation, target: target)
    Output.diagnostic(String(text.hasSuffix("\n") ? text.dropLast() : text[...]))
    return FailureExplainer.exitStatus(for: failure).exitCode
  }
}
