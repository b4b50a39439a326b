import FoundationEssentials
import SMTPWire
import TestPeers
import Testing

@testable import SASL

struct SASLMechanismTableTests {
  @Test("each name stands once; what shows the password or a token comes after all that do not")
  func order() {
    let names = SASLMechanismTable.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0 == $0.uppercased() && (1...20).contains($0.utf8.count) })
    let challenged = SASLMechanismTable.all.firstIndex { $0.proof == .password } ?? 0
    #expect(SASLMechanismTable.all.prefix(challenged).allSatisfy { $0.proof != .password && $0.proof != .nothing })
  }

  @Test("what the table says of a client is what its mechanism does", arguments: SASLMechanismTable.all.map(\.name))
  func client(_ name: String) throws {
    let entry = try #require(SASLMechanismTable.entry(name))
    var context = SASLContext(digests: .test(random: [1, 2, 3]))
    context.bindings = SASLChannelBindings(exporter: [5])
    let credentials = Credentials(user: "alice", password: "wonderland")
    var client = try #require(entry.makeClient(credentials, context))
    #expect(client.name == name)
    #expect(client.showsSecret == entry.traits.contains(.plaintext))
    let first = client.initialResponse()
    #expect(entry.isOneMessage == (first != nil && client.isComplete))
    guard let first, name != "ANONYMOUS", name != "EXTERNAL", name != "NTLM" else { return }
    #expect(entry.user(first) == Array("alice".utf8))
  }

  @Test("what a server says first is what the table says, where it proves nothing")
  func prompts() throws {
    for entry in SASLMechanismTable.all where entry.name != "CRAM-MD5" {
      guard let prompts = entry.prompts, var server = entry.makeServer?(SASLServerContext()) else { continue }
      #expect(server.start(initial: nil) == .challenge(Array(prompts[0].utf8)), "\(entry.name)")
    }
  }

  @Test(
    "the variables of the answers",
    arguments: [
      ("plain", 1, "auth.plain"), ("LOGIN", 1, "auth.login.username"), ("LOGIN", 2, "auth.login.password"),
      ("LOGIN", 3, "auth.login.3"), ("SCRAM-SHA-256", 1, "auth.scram-sha-256.1"), ("NTLM", 2, "auth.ntlm.2"),
      ("XOAUTH2", 1, "auth.xoauth2"), ("CRAM-MD5", 2, "auth.cram-md5.2"), ("X-OWN", 1, "auth.x-own"),
      ("X-OWN", 2, "auth.x-own.2"),
    ])
  func variables(_ name: String, _ answer: Int, _ variable: String) {
    #expect(SASLMechanismTable.variable(name, answer: answer) == variable)
    let entry = SASLMechanismTable.entry(firstAnswer: variable)
    #expect((entry != nil) == (answer == 1 && name != "X-OWN"))
  }

  @Test(
    "the user's name is read out of a first answer, and out of nothing else",
    arguments: [
      ("PLAIN", "\0alice\0p", "alice"), ("PLAIN", "alice\0p", nil), ("LOGIN", "alice", "alice"),
      ("CRAM-MD5", "al ice 0123", "al ice"), ("CRAM-MD5", "alice", nil),
      ("SCRAM-SHA-1", "n,a=bob,n=al=2Cice,r=xyz", "al,ice"), ("SCRAM-SHA-1", "n=alice,r=x", nil),
      ("XOAUTH2", "user=alice\u{1}auth=Bearer t\u{1}\u{1}", "alice"), ("OAUTHBEARER", "x", nil),
      ("EXTERNAL", "alice", nil),
    ])
  func user(_ name: String, _ answer: String, _ user: String?) {
    #expect(SASLMechanismTable.entry(name)?.user(Array(answer.utf8)) == user.map { Array($0.utf8) })
  }

  @Test("an unknown mechanism has no entry, and is trusted with nothing")
  func unknown() {
    #expect(SASLMechanismTable.entry("X-OWN") == nil)
    #expect(SASLServerMechanisms.traits("X-OWN").isSuperset(of: [.plaintext, .anonymous]))
  }

  @Test("docs/authentication.md lists the mechanisms in this order")
  func documented() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/authentication.md")
    let page = try String(contentsOf: file.standardized, encoding: .utf8)
    let rows = SASLMechanismTable.all.map { entry in
      let proof =
        switch entry.proof {
        case .password: "the password, which is sent"
        case .storedPassword: "a digest; the server stores the password"
        case .scram: "a proof; the server stores a verifier"
        case .token: "a bearer token, which is sent"
        case .certificate: "the client certificate"
        case .nothing: "nothing"
        }
      return "| \(entry.name) | \(entry.clause) | \(proof) | \(entry.makeServer == nil ? "no" : "yes") |\n"
    }
    let table = "\n| mechanism | document | what proves the login | here as a server, too |\n|---|---|---|---|\n"
    let (begin, end) = ("<!-- generated: mechanisms -->\n", "\n<!-- end of mechanisms -->")
    let start = try #require(page.firstRange(of: begin)?.upperBound)
    let stop = try #require(page.firstRange(of: end)?.lowerBound)
    let generated = table + rows.joined()
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try (page[..<start] + generated + page[stop...]).write(to: file.standardized, atomically: true, encoding: .utf8)
    } else {
      #expect(page[start..<stop] == generated, "UPDATE_GOLDEN=1 writes the table anew")
    }
  }
}
