import SMTPWire
import Testing

@Suite("xtext")
struct XtextTests {
  @Test("what may not stand as it is becomes +HH")
  func encode() {
    #expect(Xtext.encode(bytes("a+b=c d\u{7F}")) == bytes("a+2Bb+3Dc+20d+7F"))
    #expect(Xtext.encode(bytes("é")) == bytes("+C3+A9"))
    #expect(Xtext.encode(bytes("")).isEmpty)
  }

  @Test("any octets come back")
  func roundTrip() {
    let all = Array(UInt8.min...UInt8.max)
    #expect(Xtext.decode(Xtext.encode(all)) == all)
  }

  @Test("what is no xtext", arguments: ["+", "+2", "+2b", "+g0", "a=b", "a b", "\u{7F}", "é", "+ 41"])
  func bad(text: String) {
    #expect(Xtext.decode(bytes(text)) == nil)
  }
}
