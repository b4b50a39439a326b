import SMTPWire
import Testing

@Suite("Secrets that a peer sends back")
struct SecretMaskTests {
  private func base64(_ text: String) -> String { String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self) }

  private func masked(_ text: String, _ secrets: (String, String)...) -> String {
    var mask = SecretMask()
    for (name, value) in secrets { mask.add(Secret(name: name, octets: Array(value.utf8))) }
    return String(decoding: mask.masked(WireLine(text)).octets, as: UTF8.self)
  }

  @Test("a password is masked as it is and within base64 at each place of a group")
  func password() {
    let plain = base64("\0alice\0wonderland")
    for said in ["535 wonderland is wrong", "535 no <wonderland>", "535 AUTH PLAIN \(plain)"] {
      let shown = masked(said, ("auth.plain", plain))
      #expect(!shown.contains("wonderland") && !shown.contains("b25kZXJsYW5k") && shown.hasPrefix("535 "), "\(shown)")
      #expect(shown.contains("***"))
    }
    for shift in 0..<3 {
      let said = base64(String(repeating: "x", count: shift) + "wonderland" + "yz")
      let shown = masked("334 " + said, ("auth.login.password", base64("wonderland")))
      #expect(shown.contains("***") && shown.utf8.count < said.utf8.count, "\(shift): \(said) \(shown)")
    }
  }

  @Test("a bearer token is masked, and so is a password that a script names")
  func others() {
    let token = base64("user=a\u{1}auth=Bearer topsecret\u{1}\u{1}")
    #expect(masked("535 topsecret", ("auth.xoauth2", token)) == "535 ***")
    #expect(masked("250 hunter22 hunter22", ("password", "hunter22")) == "250 *** ***")
  }

  @Test("names, codes, short secrets and everything else stay as they are")
  func untouched() {
    #expect(masked("235 hello alice", ("auth.login.username", base64("alice"))) == "235 hello alice")
    #expect(masked("250 abc abc", ("password", "abc")) == "250 abc abc")
    #expect(masked("250-ok", ("password", "250-")) == "250-ok")
    #expect(masked("no code wonderland", ("password", "wonderland")) == "no code ***")
    #expect(masked("250 ok") == "250 ok")
  }

  @Test("a secret at the beginning, at the end and twice in a row is found wherever it is cut off")
  func places() {
    let secret = "secret-7"
    for before in 0..<12 {
      for after in 0..<12 {
        let text = String(repeating: "s", count: before) + secret + secret + String(repeating: "7", count: after)
        #expect(!masked("250 " + text, ("password", secret)).contains(secret))
      }
    }
  }

  @Test("of a line that has not ended nothing is given out that a secret could begin with")
  func unfinished() {
    var mask = SecretMask()
    #expect(mask.releasable(Array("250 hunt".utf8)) == Array("250 hunt".utf8))
    mask.add(Secret(name: "password", octets: Array("hunter2".utf8)))
    let line = Array("250 hello hunter2 and hunters".utf8)
    for count in 0...line.count {
      let given = mask.releasable(Array(line[..<count]))
      #expect(mask.masked(WireLine(line)).octets.starts(with: given), "\(count)")
    }
    #expect(mask.releasable(Array("250 hunt".utf8)) == Array("250 ".utf8))
    #expect(mask.releasable(line) == Array("250 hello *** and hunters".utf8))
  }
}
