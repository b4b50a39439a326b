import Foundation
import Testing

/// The password and what is made of it appear nowhere but on the wire.
struct SecretsTests {
  private let files: TemporaryDirectory

  init() throws {
    files = try TemporaryDirectory()
  }

  /// The password, its base64 in all three alignments, and the whole answers of PLAIN and LOGIN.
  private static func forms(of password: String) -> [String] {
    let aligned = (0..<3).map { shift -> String in
      let octets = [UInt8](repeating: 0, count: shift) + Array(password.utf8)
      // The first and the last group depend on what stands beside the password.
      let whole = octets.count / 3 * 4
      let text = Data(octets).base64EncodedString()
      return String(text.prefix(whole).dropFirst(shift == 0 ? 0 : 4))
    }
    let answers = ["\0alice\0" + password, password].map { Data($0.utf8).base64EncodedString() }
    return [password] + aligned + answers
  }

  private func expectNone(of password: String, in text: String, _ what: String) {
    for form in Self.forms(of: password) { #expect(!text.contains(form), "\(form) in \(what):\n\(text)") }
  }

  @Test(
    "no output, recording or export holds the password", arguments: ["PLAIN", "LOGIN"],
    ["wonderland", "mistakenly-typed"])
  func send(mechanism: String, password: String) throws {
    let server = try MailServer.start(.reference)
    let credentials = ["--auth-user", "alice", "--auth-password", password, "--tls-ca-path", server.authority]
    let script = try files.write(
      "talk.smtp", "C: EHLO client.example\nS: 250\n> starttls\n> auth \(mechanism)\n> quit\n")
    let forms = [
      ["send", "--server", "localhost:\(server.port)", "--tls", "--auth", mechanism, "--from", "alice@example.com"]
        + ["--to", "bob@example.com"], ["run", script, server.target, "-v"],
    ]
    for (number, arguments) in forms.enumerated() {
      for options in [[], ["--json"]] {
        let recording = files.path + "/recording-\(number)-\(options.count).smtp"
        let run = try Program.run([Program.parley] + arguments + credentials + options + ["--record", recording])
        #expect((run.status == 0) == (password == "wonderland"), "\(run.everything)")
        expectNone(of: password, in: run.everything, "the output of \(arguments[0]) \(options)")
        let text = try String(contentsOfFile: recording, encoding: .utf8)
        #expect(text.contains("C: AUTH \(mechanism)"))
        expectNone(of: password, in: text, "the recording of \(arguments[0])")
        try expectNoneInExports(recording, password)
      }
    }
  }

  private func expectNoneInExports(_ recording: String, _ password: String) throws {
    let forms = ["dialogue", "server-bytes", "client-bytes", "swaks", "curl", "openssl", "parley", "markdown", "json"]
    for form in forms + ["html", "asciicast", "eml"] {
      let run = try Program.run([Program.parley, "convert", recording, "--to", form])
      expectNone(of: password, in: run.everything, form)
    }
  }
}
