import Foundation

/// A program that was run to its end: its exit status and what it wrote.
struct Program {
  let status: Int32
  let output: String
  let errors: String

  /// Everything the program wrote, for a message that tells why a test failed.
  var everything: String { output + errors }

  /// The parley that PARLEY_PROGRAM names, else the one that was built together with these tests.
  static let parley = ProcessInfo.processInfo.environment["PARLEY_PROGRAM"] ?? testDirectory + "/parley"

  /// The directory of the program that runs the tests.
  private static let testDirectory: String = {
    let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (program as NSString).deletingLastPathComponent
  }()

  /// Runs a program, found on the search path unless its name has a slash, to its end.
  ///
  /// It is killed after `limit` seconds; its status is then 137.
  static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:], limit: Double = 60
  ) throws -> Program {
    let files = try TemporaryDirectory()
    let child = try ChildProcess(
      arguments, environment: environment, input: files.write("input", input), output: files.path + "/output",
      errors: files.path + "/errors")
    let status = child.wait(limit: limit)
    return Program(status: status, output: files.text("output"), errors: files.text("errors"))
  }
}
