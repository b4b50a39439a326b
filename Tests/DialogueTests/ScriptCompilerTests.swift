import Dialogue
import SMTPWire
import Testing

@Suite("Blocks, included files and other steps of a script")
struct ScriptCompilerTests {
  private func faults(_ text: String, include: ScriptIncluder? = nil) -> [String] {
    DialogueScript(dialogue(text), include: include).diagnostics.map {
      "\($0.file.map { $0 + ":" } ?? "")\($0.line):\($0.column) \($0.message)"
    }
  }

  @Test(
    "each step and condition is known",
    arguments: [
      "raw \"a\\r\\n\"", "raw bytewise \"\"", "raw \"say \"hi\"\"", "let a = b", "let a=", "let a.b-c_d = x ${y}\\0",
      "expect capability STARTTLS", "expect no capability AUTH PLAIN", "expect code 25z|450", "expect enhanced 5.7.1",
      "expect enhanced 4", "expect text Ok: queued\\t", "expect variable a", "expect no variable a = b",
      "expect within 2.5", "include a file.smtp",
    ])
  func steps(text: String) {
    #expect(faults("> \(text)\n") { _, _ in .read(path: "x", DialogueReader.read([])) }.isEmpty)
  }

  @Test(
    "a mistake names its place and what was expected",
    arguments: [
      ("raw QUIT", "1:7 expected octets in quotation marks, such as \"QUIT\\r\\n\""),
      ("raw \"\\q\"", "1:8 no such escape; there are \\n \\r \\t \\0 \\xHH \\\\ \\$ and \\z"),
      ("raw \"", "1:7 expected octets in quotation marks, such as \"QUIT\\r\\n\""),
      ("let = b", "1:7 expected a variable's name: letters, digits, dot, hyphen and underscore"),
      ("let a b", "1:9 expected = and the value"),
      ("expect", "1:9 expected no or one of capability, code, enhanced, text, variable, within"),
      ("expect no luck", "1:13 expected no or one of capability, code, enhanced, text, variable, within"),
      ("expect capability", "1:20 expected a keyword such as STARTTLS"),
      ("expect capability A B C", "1:25 nothing stands behind expect"),
      ("expect code 2x0", "1:15 expected a reply code such as 250, 25z or 250|251"),
      ("expect enhanced 3.1.1", "1:19 expected an enhanced status code such as 5.7.1 or 5.7"),
      ("expect enhanced 5..1", "1:19 expected an enhanced status code such as 5.7.1 or 5.7"),
      ("expect text", "1:14 expected the text"),
      ("expect within soon", "1:17 expected seconds such as 1.5, at most 86400"),
      ("repeat", "1:9 expected a number, at most 100000"),
      ("repeat 100001", "1:10 at most 100000 are possible"),
      ("include", "1:10 expected the name of a file"),
      ("include a", "1:11 no file can be included here"),
      ("end", "1:3 there is no if, repeat or pipeline to end"),
      ("else", "1:3 there is no `> if` for this else"),
      ("pipeline", "1:3 `> end` is missing for this"),
      ("if code 250", "1:3 `> end` is missing for this"),
    ])
  func mistakes(step: String, fault: String) {
    let found = faults("> \(step)\n")
    #expect(found == [fault])
  }

  @Test("an else belongs to one if, and steps do not stand in a pipeline")
  func blocks() {
    #expect(faults("> if code 250\n> else\n> else\n> end\n").count == 1)
    #expect(faults("> repeat 2\n> else\n> end\n").count == 1)
    #expect(
      faults("> pipeline\n> auth\n> end\n") == ["2:3 within `> pipeline` only raw, expect and end are possible"])
    let deep = String(repeating: "> repeat 1\n", count: 17) + String(repeating: "> end\n", count: 16)
    #expect(faults(deep) == ["17:3 at most 16 blocks stand within each other"])
  }

  @Test("files include files, each line keeps its place, and a circle is refused")
  func inclusion() {
    let files = [
      "a": "C: NOOP\n> include b\n", "b": "S: 2x0\n> include a\n", "self": "> include self\n", "open": "> repeat 2\n",
      "broken": "nonsense\n",
    ]
    var asked: [String] = []
    let include: ScriptIncluder = { name, from in
      asked.append("\(name) from \(from ?? "-")")
      return files[name].map { .read(path: "dir/" + name, DialogueReader.read(bytes($0))) } ?? .failed("no such file")
    }
    #expect(
      faults("> include a\n", include: include) == [
        "dir/b:1:4 2x0 is no reply code; expected three digits such as 250, 25z or 2yz, and | between alternatives",
        "dir/b:2:11 this file is being included already: a circle would have no end",
      ])
    #expect(asked == ["a from -", "b from dir/a", "a from dir/b"])
    #expect(faults("> include self\n", include: include).count == 1)
    #expect(faults("> include none\n", include: include) == ["1:11 no such file"])
    #expect(faults("> include open\n> end\n", include: include).count == 2)
    #expect(faults("> include broken\n> include broken\n", include: include).count == 1)
  }

  @Test("files that include many others end")
  func many() {
    var count = 0
    let include: ScriptIncluder = { name, _ in
      count += 1
      let next = String(repeating: "> include \(name)x\n", count: 100)
      return .read(path: name, DialogueReader.read(bytes(next)))
    }
    #expect(!DialogueScript(dialogue("> include a\n"), include: include).diagnostics.isEmpty)
    #expect(count <= 1_000)
  }

  @Test("variables that the script sets are not asked for")
  func variables() {
    let script = "C: ${a}\n> let a = ${b}\nC: ${a} ${c}\nS~ (?<c>x)\nC: ${c}\n> raw \"${d}\"\n> if text ${e}\n> end\n"
    #expect(DialogueScript(dialogue(script)).variables.map(\.name) == ["a", "b", "c", "d", "e"])
    #expect(DialogueScript(dialogue("S~ (?<c>x)\n> let a = 1\nC: ${a}${c}\n")).variables.isEmpty)
  }
}
