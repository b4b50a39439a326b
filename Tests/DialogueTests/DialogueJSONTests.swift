import Dialogue
import SMTPWire
import Testing

@Suite("Events as JSON Lines")
struct DialogueJSONTests {
  private func json(_ event: DialogueEvent, at time: Duration = .milliseconds(1_250)) -> String {
    var buffer: [UInt8] = []
    DialogueJSON.encode(TimedEvent(time, event), into: &buffer)
    return String(decoding: buffer, as: UTF8.self)
  }

  @Test("each kind of event")
  func kinds() {
    #expect(json(.sent(OutgoingLine("EHLO a"))) == #"{"schema":1,"time":1.25,"kind":"client","text":"EHLO a"}"# + "\n")
    #expect(
      json(.received(WireLine("250-a")), at: .zero)
        == #"{"schema":1,"time":0,"kind":"server","text":"250-a","code":250,"more":true}"# + "\n")
    #expect(
      json(.event(.closed(by: .us, "")), at: .microseconds(1))
        == #"{"schema":1,"time":0.000001,"kind":"event","name":"closed","text":"by us"}"# + "\n")
    #expect(json(.note("é")) == #"{"schema":1,"time":1.25,"kind":"note","text":"é"}"# + "\n")
  }

  @Test("a secret is its variable")
  func secret() {
    let secret = Secret(name: "auth.plain", octets: bytes("hush"))
    let line = OutgoingLine([.octets(bytes("AUTH PLAIN ")), .secret(secret)])
    #expect(
      json(.sent(line))
        == #"{"schema":1,"time":1.25,"kind":"client","text":"AUTH PLAIN ${auth.plain}","secrets":["auth.plain"]}"#
        + "\n")
  }

  @Test("endings other than CRLF, and octets that are not UTF-8")
  func octets() {
    #expect(json(.received(WireLine(bytes("x"), ending: .bareLF))).contains(#""text":"x","ending":"lf"}"#))
    #expect(json(.received(WireLine(bytes("x"), ending: .none))).contains(#""ending":"none""#))
    #expect(json(.received(WireLine([0xFF, 0x41]))).contains(#""text":"\#u{FFFD}A","octets":"/0E=""#))
  }

  @Test("a line that begins as no reply has no code")
  func noCode() {
    #expect(!json(.received(WireLine("2500 x"))).contains("code"))
    #expect(json(.received(WireLine("250"))).contains(#""code":250,"more":false"#))
  }

  @Test("nothing acts on a terminal")
  func safe() {
    let text = json(.received(WireLine(bytes("250 \"\\\u{1B}\u{202E}\u{9B}\u{E0001}\u{7F}\0"))))
    #expect(text.contains(#""250 \"\\\u001B\u202E\u009B\uDB40\uDC01\u007F\u0000""#))
  }
}
