import SASL
import SMTPSession
import SMTPWire
import Testing

@testable import Workbench

struct DecodedTextTests {
  private func beside(_ line: String, showsSecrets: Bool = false) -> String? {
    var decoder = SASLExchangeDecoder()
    return DecodedText.beside(decoder.decode(Array(line.utf8)), showsSecrets: showsSecrets)?.string
  }

  @Test("one part stands in quotes, several by their names")
  func parts() {
    #expect(beside("334 VXNlcm5hbWU6") == "= “Username:” (LOGIN prompt)")
    #expect(beside("334 PDEyM0BtYWlsLmV4YW1wbGU+") == "= “<123@mail.example>” (CRAM-MD5 challenge)")
    #expect(beside("AUTH PLAIN AGFsaWNlAHNlY3JldA==") == "= user alice, password ‹secret 6 octets›")
    #expect(beside("334 ")?.contains("the challenge is empty") == true)
    #expect(beside("235 2.7.0 ok") == nil)
  }

  @Test("a secret is shown only when the user wants it")
  func secrets() {
    #expect(beside("AUTH PLAIN AGFsaWNlAHNlY3JldA==", showsSecrets: true)?.hasSuffix("password secret") == true)
  }

  @Test("what is no base64 is told with its column")
  func mistakes() {
    #expect(beside("334 VX!lcm5hbWU6")?.hasPrefix("! column 7: ") == true)
  }

  @Test("a string to take apart is veiled, but for what it is")
  func veil() {
    #expect(DecodedText.veiled(Array("AUTH PLAIN AGFs!WNl".utf8)).string == "AUTH PLAIN ••••••••")
  }
}
