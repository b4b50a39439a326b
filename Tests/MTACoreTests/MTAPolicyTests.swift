import MTACore
import SASL
import SMTPSession
import SMTPWire
import Testing

@Suite("The reference MTA's decisions")
struct MTAPolicyTests {
  private var trusting: MTAConfiguration {
    var configuration = MTAConfiguration()
    configuration.trustedNetworks = IPNetwork.loopback
    return configuration
  }

  @Test(
    "addresses are judged as Postfix judges them",
    arguments: [
      ("<a@example.org>", true), ("<a@example.com.>", true), ("<a@example.com..>", false), ("<a@>", false),
      ("<a@x..y>", false),
      ("<a@-x.example>", false), ("<a@x-.example>", false), ("<a@1.2.3.4>", false), ("<a@12345>", false),
      ("<a@[1.2.3.4]>", true),
      ("<a@[1.2.3.999]>", false), ("<a@[IPv6:::1]>", true), ("<a@[IPv6:1::g]>", false), ("<a@[foo]>", false),
      ("<a@b_c.example>", true),
      ("<a@*.com>", false), ("<bob@@example.com>", false), ("<!a@example.org>", false), ("<!a@relay.example>", true),
      ("<a!@example.com>", true), ("<!def!xyz%abc@example.com>", true), ("<%@example.com>", false),
      ("<a%@example.com>", false),
      ("<\"a@b\"@example.com>", true), ("<very.unusual.\\\"@\\\".unusual.com@example.com>", false),
      ("<.a..b.@example.com>", true),
      ("<a@example>", true), ("<ü@example.com>", true), ("<a@ü.com>", false), ("<a@ü.com> SMTPUTF8", true),
      ("<>", true), ("<nodomain>", true),
    ])
  func addresses(_ argument: String, _ isValid: Bool) {
    var mail = PolicyConversation()
    #expect(mail.say("MAIL FROM:\(argument)") == (isValid ? "250 2.1.0 Ok|" : "501 5.1.7 Bad sender address syntax|"))
  }

  @Test("an illegal address is told to the log as it was typed")
  func illegal() {
    var mail = PolicyConversation()
    _ = mail.say("MAIL FROM:<a@x..y>")
    #expect(mail.log == ["warning: Illegal address syntax from localhost[127.0.0.1] in MAIL command: <a@x..y>"])
  }

  @Test(
    "recipients: own users yes, unknown ones 550, strangers' domains 454",
    arguments: [
      ("<bob@example.com>", "250 2.1.5 Ok|"), ("<BOB@EXAMPLE.ORG>", "250 2.1.5 Ok|"),
      ("<\"bob\"@mail.example.com>", "250 2.1.5 Ok|"),
      ("<bob>", "250 2.1.5 Ok|"), ("<bob@localhost>", "250 2.1.5 Ok|"), ("<bob@[127.0.0.1]>", "250 2.1.5 Ok|"),
      ("<postmaster>", "250 2.1.5 Ok|"), ("<Postmaster@example.com>", "250 2.1.5 Ok|"),
      ("<\"\"@example.com>", "250 2.1.5 Ok|"),
      (
        "<nobody@example.com>",
        "550 5.1.1 <nobody@example.com>: Recipient address rejected: User unknown in local recipient table|"
      ),
      (
        "<\" \"@example.com>",
        "550 5.1.1 < @example.com>: Recipient address rejected: User unknown in local recipient table|"
      ),
      ("<x@relay.example>", "454 4.7.1 <x@relay.example>: Relay access denied|"),
      ("<bob@sub.example.com>", "454 4.7.1 <bob@sub.example.com>: Relay access denied|"),
      ("<@example.com:x@relay.example>", "454 4.7.1 <x@relay.example>: Relay access denied|"),
      ("<x%relay.example@example.com>", "454 4.7.1 <x%relay.example@example.com>: Relay access denied|"),
      ("<relay.example!x>", "454 4.7.1 <relay.example!x>: Relay access denied|"),
      ("<\"x@relay.example\"@example.com>", "454 4.7.1 <x@relay.example@example.com>: Relay access denied|"),
      ("<bob%example.org@example.com>", "454 4.7.1 <bob%example.org@example.com>: Relay access denied|"),
    ])
  func recipients(_ argument: String, _ expected: String) {
    var mail = PolicyConversation(from: "192.0.2.1")
    _ = mail.say("MAIL FROM:<>")
    #expect(mail.say("RCPT TO:\(argument)") == expected)
  }

