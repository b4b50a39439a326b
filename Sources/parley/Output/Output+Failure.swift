import ArgumentParser
import Failures

extension Output {
  /// Tells a failure on standard error and returns the error that ends the command, with the status that the name has.
  ///
  /// `status` is given where the place decides otherwise than the name.
  static func failure(_ name: FailureName, _ sentence: String, status: ExitStatus? = nil) -> ExitCode {
    // Only what the parser says of the usage has several lines.
    diagnostic("parley: error [\(name)]: \(name == .usage ? sentence : TerminalText.word(sentence))")
    return (status ?? name.exitStatus ?? .internalFault).exitCode
  }
}

extension ExitStatus {
  /// The status as the error that ends a command.
  var exitCode: ExitCode { ExitCode(rawValue) }
}
