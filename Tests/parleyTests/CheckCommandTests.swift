import Foundation
import Testing

@Suite struct CheckCommandTests {
  private static func check(_ arguments: String..., input: String = "", environment: [String: String] = [:]) throws
    -> Program
  {
    try Program.run([Program.parley, "check"] + arguments, input: input, environment: environment)
  }

  private static func objects(_ run: Program) throws -> [[String: Any]] {
    try run.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func `a finding has carets under its octets, and the status is 1`() throws {
    let run = try Self.check("ann lee@host.net")
    #expect(run.status == 1)
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines[0] == "✗ ann lee@host.net")
    #expect(lines[1] == "     ^")
    #expect(lines.contains { $0.contains("[address.local-space]") })
    #expect(run.errors.isEmpty)
  }

  @Test func `warnings are valid`() throws {
    #expect(try Self.check("\"ann lee\"@host.net").status == 0)
  }

  @Test func `the object of an address has the members of the contract`() throws {
    let run = try Self.check("--json", "ann@Host.net")
    #expect(
      run.output == """
        {"schema":1,"address":"ann@Host.net","verdicts":{"smtp":"valid","header":"valid","eai":"valid",\
        "eai-header":"valid"},"findings":[],"local":"ann","domain":"Host.net","canonical":"ann@host.net"}

        """)
  }

  @Test(arguments: [("smtp", Int32(1)), ("header", 0), ("eai", 1), ("eai-header", 0)])
  func `the profile decides the status`(_ profile: String, _ status: Int32) throws {
    #expect(try Self.check("--profile", profile, "--json", "ann(x)@host.net").status == status)
  }

  @Test func `escapes stand for octets`() throws {
    let run = try Self.check("--json", "--escaped", input: "a\\n@b.net\n\"a\\x22\"@b\na\\q@b\n")
    let found = try Self.objects(run)
    #expect(found.map { $0["address"] as? String } == ["a\n@b.net", "\"a\"\"@b", "a\\q@b"])
    #expect(run.errors == "parley: note: malformed escapes, taken as they stand, in lines: 1\n")
  }

  @Test func `each line of standard input is an address, empty ones and one without an end too`() throws {
    let run = try Self.check(input: "a@b.net\r\n\nc@d.net")
    #expect(run.status == 1)
    #expect(run.output.split(separator: "\n").filter { "✓!✗".contains($0.first ?? " ") }.count == 3)
    #expect(run.errors.hasPrefix("3 addresses\n  smtp: 2 valid, 0 with warnings, 1 invalid\n"))
  }

  @Test func `files are read in their order, and a missing one is 66`() throws {
    let files = try TemporaryDirectory()
    let (one, two) = (try files.write("one", "a@b.net\n"), try files.write("two", "c@d.net\n"))
    let run = try Self.check("--json", "--file", one, "--file", two)
    #expect(try Self.objects(run).map { $0["local"] as? String } == ["a", "c"])
    let missing = try Self.check("--json", "x@y.net", "--file", one, "--file", files.path + "/none", "--file", two)
    #expect(missing.status == 66)
    #expect(missing.errors.contains("parley: error [file.unreadable]"))
    #expect(try Self.objects(missing).map { $0["local"] as? String } == ["x", "a"])
  }

  @Test func `more than a block of addresses all come out, one object each`() throws {
    let input = (0..<20_000).map { "user\($0)@host\($0).net\n" }.joined()
    let run = try Self.check("--json", input: input)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 20_000)
    #expect(lines.enumerated().allSatisfy { $1.contains("\"user\($0)@host\($0).net\"") && $1.hasSuffix("}") })
    #expect(run.status == 0 && run.errors.isEmpty)
  }

  @Test func `many addresses are judged side by side, in their order, and counted together`() throws {
    let files = try TemporaryDirectory()
    let names = (0..<30_000).map { $0 % 1_000 == 7 ? "us\\qer\($0)" : "user\($0)" }
    let file = try files.write("many", names.map { "\($0)@host.net\n" }.joined() + "last@host.net")
    let run = try Self.check("--escaped", "--file", file)
    let addresses = run.output.split(separator: "\n").filter { "✓✗".contains($0.first ?? " ") }.map { $0.dropFirst(2) }
    #expect(addresses.elementsEqual((names + ["last"]).map { $0 + "@host.net" }) { $0 == $1 })
    #expect(run.status == 1)
    #expect(
      run.errors.hasPrefix("parley: note: malformed escapes, taken as they stand, in lines: 30\n30001 addresses\n"))
    #expect(run.errors.contains("  smtp: 29971 valid, 0 with warnings, 30 invalid\n"))
  }

  @Test func `what is no UTF-8 is judged as the octets it is`() throws {
    let script = "exec \"$1\" check --json \"$(printf 'a\\377@b.net')\""
    let run = try Program.run(["sh", "-c", script, "sh", Program.parley])
    #expect(run.status == 1)
    #expect(run.output.contains("\"rule\":\"address.utf8-malformed\"") && run.output.contains("\"start\":1,\"end\":2"))
  }

  @Test func `a byte order mark is passed over, UTF-16 is read, and each is said once`() throws {
    let files = try TemporaryDirectory()
    let text = "ann@host.net\nb\u{F6}b@host.net\n\u{1F44D}@host.net\n"
    let units = Array(text.utf16)
    let encoded: [([UInt8], String)] = [
      ([0xEF, 0xBB, 0xBF] + Array(text.utf8), "byte order mark"),
      ([0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, "UTF-16"),
      ([0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }, "UTF-16"),
    ]
    for (octets, note) in encoded {
      let path = files.path + "/list"
      try Data(octets).write(to: URL(fileURLWithPath: path))
      let run = try Self.check("--json", "--profile", "eai", "--file", path)
      #expect(run.status == 0 && run.errors.contains(note), "\(run.everything)")
      let addresses = try Self.objects(run).compactMap { $0["address"] as? String }
      #expect(addresses == ["ann@host.net", "b\u{F6}b@host.net", "\u{1F44D}@host.net"])
    }
    try Data([0x62, 0xF6, 0x62] + Array("@host.net\n".utf8)).write(to: URL(fileURLWithPath: files.path + "/latin"))
    let latin = try Self.check("--file", files.path + "/latin")
    #expect(latin.status == 1 && latin.errors.contains("lines that are no UTF-8: 1"), "\(latin.errors)")
  }

  @Test func `the bar fits into a narrow terminal`() throws {
    let files = try TemporaryDirectory()
    let file = try files.write("many", String(repeating: "a@b.net\n", count: 500_000))
    // The reader sleeps twice: until a bar is due, and while it is looked at.
    let script = "\(Program.parley) check --json --file \(file) | (sleep 1.5; head -c 12000000 >/dev/null; sleep 60)"
    let terminal = try Terminal(["sh", "-c", script], columns: 40, home: files.path)
    try terminal.expect("of 4 MB")
    let rows = try terminal.screen().split(separator: "\n").filter { !$0.allSatisfy { $0 == " " } }
    #expect(rows.count == 1 && rows[0].hasPrefix("["))
  }

  @Test func `the parts are shown as a tree`() throws {
    let run = try Self.check("--tree", "a.b@c.net")
    #expect(run.output.contains("  local-part 0-3 a.b\n"))
    let found = try #require(try Self.objects(Self.check("--tree", "--json", "a.b@c.net")).first)
    let tree = try #require(found["tree"] as? [[String: Any]])
    #expect(tree.first?["kind"] as? String == "local-part" && tree.first?["end"] as? Int == 3)
  }

  @Test func `a likely mistake is only ever a suggestion`() throws {
    let run = try Self.check("--suggest", "ann@gmial.com")
    #expect(run.status == 0)
    #expect(run.output.contains("did you mean ann@gmail.com?"))
    #expect(try !Self.check("ann@gmial.com").output.contains("did you mean"))
  }

  @Test(arguments: [
    ("a@例え。テスト", "a@例え.テスト"), ("a@ﬁsch.net", "a@fisch.net"), ("a@BÜCHER.ÄPFEL.net", "a@bücher.äpfel.net"),
    ("a@e\u{301}ve.net", "a@\u{E9}ve.net"), ("a@FUẞBALL.net", "a@fußball.net"), ("a＠b.net", "a@b.net"),
  ])
  func `what was meant by a domain is shown`(_ address: String, _ meant: String) throws {
    #expect(try Self.check(address).output.utf8.contains(" Write \(meant)\n".utf8))
    #expect(try Self.check("--json", address).output.utf8.contains(",\"repair\":\"\(meant)\"".utf8))
  }

  @Test func `nothing of an address reaches the terminal that it would obey`() throws {
    let marks = "\u{202E}\u{2066}\u{200B}\u{9B}\u{FEFF}\u{E0001}\u{2028}\u{1}\u{1B}]0;x\u{7}\r"
    for address in ["a\(marks)@b.net", "\"\(marks)\"@b.net", "a(\(marks))@b.net", "a@b\(marks).net", "a@[\(marks)]"] {
      for options in [[], ["--json"], ["--tree"], ["--tree", "--json"], ["--suggest"], ["--profile", "eai-header"]] {
        for run in [
          try Program.run([Program.parley, "check"] + options + [address]),
          try Program.run(
            [Program.parley, "check", "--header"] + options.filter { $0 == "--json" } + ["--recover", address]),
        ] {
          let shown = run.output.unicodeScalars.filter { $0 != "\n" }
          #expect(!shown.contains { $0.properties.generalCategory == .control }, "\(options)")
          #expect(
            !shown.contains { $0.properties.isDefaultIgnorableCodePoint || $0.properties.isBidiControl }, "\(options)")
          #expect(!shown.contains("\u{2028}"))
        }
      }
    }
  }

  @Test(arguments: [
    ("--require-dot", "a@b"), ("--refuse-literals", "a@[192.0.2.1]"), ("--refuse-quoted", "\"a b\"@c.net"),
    ("--refuse-special-use", "a@b.test"),
  ])
  func `a policy refuses what it is for, when it is asked`(_ option: String, _ address: String) throws {
    #expect(try Self.check(address).status == 0)
    #expect(try Self.check(option, address).status == 1)
    #expect(try Self.check(option, "a@host.net").status == 0)
  }

  @Test(arguments: [
    ["--recover", "a@b"], ["--header", "--mx", "a@b"], ["--profile", "x", "a@b"], ["--mx-timeout", "0", "a@b"],
  ])
  func `options that do not fit are a mistake of usage`(_ arguments: [String]) throws {
    #expect(try Program.run([Program.parley, "check"] + arguments).status == 64)
  }
}

