import ArgumentParser

/// The exit statuses that scripts can rely on: sysexits.h, and 1 for an expectation that was not met.
enum ExitStatus: Int32 {
  case done = 0
  case unmet = 1
  case usage = 64
  case badInput = 65
  case noInput = 66
  case unknownHost = 68
  case unavailable = 69
  case internalFault = 70
  case inputOutput = 74
  case temporary = 75
  case protocolError = 76
  case refused = 77

  /// The status as the error that ends a command.
  var exitCode: ExitCode { ExitCode(rawValue) }
}
