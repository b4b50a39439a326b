import Foundation
import IDNAEngine
import MailAddress
import Testing

@Suite struct IDNAEngineTests {
  private let engine = IDNAEngine()

  private func mapped(_ label: String) -> String? {
    engine.mapped(Array(label.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    ("BÜCHER", "bücher"), ("ﬁsch", "fisch"), ("ｅｘ１", "ex1"), ("e\u{301}ve", "éve"), ("ⓐⓑ", "ab"),
    ("ab\u{AD}cdé", "abcdé"),
    ("x\u{200B}y", "xy"), ("\u{212B}", "å"), ("ΣΑΣ", "σασ"), ("ﾃｽﾄ", "テスト"), ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"),
    ("ｘｎ－－ｂｃｈｅｒ－ｋｖａ", "bücher"),
  ])
  func `what was meant is found by UTS 46`(_ label: String, _ meant: String) {
    #expect(mapped(label).map { Array($0.utf8) } == Array(meant.utf8))
  }

  @Test(arguments: [("FAẞ", "faß"), ("FAß", "faß"), ("ΦΩΣς", "φωσς"), ("क\u{94D}\u{200D}षＡ", "क\u{94D}\u{200D}षa")])
  func `what IDNA2008 tells apart stays apart`(_ label: String, _ meant: String) {
    #expect(mapped(label) == meant)
  }

  @Test(arguments: ["例え。テスト", "例え．テスト", "例え｡テスト"])
  func `an ideographic full stop is a dot`(_ label: String) {
    #expect(mapped(label) == "例え.テスト")
  }

  @Test(arguments: [
    "", "ok", "bücher", "faß", "☃", "I♥NY", "é。", "。é", "é。。a", "é。☃", "℀", "ａ／b", "ａ_b", "ａ＠b", "Ｅ－", "－é", "…", "אA",
    "ｘｎ－－０", "\u{AD}",
  ])
  func `where nothing else or no label was meant, nothing is said`(_ label: String) {
    #expect(mapped(label) == nil)
  }

  @Test(arguments: [
    [0], Array("Ü".utf8) + [0] + Array("b".utf8), [0xFF, 0xFE], Array("Ü".utf8) + [0xC3], [0xED, 0xA0, 0x80],
    [0xF4, 0x90, 0x80, 0x80], [0xC0, 0x80], Array("Ü".utf8) + [0xE2, 0x82],
  ])
  func `octets that are no label are refused, whatever they are`(_ octets: [UInt8]) {
    #expect(engine.mapped(octets) == nil)
  }

  @Test func `what is longer than a domain is not looked at`() {
    #expect(mapped(String(repeating: "Ü", count: 512)) != nil)
    #expect(mapped(String(repeating: "Ü", count: 513)) == nil)
    #expect(mapped(String(repeating: "ﬁ", count: 400_000)) == nil)
  }

  @Test func `a label that was mapped is a label by itself, and IDNA2008 maps none otherwise`() {
    let rules = IDNA2008()
    for value in [0x80..<0x3400, 0xF900..<0x10000, 0x1D400..<0x1D800, 0x1F100..<0x1F300].joined() {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let label = Array("\(Character(scalar))b".utf8)
      guard let meant = engine.mapped(label) else {
        #expect(rules.mapped(label) == nil, "U+\(String(value, radix: 16))")
        continue
      }
      #expect(meant.split(separator: 0x2E).allSatisfy { rules.judge(Array($0).span).fault == nil })
      if let lowered = rules.mapped(label) { #expect(lowered == meant, "U+\(String(value, radix: 16))") }
    }
  }

  @Test func `the repairs that the page on addresses shows are what is offered`() throws {
    var root = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    root.removeLast(3)
    let page = try String(contentsOfFile: root.joined(separator: "/") + "/docs/addresses.md", encoding: .utf8)
    let table = page.split(separator: "\n").drop { $0 != "| Typed | Repair |" }.dropFirst(2).prefix {
      $0.hasPrefix("| `")
    }
    #expect(table.count == 8)
    for row in table {
      let cells = row.split(separator: "|").map { $0.drop { $0 == " " || $0 == "`" } }.map { $0.prefix { $0 != "`" } }
      var typed: [UInt8] = []
      EscapedLineDecoder.decode(Array(cells[0].utf8).span, to: &typed)
      var checker = AddressChecker()
      checker.check(typed)
      let report = checker.report
      let repairs = report.sorted(.eai).compactMap {
        AddressRepair.suggestion(for: $0, in: typed, report, idna: engine)
      }
      #expect(repairs.first == (cells[1].contains("none") ? nil : Array(cells[1].utf8)), "\(row)")
    }
  }

  @Test func `the place of a fault is that of IDNA2008`() {
    #expect(engine.judge(Array("Bücher".utf8).span).fault?.kind == .uppercase)
    #expect(engine.aLabel(of: Array("bücher".utf8)) == Array("xn--bcher-kva".utf8))
    #expect(engine.uLabel(of: Array("xn--bcher-kva".utf8)) == Array("bücher".utf8))
  }
}
