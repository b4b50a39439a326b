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

  @Test("the palette takes the address behind the verb")
  func palette() {
    var fixture = Fixture.start
    fixture.press(.control("P"))
    fixture.enter("address check a..b@example.org")
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
