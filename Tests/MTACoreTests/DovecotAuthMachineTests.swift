import MTACore
import SASL
import SMTPSession
import SMTPWire
import Testing

@Suite("Dovecot's auth protocol")
struct DovecotAuthMachineTests {
  private static let greeting =
    "VERSION\t1\t2\nMECH\tPLAIN\tplaintext\nMECH\tx-odd\tprivate\tmutual-auth\nSPID\t7\nCUID\t1\nCOOKIE\tab\nDONE\n"
  private static let facts = DovecotAuthFacts(remoteAddress: "192.0.2.1", isSecured: false)

  /// A machine that has the greeting behind it.
  private func ready() -> DovecotAuthMachine {
    var machine = DovecotAuthMachine(process: 9)
    _ = machine.receive(Self.greeting.utf8)
    return machine
  }

  private func begun(_ mechanism: String = "PLAIN") -> DovecotAuthMachine {
    var machine = ready()
    _ = machine.send(.begin(mechanism: mechanism, initial: nil), Self.facts)
    return machine
  }

  private func secret(_ text: String) -> Secret { Secret(name: "response", octets: Array(text.utf8)) }

  private func text(_ octets: [UInt8]?) -> String? { octets.map { String(decoding: $0, as: UTF8.self) } }

  private func steps(_ machine: inout DovecotAuthMachine, _ text: String) -> [SASLServerStep] {
    machine.receive(text.utf8).compactMap { if case .step(let step) = $0 { step } else { nil } }
  }

  @Test("the greeting is the version and the process")
  func first() {
    #expect(text(DovecotAuthMachine(process: 9).greeting) == "VERSION\t1\t1\nCPID\t9\n")
  }

  @Test("the mechanisms are there at the end of the handshake, however it is cut")
  func handshake() {
    let offers = [
      SASLMechanismOffer("PLAIN", traits: .plaintext), SASLMechanismOffer("X-ODD", traits: .mutual),
    ]
    let octets = Array(Self.greeting.utf8)
    for cut in 0...octets.count {
      var machine = DovecotAuthMachine(process: 9)
      #expect(machine.receive(octets[..<cut]) + machine.receive(octets[cut...]) == [.ready(offers)])
    }
    var bytewise = DovecotAuthMachine(process: 9)
    #expect(octets.flatMap { bytewise.receive([$0]) } == [.ready(offers)])
  }

  @Test(
    "what is another protocol is told, and nothing after it counts",
    arguments: ["VERSION\t2\t0\n", "DONE\n", String(repeating: "x", count: 70_000), "VERSION\n"])
  func foreign(greeting: String) {
    var machine = DovecotAuthMachine(process: 9)
    let events = machine.receive((greeting + "\nVERSION\t1\t2\nDONE\n").utf8)
    guard case .broken? = events.first else { return #expect(Bool(false), "\(events)") }
    #expect(events.count == 1)
    #expect(machine.send(.begin(mechanism: "PLAIN", initial: nil), Self.facts) == nil)
  }

  @Test("a login tells its circumstances, the response at the end")
  func begin() {
    var machine = ready()
    var facts = DovecotAuthFacts(remoteAddress: "192.0.2.1", isSecured: true, certificateName: "a\tb")
    facts.localAddress = "192.0.2.2"
    #expect(
      text(machine.send(.begin(mechanism: "PLAIN", initial: secret("AGE=")), facts))
        == "AUTH\t1\tPLAIN\tservice=smtp\tnologin\tlip=192.0.2.2\trip=192.0.2.1\tsecured\tvalid-client-cert\tcert_username=a\u{1}tb\tresp=AGE=\n"
    )
  }

  @Test("challenges, and responses with the login's number")
  func exchange() {
    var machine = begun()
    #expect(steps(&machine, "CONT\t1\t\n") == [.challenge([])])
    #expect(text(machine.send(.response(secret("AGE=")), Self.facts)) == "CONT\t1\tAGE=\n")
    #expect(machine.send(.response(secret("AGE=")), Self.facts) == nil)
    #expect(steps(&machine, "OK\t1\tuser=alice\tother\n") == [.succeeded(user: "alice")])
    #expect(
      text(machine.send(.begin(mechanism: "LOGIN", initial: nil), Self.facts))
        == "AUTH\t2\tLOGIN\tservice=smtp\tnologin\trip=192.0.2.1\n")
  }

  @Test(
    "refusals with their reasons",
    arguments: [
      ("FAIL\t1\n", SASLFailure("(reason unavailable)")),
      ("FAIL\t1\tuser=alice\n", SASLFailure("(reason unavailable)", user: "alice")),
      ("FAIL\t1\tcode=x\treason=Invalid base64\n", SASLFailure("Invalid base64")),
      ("FAIL\t1\treason=a\u{1}nb\tuser=x\ttemp\n", SASLFailure("a?b", user: "x", isTemporary: true)),
      ("OK\t1\n", SASLFailure("Missing user in authentication reply", isTemporary: true)),
      ("CONT\t1\t!\n", SASLFailure("Invalid base64 data in challenge", isTemporary: true)),
    ])
  func refusals(line: String, failure: SASLFailure) {
    var machine = begun()
    #expect(steps(&machine, line) == [.failed(failure)])
  }

  @Test("answers to another login count for nothing, and a login that was given up is cancelled")
  func late() {
    var machine = begun()
    #expect(steps(&machine, "OK\t7\tuser=evil\nCONT\t1\t\n") == [.challenge([])])
    #expect(
      text(machine.send(.begin(mechanism: "PLAIN", initial: nil), Self.facts))
        == "CANCEL\t1\nAUTH\t2\tPLAIN\tservice=smtp\tnologin\trip=192.0.2.1\n")
    #expect(steps(&machine, "OK\t1\tuser=evil\nFAIL\t2\n") == [.failed(SASLFailure("(reason unavailable)"))])
    #expect(steps(&machine, "OK\t2\tuser=evil\n") == [])
  }

  @Test("noise is no step and no crash")
  func noise() {
    var machine = begun()
    for line in [
      "\n", "\t\n", "OK\n", "OK\t\n", "FAIL\tx\n", "CONT\n", "MECH\n", "VERSION\t9\t9\n", "\u{1}\u{1}\u{1}\n",
    ] {
      #expect(machine.receive(line.utf8) == [])
    }
    #expect(steps(&machine, "OK\t1\tuser=\u{1}t\n") == [.succeeded(user: "?")])
  }
}