@Suite struct CheckHeaderTests {
  private static func check(_ arguments: String..., input: String = "") throws -> Program {
    try Program.run([Program.parley, "check", "--header"] + arguments, input: input)
  }

  @Test func `a field is judged as what it may hold`() throws {
    #expect(try Self.check("To: Ann <a@b.net>, Group: c@d.net;").status == 0)
    #expect(try Self.check("Sender: a@b.net").status == 0)
    let two = try Self.check("Sender: a@b.net, c@d.net")
    #expect(two.status == 1)
    #expect(two.output.contains("error: Sender holds one mailbox"))
  }

  @Test func `folded lines belong to their field, the next field starts anew`() throws {
    let run = try Self.check("--json", input: "To: a@b.net,\n c@d.net\nCc: e@f.net\n")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines[0].contains("\"list\":\" a@b.net,\\u000d\\u000a c@d.net\"")
        && lines[0].contains("\"field\":\"To\",\"valid\":true"))
    #expect(lines[1].contains("\"field\":\"Cc\""))
  }

  @Test func `an empty line ends a field and is none itself, an empty argument is a list without addresses`() throws {
    let run = try Self.check("--json", input: "\nTo: a@b.net,\r\n c@d.net\r\n\r\n e@f.net\n\n")
    #expect(run.status == 0)
    #expect(run.output.split(separator: "\n").count == 2)
    let escaped = try Self.check("--escaped", "--json", input: "a@b.net\n\nc@d.net\n")
    #expect(escaped.status == 0)
    #expect(escaped.output.split(separator: "\n").count == 2)
    let empty = try Self.check("")
    #expect(empty.status == 1)
    #expect(empty.output.contains("[list.empty-list]"))
  }

  @Test func `octets that are no UTF-8 have their place in the field, in text and in JSON`() throws {
    let script = #"printf 'Cc: Ann <a@b.net>,\n ü <x\377@b.net>\n' | "$1" check --header $2"#
    let text = try Program.run(["sh", "-c", script, "sh", Program.parley, ""])
    #expect(text.output.contains("  error at 23: The octet 0xFF does not belong"))
    let caret = text.output.split(separator: "\n").first { $0.hasSuffix("^") }
    #expect(caret.map(String.init) == "  " + String(repeating: " ", count: 24) + "^^^^")
    #expect(text.output.hasPrefix(#"✗  Ann <a@b.net>,\r\n ü <x\xFF@b.net>"#))
    let object = try Program.run(["sh", "-c", script, "sh", Program.parley, "--json"]).output
    #expect(object.contains(#""rule":"list.utf8-malformed","severity":"error","start":23,"end":24"#))
  }

  @Test func `a field that is too long is judged by its beginning, and not valid`() throws {
    let files = try TemporaryDirectory()
    let long = "To: a@b.net" + String(repeating: ",\n  a@b.net", count: 120_000) + "\nCc: c@d.net\n"
    let run = try Self.check("--json", "--file", try files.write("long", long))
    #expect(run.status == 1)
    #expect(run.output.split(separator: "\n").map { $0.hasSuffix("\"valid\":true}") } == [false, true])
    #expect(run.errors == "parley: note: longer than 1 MiB, and judged by their beginning, lines: 1\n")
  }

  @Test func `recovery finds addresses, says what it forgave, and changes no verdict`() throws {
    let run = try Self.check("--recover", "--json", "a@b.net; c@d.net")
    #expect(run.status == 1)
    #expect(run.output.contains("\"address\":\"c@d.net\""))
    #expect(run.output.contains("\"forgiven\":[{\"rule\":\"list.forgave-separator\""))
    let text = try Self.check("--recover", "a@b.net; c@d.net; e@@f.net").output
    #expect(text.contains("  forgiven: warning at 7: ") && text.contains("  found ✓ c@d.net\n  found ✗ e@@f.net\n"))
    #expect(try !Self.check("--json", "a@b.net; c@d.net").output.contains("forgiven"))
  }

  @Test func `the envelope's profile asks for addresses that the envelope can have`() throws {
    #expect(try Self.check("To: a@b_c.net").status == 0)
    let run = try Self.check("--profile", "smtp", "To: a@b_c.net")
    #expect(run.status == 1)
    #expect(run.output.contains("error: To has an address that RFC 5321 Mailbox refuses"))
  }
}

@Suite struct CheckMailRouteTests {
  private static func check(_ server: String, _ arguments: String...) throws -> Program {
    let words = [Program.parley, "check", "--mx", "--mx-timeout", "1"] + arguments
    return try Program.run(words, environment: ["PARLEY_DNS": server])
  }

  @Test func `without an answer nothing is found out, and the verdict stands`() throws {
    let run = try Self.check("127.0.0.1:9", "ann@host.net")
    #expect(run.status == 0)
    #expect(run.output.contains("  mail: could not find out: "))
    let object = try Self.check("127.0.0.1:9", "--json", "ann@host.net").output
    #expect(object.contains("\"mx\":{\"status\":\"could not find out\",\"reason\":") && object.hasSuffix("}}\n"))
  }

  @Test func `literals and invalid addresses are not asked for`() throws {
    #expect(
      try Self.check("127.0.0.1:9", "ann@[192.0.2.1]").output.contains("mail: goes to the address in the literal"))
    #expect(try !Self.check("127.0.0.1:9", "ann@").output.contains("mail:"))
  }

  @Test func `a name server that is no address is a mistake of usage`() throws {
    #expect(try Self.check("nowhere", "ann@host.net").status == 64)
  }
}
