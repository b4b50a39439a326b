import IDNAEngine
import MailAddress
import SMTPWire
import Testing

@testable import Workbench

struct AddressFormTests {
  private func typed(_ text: String) -> Fixture {
    var fixture = Fixture.session
    fixture.press(.alt("3"))
    fixture.type(text)
    return fixture
  }

  @Test("the verdict follows each key")
  func verdicts() {
    var fixture = typed("bob@example.org")
    #expect(fixture.screen().hasPrefix(" ADDRESS   ✓ 5321  ✓ 5322  ✓ 6531  ✓ 5322+6532"))
    fixture.type(".")
    #expect(fixture.screen().hasPrefix(" ADDRESS   ✗ 5321"))
    fixture.press(.backspace)
    #expect(fixture.screen().hasPrefix(" ADDRESS   ✓ 5321"))
  }

  @Test("Tab takes a repair, and Tab again brings the typed address back")
  func repair() {
    var fixture = typed("bob@example.org.")
    fixture.press(.tab)
    #expect(fixture.model.address.line.octets == Array("bob@example.org".utf8))
    fixture.press(.tab)
    #expect(fixture.model.address.line.octets == Array("bob@example.org.".utf8))
    var good = typed("bob@example.org")
    good.press(.tab)
    #expect(good.model.flash?.text == "no repair is certain")
  }

  @Test("what libidn2 maps is taken like any other repair")
  func mapping() {
    var fixture = Fixture()
    fixture.model = WorkbenchModel(version: "0.1", clientName: "probe.example.com", idna: IDNAEngine())
    fixture.press(.alt("3"))
    fixture.type("田中＠ﬁsch。テスト")
    fixture.press(.tab)
    #expect(fixture.model.address.line.octets == Array("田中@fisch.テスト".utf8))
    #expect(fixture.model.address.judgement.report.isValid(.eai))
    fixture.press(.tab)
    #expect(fixture.model.address.line.octets == Array("田中@fisch.xn--zckzah".utf8))
    fixture.press(.tab)
    #expect(fixture.model.address.line.octets == Array("田中＠ﬁsch。テスト".utf8))
  }

  @Test("a label with a fault has no A-label, and its address no form for the wire")
  func forms() {
    let faulty = typed("bob@BÜCHER.net").screen(120, 40)
    #expect(!faulty.contains("xn--") && !faulty.contains("RCPT TO:<"))
    let good = typed("bob@bücher.net").screen(120, 40)
    #expect(good.contains("bücher → xn--bcher-kva") && good.contains("RCPT TO:<bob@xn--bcher-kva.net>"))
  }

  @Test("findings that have no room end with a sign of it, the first is whole")
  func findings() {
    let screen = typed("田中@e\u{301}☃.net").screen()
    #expect(screen.contains("✗ 4 The label is not in Unicode normalization form C. RFC 5891 §4.2.1, §5.3"))
    for size in [(80, 24), (60, 15), (120, 40)] {
      let rows = typed("bob (home) @example.org.").screen(size.0, size.1).split(separator: "\n")
      let first = rows.firstIndex { $0.hasPrefix("─ Findings") }.map { rows[$0 + 1] }
      #expect(first?.contains("…") == true || rows.contains { $0.contains("5322 §3.2.2; RFC 5321 §4.1.2") })
    }
  }

  @Test("of an address that cannot be read no length is told that nobody knows")
  func lengths() {
    #expect(typed("bob").screen().contains("– lengths              local –, domain –, path –"))
    #expect(typed("bob@").screen().contains("– lengths              local 3/64, domain –, path –"))
    #expect(typed("bob@example.org").screen().contains("✓ lengths              local 3/64, domain 11/255, path 17/256"))
    #expect(typed(String(repeating: "b", count: 65) + "@").screen().contains("✗ lengths              local 65/64"))
  }

  @Test("Enter puts the form for the wire into RCPT of the session")
  func use() {
    var fixture = typed("jörg@bücher.example")
    fixture.press(.enter)
    #expect(fixture.model.screen == .session)
    #expect(fixture.model.input.editor.octets == Array("RCPT TO:<jörg@xn--bcher-kva.example>".utf8))
    fixture.press(.alt("3"))
    #expect(fixture.model.address.history == [Array("jörg@bücher.example".utf8)])
    var alone = Fixture.start
    alone.press(.alt("3"))
    alone.type("bob@example.org")
    alone.press(.enter)
    #expect(alone.model.flash?.text.contains("no session yet") == true)
  }

  @Test("Up goes from an empty line to the newest address, and from another line to the one before it")
  func history() {
    var form = AddressForm()
    for address in ["a@b.net", "c@d.net"] { form.show(Array(address.utf8)) }
    form.show([])
    form.walk(isOlder: true)
    #expect(form.line.octets == Array("c@d.net".utf8))
    form.walk(isOlder: true)
    #expect(form.line.octets == Array("a@b.net".utf8))
    form.line.replace(with: Array("typed".utf8))
    form.walk(isOlder: true)
    #expect(form.line.octets == Array("c@d.net".utf8))
    form.walk(isOlder: false)
    #expect(form.line.octets == Array("typed".utf8))
  }

  @Test("what Tab would bring back is forgotten when an older address is shown")
  func olderThanRepair() {
    var form = AddressForm()
    form.show(Array("old@host.net".utf8))
    form.show(Array("new@host.net.".utf8))
    let isRepaired = form.takeRepair()
    #expect(isRepaired)
    form.walk(isOlder: true)
    #expect(form.line.octets == Array("old@host.net".utf8))
    let isRepairedAgain = form.takeRepair()
    #expect(!isRepairedAgain)
    #expect(form.line.octets == Array("old@host.net".utf8))
  }

  @Test("the palette takes the address behind the verb")
  func palette() {
    var fixture = Fixture.start
    fixture.choose("address check a..b@example.org")
    #expect(fixture.model.screen == .address)
    #expect(fixture.screen().contains("✗ 5321"))
    fixture.press(.escape)
    #expect(fixture.model.screen == .start)
  }

  @Test("a character counts as one column, however many octets it has")
  func columns() {
    let judgement = AddressJudgement(Array("jö..x@example.org".utf8))
    #expect(judgement.column(of: 4) == 4)
  }
}
