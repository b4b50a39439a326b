import Foundation
import Testing

/// A server of the directory Fixtures; it ends with the last reference to it.
final class PrivateServer {
  /// What it says of itself when it is ready.
  private let facts: [String: Any]
  private let process: ChildProcess
  private let files: TemporaryDirectory

  /// Whether they can run here: they need root, and what scripts/test installs.
  static let canRun =
    geteuid() == 0
    && ["/usr/lib/postfix/sbin/master", "/usr/sbin/dovecot"].allSatisfy { FileManager.default.fileExists(atPath: $0) }

  /// Where the fixtures are.
  static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures").standardizedFileURL.path

  /// Starts a server and waits until it is ready.
  init(_ name: String, _ arguments: [String] = []) throws {
    files = try TemporaryDirectory()
    process = try MailServer.start([Self.directory + "/" + name, "--ignore-stdin"] + arguments, files) {
      $0.text("output").hasPrefix("READY ") && $0.text("output").hasSuffix("\n")
    }
    let line = Data(files.text("output").dropFirst("READY ".count).utf8)
    facts = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
  }

  deinit { process.terminate() }

  /// A fact that is a text; empty when there is none of this name.
  subscript(_ name: String) -> String { facts[name] as? String ?? "" }

  /// The port for plain SMTP and STARTTLS.
  var port: Int { facts["smtp"] as? Int ?? 0 }
}