  @Test("a refusal is logged with what is known of the envelope")
  func rejectLine() {
    var mail = PolicyConversation(from: "127.0.0.2")
    _ = mail.say("EHLO c", "MAIL FROM:<alice@example.com>", "RCPT TO:<x@relay.example>")
    #expect(
      mail.log.last
        == "NOQUEUE: reject: RCPT from unknown[127.0.0.2]: 454 4.7.1 <x@relay.example>: Relay access denied; "
        + "from=<alice@example.com> to=<x@relay.example> proto=ESMTP helo=<c>")
  }

  @Test("who is trusted or logged in may send anywhere")
  func relaying() {
    var trusted = PolicyConversation(trusting)
    #expect(trusted.say("MAIL FROM:<>", "RCPT TO:<x@relay.example>") == "250 2.1.0 Ok|250 2.1.5 Ok|")
    var known = PolicyConversation()
    #expect(known.say("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=").hasPrefix("235"))
    #expect(known.say("MAIL FROM:<>", "RCPT TO:<x@relay.example>") == "250 2.1.0 Ok|250 2.1.5 Ok|")
    #expect(known.say("RCPT TO:<nobody@example.com>").hasPrefix("550 5.1.1"))
  }

  @Test("the reasons are given in their order")
  func explanation() {
    var mail = PolicyConversation(from: "192.0.2.1")
    _ = mail.say("MAIL FROM:<>", "RCPT TO:<Nobody@example.com>")
    let steps = mail.explanations.last?.steps ?? []
    #expect(
      steps.map(\.check) == [
        "permit_mynetworks", "permit_sasl_authenticated", "defer_unauth_destination", "local_recipient_maps",
      ])
    #expect(steps.map(\.key) == ["192.0.2.1", "", "nobody@example.com", "nobody@example.com"])
    #expect(steps.last?.result.hasPrefix("550 5.1.1 <Nobody@example.com>") == true)
  }

  @Test("relay domains take their subdomains along, and open ETRN")
  func relayDomains() {
    var configuration = MTAConfiguration()
    configuration.relayDomains = ["relay.example"]
    var mail = PolicyConversation(configuration)
    #expect(
      mail.say("ETRN relay.example", "ETRN x.org", "ETRN x..y")
        == "250 Queuing started|459 <x.org>: service unavailable|501 Error: invalid parameter syntax|")
    #expect(
      mail.say("MAIL FROM:<>", "RCPT TO:<x@relay.example>", "RCPT TO:<x@a.relay.example>")
        == "250 2.1.0 Ok|250 2.1.5 Ok|250 2.1.5 Ok|")
  }

  @Test(
    "passwords are checked, under the name with and without its domain",
    arguments: [
      ("AGFsaWNlAHdvbmRlcmxhbmQ=", true), ("AGFsaWNlQGV4YW1wbGUuY29tAHdvbmRlcmxhbmQ=", true),
      ("YWxpY2UAYWxpY2UAd29uZGVybGFuZA==", true), ("Ym9iAGFsaWNlAHdvbmRlcmxhbmQ=", false),
      ("AGFsaWNlAHdvbmRlcmxhbg==", false),
      ("AG5vYm9keQA=", false), ("AGFsaWNlAA==", false),
    ])
  func passwords(_ response: String, _ isRight: Bool) {
    var mail = PolicyConversation()
    #expect(
      mail.say("AUTH PLAIN \(response)").hasPrefix(
        isRight ? "235" : "535 5.7.8 Error: authentication failed: authentication failure"))
  }

  @Test("what is stored of a user is told to mechanisms that ask, tokens are judged here")
  func lookups() {
    var configuration = MTAConfiguration()
    configuration.users.append(MTAUser("carol", password: "x", token: "t0ken"))
    let policy = MTAPolicy(configuration)
    let session = PolicyConversation(configuration).session
    func answer(_ user: String, _ want: SASLLookup.Want) -> ServerAnswer {
      policy.decide(.lookup(SASLLookup("X", user: user, want: want)), session).answer
    }
    func token(_ text: String) -> SASLLookup.Want { .token(Secret(name: "token", octets: Array(text.utf8))) }
    let wonderland = SASLLookupAnswer.password(Secret(name: "password", octets: Array("wonderland".utf8)))
    #expect(answer("alice", .password) == .found(wonderland))
    #expect(answer("alice@example.com", .scram(.sha256)) == .found(wonderland))
    #expect(answer("nobody", .password) == .found(.unknown))
    #expect(answer("carol", token("t0ken")) == .found(.accepted(user: "carol")))
    #expect(answer("", token("t0ken")) == .found(.accepted(user: "carol")))
    #expect(answer("alice", token("t0ken")) == .found(.unknown))
    #expect(answer("carol", token("x")) == .found(.unknown))
    #expect(answer("alice", .anonymous(trace: [])) == .found(.unknown))
  }

  @Test("each address gets one copy, each spelling its own")
  func deliveries() {
    let policy = MTAPolicy(MTAConfiguration())
    let recipients = [
      "bob@example.com", "BOB@Example.com", "bob", "x@relay.example", "@example.com", "postmaster@example.org",
    ]
    let deliveries = policy.deliveries(for: recipients.map { ServerRecipient(ServerAddress($0)) })
    #expect(
      deliveries.map(\.place) == [.mailbox("bob"), .mailbox("bob"), .elsewhere, .discard, .mailbox("postmaster")])
    #expect(
      deliveries.map { String(decoding: $0.original, as: UTF8.self) } == [
        "bob@example.com", "bob", "x@relay.example", "\"\"@example.com", "postmaster@example.org",
      ])
    #expect(String(decoding: deliveries[1].final, as: UTF8.self) == "bob@example.com")
  }
}
