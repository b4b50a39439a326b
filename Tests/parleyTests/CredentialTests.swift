import Foundation
import Testing

/// Where a password may come from, asked of `parley auth plain`, whose line shows what it has found.
struct CredentialTests {
  private let home: TemporaryDirectory

  init() throws {
    home = try TemporaryDirectory()
  }

  private func plain(_ password: String, user: String = "alice", authzid: String = "") -> String {
    "AUTH PLAIN " + Data("\(authzid)\0\(user)\0\(password)".utf8).base64EncodedString() + "\n"
  }

  private func parley(_ arguments: [String], environment: [String: String] = [:]) throws -> Program {
    // setsid: without a terminal nobody can be asked.
    try Program.run(
      ["setsid", "--wait", Program.parley] + arguments,
      environment: ["HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config"].merging(environment) { $1 })
  }

  private func write(_ name: String, _ text: String, mode: Int) throws {
    let path = home.path + "/" + name
    let directory = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    try home.write(name, text)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  @Test(
    "a password comes out as it was given",
    arguments: ["with space", "col:on", "quo\"te'", "päss", "e\u{301}", "x", String(repeating: "a", count: 300)])
  func command(password: String) throws {
    try write("secret", password + "\n", mode: 0o600)
    let run = try parley(["auth", "plain", "alice", "--password-command", "cat \(home.path)/secret"])
    #expect(run.status == 0 && run.output == plain(password), "\(run.everything)")
    #expect(run.errors.isEmpty)
  }

  @Test("a file descriptor, which must not be a file that others can read")
  func descriptor() throws {
    for (mode, status) in [(0o600, Int32(0)), (0o644, 77)] {
      try write("secret", "wonderland\n", mode: mode)
      let words = "exec '\(Program.parley)' auth plain alice --password-fd 3 3<'\(home.path)/secret'"
      let run = try Program.run(["/bin/sh", "-c", words])
      #expect(run.status == status, "\(run.everything)")
      if status == 0 { #expect(run.output == plain("wonderland")) }
      if status != 0 { #expect(run.errors.contains("error [auth.descriptor_readable]")) }
    }
  }

  @Test("the environment, which is overwritten for what is started from here")
  func environment() throws {
    let run = try parley(["auth", "plain"], environment: ["PARLEY_USER": "bob", "PARLEY_PASSWORD": "builder"])
    #expect(run.output == plain("builder", user: "bob"), "\(run.everything)")
  }

  @Test("~/.netrc by host, with quotes; refused where others can read it")
  func netrc() throws {
    let text = """
      # remarks, and a macro
      machine other.example login eve password "no"
      macdef init
      machine mail.example.com password macro

      machine mail.example.com login alice password "two words \\" \\\\"
      """
    try write(".netrc", text, mode: 0o600)
    let arguments = ["auth", "plain", "--netrc", "--host", "mail.example.com"]
    #expect(try parley(arguments).output == plain("two words \" \\"))
    try write(".netrc", text, mode: 0o640)
    let refused = try parley(arguments)
    #expect(refused.status == 77 && refused.errors.contains("parley: error [auth.netrc_readable]: "))
    #expect(refused.output.isEmpty && !refused.errors.contains("two words"))
  }

  @Test("a profile by its name, or by the host of its target")
  func profile() throws {
    let text = "# work\ntarget = smtp://mail.example.com:587\nuser = alice\nauthzid = boss\npassword = won = der \n"
    try write("config/parley/profiles/work", text, mode: 0o600)
    for arguments in [["--profile", "work"], ["--host", "mail.example.com"]] {
      let run = try parley(["auth", "plain"] + arguments)
      #expect(run.output == plain("won = der", authzid: "boss"), "\(run.everything)")
    }
    #expect(try parley(["auth", "plain", "--host", "mail.example.org"]).status == 64)
  }

  @Test("a profile's command is run; options come before the profile")
  func profileCommand() throws {
    try write("config/parley/profiles/work", "user = alice\npassword-command = echo wonderland\n", mode: 0o644)
    #expect(try parley(["auth", "plain", "--profile", "work"]).output == plain("wonderland"))
    let run = try parley(["auth", "plain", "bob", "--profile", "work", "--password-command", "echo builder"])
    #expect(run.output == plain("builder", user: "bob"))
  }

  @Test(
    "a profile that is not as it must be is refused by name",
    arguments: [
      ("user = alice\npassword = x\n", 0o644, Int32(77), "auth.profile_readable"),
      ("user = alice\npassword-command = echo x\n", 0o666, 77, "auth.profile_writable"),
      ("user = alice\npasword = x\n", 0o600, 65, "profile.invalid"), ("alice\n", 0o600, 65, "profile.invalid"),
    ])
  func refused(text: String, mode: Int, status: Int32, name: String) throws {
    try write("config/parley/profiles/work", text, mode: mode)
    let run = try parley(["auth", "plain", "--profile", "work"])
    #expect(run.status == status && run.errors.hasPrefix("parley: error [\(name)]: "), "\(run.everything)")
  }

  @Test("a profile that is not there")
  func unknown() throws {
    #expect(try parley(["auth", "plain", "--profile", "work"]).status == 66)
    #expect(try parley(["auth", "plain", "--profile", "../work"]).status == 66)
  }

  @Test("a script's variables and its target may come from a profile")
  func variables() throws {
    let server = try MailServer.start(.reference)
    let text = "target = \(server.target)\nvar.sender = carol@example.com\nuser = alice\npassword = wonderland\n"
    try write("config/parley/profiles/ref", text, mode: 0o600)
    let script = try home.write(
      "talk.smtp",
      "S: 220\nC: EHLO a\nS: 250\n> starttls\n> auth PLAIN\nC: MAIL FROM:<${sender}>\nS: 250\nC: QUIT\nS: 221\n")
    let run = try parley(["run", script, "--profile", "ref", "-v", "--tls-ca-path", server.authority])
    #expect(run.status == 0 && run.output.contains("MAIL FROM:<carol@example.com>"), "\(run.everything)")
    #expect(!run.everything.contains("wonderland"))
  }

  @Test("nobody to ask is told, with what can be done")
  func nobody() throws {
    let run = try parley(["auth", "plain", "alice"])
    #expect(run.status == 64 && run.errors.contains("error [auth.no_credentials]") && run.errors.contains("profile"))
  }

  @Test("the terminal is asked without an echo")
  func prompt() throws {
    let terminal = try Terminal(
      ["/bin/sh", "-c", "\(Program.parley) auth plain alice; echo done; exec sleep 60"], home: home.path)
    try terminal.expect("Password for alice")
    try terminal.type(line: "wonderland")
    try terminal.expect("done")
    let screen = try terminal.screen()
    #expect(screen.contains(plain("wonderland").dropLast()) && !screen.contains("wonderland"), "\(screen)")
  }

  @Test("^C at the prompt ends the program and leaves the terminal with its echo")
  func interrupted() throws {
    let terminal = try Terminal(
      ["/bin/sh", "-c", "trap : INT; \(Program.parley) auth plain alice; stty -a | grep -o ' echo '; exec sleep 60"],
      home: home.path)
    try terminal.expect("Password for alice")
    try terminal.press("C-c")
    try terminal.expect(" echo")
  }
}
