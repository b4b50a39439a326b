import SMTPWire
import Testing

@Suite("ASCII by octets")
struct OctetTests {
  @Test("letters, digits and blanks are those of ASCII alone")
  func classes() {
    let all = UInt8.min...UInt8.max
    #expect(
      String(decoding: all.filter(\.isASCIILetter), as: UTF8.self)
        == "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    #expect(String(decoding: all.filter(\.isASCIIDigit), as: UTF8.self) == "0123456789")
    #expect(all.filter(\.isASCIIBlank) == [9, 32])
    #expect(all.filter { $0.asciiUppercased != $0 } == Array(0x61...0x7A))
  }

  @Test("hexadecimal digits go both ways")
  func hexadecimal() {
    for octet in UInt8.min...UInt8.max {
      let digits = octet.hexadecimal
      #expect(digits.count == 2)
      #expect(digits.reduce(0) { $0 * 16 + Int($1.hexadecimalValue ?? 99) } == Int(octet))
    }
    #expect(UInt8(ascii: "f").hexadecimalValue == 15 && UInt8(ascii: "g").hexadecimalValue == nil)
  }

  @Test("a text is compared without regard to case")
  func comparison() {
    #expect(bytes("StartTLS").equalsIgnoringCase("STARTTLS"))
    #expect(!bytes("STARTTL").equalsIgnoringCase("STARTTLS"))
    #expect(!bytes("é").equalsIgnoringCase("É"))
  }
}
