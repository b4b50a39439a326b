import Foundation
import Testing

/// `parley run` and `parley lint` as their users run them.
struct RunCommandTests {
  private let files: TemporaryDirectory

  init() throws {
    files = try TemporaryDirectory()
  }

  private static let mistakes = """
    S: 220
    C: EHLO ${oops
    > wat
    C: HELP \\q
    S: hello
    S~ (open
    X: y
    > end
    > repeat

    """

  @Test("all mistakes of a file are told at once, each with line, column, caret and what was expected")
  func mistakes() throws {
    let file = try files.write("bad.smtp", Self.mistakes)
    let places = ["2:9", "3:3", "4:9", "5:4", "6:4", "7:1", "8:3", "9:9"].map { ":\($0): error: " }
    for command in [["lint", file], ["run", file, "smtp://127.0.0.1:1"]] {
      let told = try Program.run([Program.parley] + command)
      #expect(told.status == (command[0] == "lint" ? 1 : 65))
      for place in places { #expect(told.everything.contains(place), "\(place)\n\(told.everything)") }
      #expect(told.everything.contains("\n> wat\n  ^\n"))
    }
  }

  @Test("parley lint tells of messages and included files that cannot be read, before anybody connects")
  func unreadable() throws {
    try files.write("there.eml", "Subject: a\n\nb\n")
    let file = try files.write("a.smtp", "> message there.eml\n> message gone.eml\n> message .\n> include gone.smtp\n")
    let told = try Program.run([Program.parley, "lint", file])
    #expect(told.status == 1)
    for (place, reason) in [
      ("2:11", "gone.eml: No such file"), ("3:11", ".: Is a directory"), ("4:11", "gone.smtp: No such file"),
    ] {
      #expect(told.output.contains(":\(place): error [file.unreadable]: \(files.path)/\(reason)"), "\(told.everything)")
    }
    #expect(!told.output.contains("there.eml: "))
  }

  @Test("no secret goes to a target that the script itself chose, unless it was stored for that very host")
  func unnamedTarget() throws {
    let script = try files.write("own.smtp", "* target smtp://127.0.0.1:1\nS: 220\nC: AUTH PLAIN ${auth.plain}\n")
    let variable = try files.write("value.smtp", "* target smtp://127.0.0.1:1\nS: 220\nC: NOOP ${api.token}\n")
    let netrc = try files.write("netrc", "default login alice password wonderland\n")
    let own = try files.write("own-netrc", "machine 127.0.0.1 login alice password wonderland\n")
    for path in [netrc, own] { chmod(path, 0o600) }
    let login = ["--auth-user", "alice", "--auth-password", "wonderland"]
    let refused: [(arguments: [String], environment: [String: String])] = [
      ([script] + login, [:]), ([script], ["NETRC": netrc]), ([variable, "-D", "api.token=x"], [:]),
      ([variable], ["PARLEY_VAR_api.token": "x"]),
      ([script], ["PARLEY_USER": "alice", "PARLEY_PASSWORD": "wonderland"]),
    ]
    for (arguments, environment) in refused {
      for command in ["run", "replay"] {
        let run = try Program.run([Program.parley, command] + arguments, environment: environment)
        #expect(run.status == 77, "\(arguments): \(run.everything)")
        #expect(run.errors.contains("error [auth.target_unnamed]: "), "\(arguments): \(run.everything)")
      }
    }
    // Nobody listens there; what counts is that the attempt is made.
    let tried: [(arguments: [String], environment: [String: String])] = [
      ([script, "smtp://127.0.0.1:1"] + login, [:]), ([script], ["NETRC": own]),
    ]
    for (arguments, environment) in tried {
      let run = try Program.run([Program.parley, "run"] + arguments, environment: environment)
      #expect(run.errors.contains("error [conn.refused]: "), "\(arguments): \(run.everything)")
    }
  }

  @Test(
    "a script reads no file outside of its own folder unless it may, and no line of one that is no dialogue is told")
  func foreignFiles() throws {
    let secret = try files.write("secret.txt", "root:x:0:0\nAUTH PLAIN AGFsaWNl\n")
    try FileManager.default.createDirectory(atPath: files.path + "/own", withIntermediateDirectories: true)
    let include = try files.write("own/include.smtp", "S: 220\n> include \(secret)\n")
    let message = try files.write("own/message.smtp", "C: EHLO a\nS: 250\n> message \(secret)\n")
    let zero = try files.write("own/zero.smtp", "S: 220\n> include /dev/zero\n")
    for script in [include, message, zero] {
      let run = try Program.run([Program.parley, "run", script])
      #expect(run.status != 0)
      #expect(run.errors.contains(script == zero ? "no regular file" : "--allow-files"), "\(run.everything)")
    }
    let allowed = try Program.run([Program.parley, "run", include, "--allow-files", files.path])
    #expect(allowed.status == 65)
    #expect(allowed.errors.contains("secret.txt:1:1: "), "\(allowed.everything)")
    for word in ["root:x", "AGFsaWNl"] { #expect(!allowed.everything.contains(word), "\(allowed.everything)") }
  }

  @Test(
    "a name that could act on a terminal, or forge a line, is escaped wherever it is told",
    arguments: [
      ["run", "NAME"], ["replay", "NAME"], ["compare", "NAME", "NAME"], ["convert", "NAME"], ["lint", "NAME"],
      ["check", "-f", "NAME"], ["send", "--server", "NAME", "--to", "a@example.com"], ["run", "a.smtp", "NAME"],
      ["replay", "a.smtp", "--as", "server", "NAME"], ["mta", "run", "--listen", "NAME"], ["NAME"],
      ["send", "--data", "@NAME", "--to", "a@example.com"], ["explain", "NAME"],
    ])
  func names(command: [String]) throws {
    let name = "a\u{1B}[31m\u{202E}b\nparley: forged"
    try files.write("a.smtp", "S: 220\n")
    let arguments = command.map {
      $0.replacing("NAME", with: name).replacing("a.smtp", with: files.path + "/a.smtp")
    }
    let run = try Program.run([Program.parley] + arguments)
    #expect(run.status != 0)
    #expect(!run.everything.isEmpty)
    #expect(!run.everything.contains("\u{1B}[31m"), "\(run.everything)")
    #expect(!run.everything.contains("\u{202E}"), "\(run.everything)")
    #expect(!run.everything.contains("\nparley: forged"), "\(run.everything)")
  }

  @Test("a recording that was cut anywhere opens, with a note of what is missing")
  func cut() throws {
    let server = try MailServer.start(.reference)
    let script = try files.write("a.smtp", "C: EHLO a\nS: 250\n> starttls\n> auth PLAIN\n> quit\n")
    let run = try server.parley(["run", script, server.target, "--record", files.path + "/whole.smtp"])
    #expect(run.status == 0, "\(run.everything)")
    let whole = Array(files.text("whole.smtp").utf8)
    let head = try #require(files.text("whole.smtp").range(of: "\\* clock [^\n]*\n", options: .regularExpression))
    let start = files.text("whole.smtp")[..<head.upperBound].utf8.count
    for end in stride(from: start + 1, to: whole.count - 1, by: whole.count / 40) {
      let text = String(decoding: whole[..<end], as: UTF8.self)
      let opened = try Program.run([Program.parley, "convert", files.write("cut.smtp", text)])
      #expect(opened.status == 0 && opened.output == text, "cut at \(end): \(opened.errors)")
      #expect(opened.errors.contains(": note: "), "cut at \(end)")
    }
  }

  @Test("a file of a later version is not played, and the first line is to blame")
  func version() throws {
    let run = try Program.run([Program.parley, "run", files.write("later.smtp", "# parley 2\nS: 220\n> later\n")])
    #expect(run.status == 65)
    #expect(run.errors.contains("later.smtp:1:10: error: "))
    #expect(!run.errors.contains("later.smtp:3"))
  }

  @Test("a variable is taken from -D, else the environment, else a profile; a password among them is a secret")
  func variables() throws {
    let server = try MailServer.start(.reference)
    let script = try files.write(
      "a.smtp", "C: EHLO ${one}.${two}.${three}\nS: 250\nC: NOOP ${my-password}\nS: 250\n> quit\n")
    try FileManager.default.createDirectory(
      atPath: files.path + "/config/parley/profiles", withIntermediateDirectories: true)
    let profile = try files.write(
      "config/parley/profiles/work",
      "# mine\nvar.one = p1\nvar.two = p2\nvar.three = p3\nvar.my-password = hidden words\n")
    chmod(profile, 0o600)
    let run = try Program.run(
      [
        Program.parley, "run", script, server.target, "-v", "-D", "one=d1", "--profile", "work",
        "--allow-plaintext-auth",
      ],
      environment: ["PARLEY_VAR_one": "e1", "PARLEY_VAR_two": "e2", "XDG_CONFIG_HOME": files.path + "/config"])
    #expect(run.status == 0, "\(run.everything)")
    #expect(run.output.contains("C: EHLO d1.e2.p3\n"))
    #expect(run.output.contains("C: NOOP ${my-password}\n") && !run.everything.contains("hidden"))

  }

  @Test("each report of a failed expectation has the place, what was expected and came, the cause and what to try")
  func reports() throws {
    let server = try MailServer.start(.reference)
    let good = try files.write("good.smtp", "C: EHLO a\nS: 250\n> quit\n")
    let broken = try files.write("broken.smtp", "X\n")
    let bad = try files.write(
      "bad.smtp", "C: EHLO a\nS: 250\nC: MAIL FROM:<a@example.com>\nS: 250\nC: RCPT TO:<a@example.net>\nS: 250\n")
    let (junit, scripts) = (files.path + "/junit.xml", [broken, bad, good, server.target])
    let human = try Program.run([Program.parley, "run"] + scripts + ["--junit", junit])
    let json = try Program.run([Program.parley, "run", "--json"] + scripts)
    let tap = try Program.run([Program.parley, "run", "--tap"] + scripts)
    for (text, name) in [
      (human.errors, "human"), (json.output, "JSON"), (tap.output, "TAP"), (files.text("junit.xml"), "JUnit"),
    ] {
      for part in ["bad.smtp", "6", "S: 250", "454 4.7.1", "cause", "next"] {
        #expect(text.contains(part), "\(part) is not in \(name):\n\(text)")
      }
    }
    #expect([human, json, tap].allSatisfy { $0.status == 65 })
    #expect(human.output.contains("ok ") && tap.output.contains("\nok 3 - ") && tap.output.contains("not ok 1 - "))
    let last = try #require(json.output.split(separator: "\n").last { $0.contains("\"line\":6") })
    let object = try #require(try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any])
    #expect(object["result"] as? String == "failed" && object["expected"] as? [String] == ["S: 250"])
    #expect((object["next"] as? [String])?.isEmpty == false)
  }

  @Test("files without a target meet one bundled server, whether or not those before them were played well")
  func oneServer() throws {
    let state = ["XDG_STATE_HOME": files.path]
    let good = try files.write("good.smtp", "C: EHLO a\nS: 250\n> starttls\n> auth\n> quit\n")
    let dropped = try files.write("dropped.smtp", "C: EHLO a\nS: 250\nC: MAIL FROM:<a@example.com>\n> drop\n")
    let unmet = try files.write("unmet.smtp", "C: EHLO a\nS: 250\nC: NOOP\nS: 550\n")
    let run = try Program.run([Program.parley, "run", "-v", unmet, dropped, good, good], environment: state)
    #expect(run.status == 1 && run.output.components(separatedBy: "\nok ").count == 4, "\(run.everything)")
    let places = run.output.split(separator: "\n").filter { $0.contains("* connected ") }.map {
      $0.split(separator: " ").last
    }
    #expect(places.count == 4 && Set(places).count == 1, "\(places)")
  }

  @Test("> message sends a file beside the script, else a small test message")
  func message() throws {
    let server = try MailServer.start(.reference)
    let mail = "C: MAIL FROM:<a@example.com>\nS: 250\nC: RCPT TO:<bob@example.com>\nS: 250\n"
    try files.write("beside.eml", "Subject: beside the script\n\nhello\n")
    for (step, text) in [("beside.eml", "Subject: beside the script"), ("", "This is a test mailing")] {
      let script = try files.write("a.smtp", "C: EHLO a\nS: 250\n" + mail + "> message \(step)\n> quit\n")
      let run = try Program.run([Program.parley, "run", script, server.target])
      #expect(run.status == 0, "\(run.everything)")
      #expect(server.hasStored(text))
    }
  }

  @Test("a raw STARTTLS with > tls behind it is one handshake", arguments: MailServer.Kind.available)
  func rawSTARTTLS(kind: MailServer.Kind) throws {
    let server = try MailServer.start(kind)
    for expectation in ["S: 220\n", ""] {
      let script = try files.write(
        "a.smtp",
        "C: EHLO a\nS: 250\n> raw \"STARTTLS\\r\\n\"\n\(expectation)> tls\nC: EHLO a\nS: 250\n> auth PLAIN\n> quit\n")
      let run = try server.parley(["run", script, server.target, "-v"])
      #expect(run.status == 0, "\(run.everything)")
      #expect(run.output.components(separatedBy: "* tls ").count == 2, "\(run.output)")
    }
  }
}
