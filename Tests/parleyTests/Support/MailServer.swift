import Foundation
import Testing

/// A mail server on loopback with the users and domains that the tests speak of; it ends with the last reference to it.
final class MailServer {
  /// Which server it is.
  enum Kind: String, CaseIterable, CustomTestStringConvertible {
    case reference, postfix

    /// The servers that can run here: Postfix needs to be installed, and root.
    static var available: [Kind] {
      let hasPostfix = geteuid() == 0 && FileManager.default.fileExists(atPath: "/usr/lib/postfix/sbin/master")
      return hasPostfix ? allCases : [.reference]
    }

    var testDescription: String { rawValue }
  }

  /// Ports by the names smtp, submission and smtps.
  let ports: [String: Int]
  /// The PEM file that verifies the server's certificate.
  let authority: String
  /// The directory below which accepted messages are found.
  let mail: String
  private let process: ChildProcess
  private let files: TemporaryDirectory

  /// Where to connect for plain SMTP or STARTTLS.
  var target: String { "smtp://localhost:\(port)" }
  var port: Int { ports["smtp"] ?? 0 }

  private init(ports: [String: Int], authority: String, mail: String, process: ChildProcess, files: TemporaryDirectory)
  {
    (self.ports, self.authority, self.mail) = (ports, authority, mail)
    (self.process, self.files) = (process, files)
  }

  deinit {
    process.terminate()
  }

  /// Starts a server; the reference MTA takes further arguments.
  static func start(_ kind: Kind, _ arguments: [String] = []) throws -> MailServer {
    switch kind {
    case .reference: try startReference(arguments)
    case .postfix: try startPostfix()
    }
  }

  /// Whether a message that holds this text has been, or within ten seconds is, stored.
  func hasStored(_ text: String) -> Bool {
    eventually { filesBelow(mail).contains { $0.text.contains(text) } }
  }

  /// Runs parley against this server, trusting its authority, as the user alice.
  func parley(_ arguments: [String]) throws -> Program {
    let credentials = ["--auth-user", "alice", "--auth-password", "wonderland"]
    return try Program.run([Program.parley] + arguments + ["--tls-ca-path", authority] + credentials)
  }

  private static func startPostfix() throws -> MailServer {
    let files = try TemporaryDirectory()
    let fixture = PrivateServer.directory + "/postfix"
    let process = try start([fixture, "--ignore-stdin"], files) { $0.text("output").hasSuffix("\n") }
    let line = files.text("output").dropFirst("READY ".count)
    let facts = try JSONDecoder().decode(PostfixFacts.self, from: Data(line.utf8))
    let ports = ["smtp": facts.smtp, "submission": facts.submission, "smtps": facts.smtps]
    return MailServer(
      ports: ports, authority: facts.ca, mail: facts.mailDirectory, process: process, files: files)
  }

  /// Starts a server that writes to the file "output", and returns when it is ready.
  static func start(
    _ arguments: [String], _ files: TemporaryDirectory, isReady: (TemporaryDirectory) -> Bool
  ) throws -> ChildProcess {
    let output = files.path + "/output"
    let process = try ChildProcess(arguments, output: output, errors: output)
    let isUp = eventually(within: 30) { isReady(files) || process.exitStatus() != nil }
    try #require(isUp && process.exitStatus() == nil, "\(arguments) did not start: \(files.text("output"))")
    return process
  }

  private static func startReference(_ arguments: [String]) throws -> MailServer {
    let files = try TemporaryDirectory()
    let listeners = ["smtp", "submission", "smtps"].flatMap { ["--listen", "\($0)://127.0.0.1:0"] }
    let places = ["--state", files.path + "/state", "--port-file", files.path + "/ports"]
    let process = try start([Program.parley, "mta", "run"] + places + listeners + arguments, files) {
      $0.text("ports").split(separator: "\n").count == 3 && $0.text("output").contains(".pem\n")
    }
    let lines = files.text("ports").split(separator: "\n").map { $0.split(separator: " ") }
    let ports = lines.compactMap { line in line.count == 3 ? Int(line[2]).map { (String(line[0]), $0) } : nil }
    let printed = files.text("output").split { " \n'\"".contains($0) }.map(String.init)
    let authority = try #require(printed.first { $0.hasPrefix("/") && $0.hasSuffix(".pem") }, "no CA was named")
    return MailServer(
      ports: Dictionary(uniqueKeysWithValues: ports), authority: authority, mail: files.path + "/state",
      process: process, files: files)
  }
}

/// What the Postfix fixture prints when it is ready.
private struct PostfixFacts: Decodable {
  let smtp: Int
  let submission: Int
  let smtps: Int
  let ca: String
  let mail: [String: String]

  /// The directory that holds all users' Maildirs.
  var mailDirectory: String { mail["alice"].map { ($0 as NSString).deletingLastPathComponent } ?? "" }
}
