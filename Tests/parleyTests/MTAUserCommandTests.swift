import Foundation
import Testing

/// `parley mta user`, and the file that it fills.
struct MTAUserCommandTests {
  private let files: TemporaryDirectory

  init() throws {
    files = try TemporaryDirectory()
  }

  private func user(_ arguments: [String], password: String = "wonder land") throws -> Program {
    try Program.run([Program.parley, "mta", "user"] + arguments, environment: ["PARLEY_PASSWORD": password])
  }

  private func run(_ users: String, mode: Int = 0o600) throws -> Program {
    let path = try files.write("users", users)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    // The listener cannot be had, so that a good file ends the command, too.
    return try Program.run(
      [
        Program.parley, "mta", "run", "--users", path, "--state", files.path + "/state", "--listen",
        "smtp://192.0.2.1:0",
      ])
  }

  @Test("verifiers, salted anew each time, and the password only when it is asked for")
  func lines() throws {
    let first = try user(["alice"])
    #expect(first.status == 0)
    let lines = first.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("alice SCRAM-SHA-256$4096:"))
    #expect(lines[1].hasPrefix("alice SCRAM-SHA-1$4096:"))
    #expect(!first.output.contains("wonder"))
    #expect(try user(["alice"]).output != first.output)
    #expect(try user(["alice", "--plain", "--iterations", "5000"]).output.hasSuffix("\nalice PLAIN$wonder land\n"))
    #expect(try user(["alice", "--token"], password: "t0ken").output == "alice BEARER$t0ken\n")
  }

  @Test("what could not be read back is not printed")
  func unusable() throws {
    for (arguments, status) in [
      (["Alice"], Int32(65)), (["alice", "--token"], 65), (["alice", "--iterations", "1"], 64),
      (["alice", "--plain", "--token"], 64),
    ] {
      let run = try user(arguments)
      #expect(run.status == status, "\(arguments): \(run.everything)")
      #expect(run.output.isEmpty)
    }
  }

  @Test("a file with a mistake, or that others can read, is refused")
  func file() throws {
    let broken = try run("alice PLAIN$x\nbob wonderland\n")
    #expect(broken.status == 65)
    #expect(broken.errors.contains("[mta.users]: \(files.path)/users:2:5: expected SCRAM-SHA-256$"))
    #expect(!broken.errors.contains("wonderland"))
    let readable = try run("alice PLAIN$x\n", mode: 0o644)
    #expect(readable.status == 77)
    #expect(readable.errors.contains("[mta.users_readable]"))
    let good = try run("alice PLAIN$x\n")
    #expect(good.status == 69, "\(good.everything)")
  }

  @Test("parameters: one that is not supported is named, a wrong value is refused")
  func parameters() throws {
    func run(_ setting: String) throws -> Program {
      try Program.run(
        [
          Program.parley, "mta", "run", "-o", setting, "--state", files.path + "/state", "--listen",
          "smtp://192.0.2.1:0",
        ])
    }
    let unsupported = try run("smtpd_milters=inet:localhost:1")
    #expect(unsupported.status == 69)
    #expect(unsupported.errors.contains("warning: smtpd_milters: this parameter is not supported"))
    let wrong = try run("smtpd_tls_auth_only=perhaps")
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("expected yes or no"))
  }
}
