package import Failures

/// How the play of one dialogue file went, for the reports that other programs read.
package struct ScriptResult: Hashable, Sendable {
  /// How it ended.
  package enum Outcome: String, CaseIterable, Hashable, Sendable {
    case passed
    /// Something was not as the script expects.
    case failed
    /// It could not be played: no connection, no credentials, a mistake in the file.
    case error
    /// It was not played.
    case skipped
  }

  /// The file's name as it was given.
  package let file: String
  /// How it ended.
  package let outcome: Outcome
  /// How long it took; never negative.
  package let seconds: Double
  /// The number of the line at which it ended, from 1; nil where no line is meant.
  package let line: Int?
  /// The lines of the script that were not met.
  package let expected: [String]
  /// The lines that came instead.
  package let got: [String]
  /// What went wrong, in one sentence; empty when nothing did.
  package let sentence: String
  /// The name of the diagnosis, such as `script.unmet`; nil where there is none.
  package let name: FailureName?
  /// The diagnosis: why it is so, in one sentence; nil where nobody knows.
  package var cause: String?
  /// What to try next.
  package var next: [String] = []

  /// Puts together what is known of a play; a number of seconds that is negative or no number counts as none.
  package init(
    file: String, outcome: Outcome, seconds: Double, line: Int? = nil, expected: [String] = [], got: [String] = [],
    sentence: String = "", name: FailureName? = nil
  ) {
    self.file = file
    self.outcome = outcome
    self.seconds = seconds > 0 && seconds.isFinite ? seconds : 0
    self.line = line
    self.expected = expected
    self.got = got
    self.sentence = sentence
    self.name = name
  }

  /// Whole milliseconds, rounded.
  static func milliseconds(_ seconds: Double) -> Int64 { Int64(min(seconds, 1e12) * 1000 + 0.5) }

  /// Seconds with three decimals.
  package static func decimal(_ seconds: Double) -> String {
    let milliseconds = milliseconds(seconds)
    let rest = String(1000 + milliseconds % 1000).dropFirst()
    return "\(milliseconds / 1000).\(rest)"
  }

  /// Place, expectation and what came, line by line.
  var detailLines: [String] {
    var lines: [String] = []
    if !sentence.isEmpty { lines.append((line.map { "\(file):\($0): " } ?? "") + sentence) }
    lines += expected.map { "expected: \($0)" }
    lines += got.map { "got: \($0)" }
    lines += (cause.map { ["cause: \($0)"] } ?? []) + next.map { "next: \($0)" }
    return lines
  }
}
