import Dialogue
import Testing

@Suite("Logins that stand literally in a dialogue")
struct LiteralLoginMaskerTests {
  private func masked(_ text: String) -> String {
    String(decoding: DialogueReader.read(Array(text.utf8)).dialogue.withoutLiteralLogins.source, as: UTF8.self)
  }

  private static let logins = [
    "C: AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=\nS: 235 ok\n",
    "0.100 C: AUTH PLAIN\n0.200 S: 334\n0.300 C: AGFsaWNlAHdvbmRlcmxhbmQ=\n",
    "C: AUTH LOGIN\r\nS: 334 VXNlcm5hbWU6\r\nC: YWxpY2U=\r\nS: 334 UGFzc3dvcmQ6\r\nC: d29uZGVybGFuZA==\r\n",
    "C: AUTH LOGIN\nC: YWxpY2U=\nC: d29uZGVybGFuZA==\nS: 334\nS: 334\nS: 235\n",
    "C: AUTH PLAIN AGFsaWNl\\z\nC: AHdvbmRlcmxhbmQ=\n",
    "> raw \"AUTH PLAIN AGFsaWNl\"\n> raw bytewise \"AHdvbmRlcmxhbmQ=\\r\\n\"\n",
    "> raw \"AUTH LOGIN\\r\\nYWxpY2U=\\r\\nd29uZGVybGFuZA==\\r\\n\"\n",
  ]

  @Test("are variables afterwards, whatever shape they have", arguments: logins)
  func shapes(login: String) {
    let result = masked("S: 220 a\nC: EHLO b\nS: 250 a\n" + login + "C: QUIT\n")
    for secret in ["AGFsaWNl", "AHdvbmRl", "YWxpY2U", "d29uZGVybGFuZ"] {
      #expect(!result.contains(secret), "\(result)")
    }
    #expect(result.contains("${auth."))
    #expect(result.hasSuffix("C: QUIT\n"))
    #expect(masked(result) == result)
  }

  @Test("are not looked for in a message, and nothing else is touched")
  func others() {
    let text =
      "# a\n\nS: 220 a\nC: DATA\nS: 354\nC: AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=\nC: .\nS: 250 ok\nC:  NOOP  x\nwhat"
    #expect(masked(text) == text)
  }
}
