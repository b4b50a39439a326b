import Testing

@testable import SMTPWire

struct SecretTests {
  private let secret = Secret(name: "password", octets: Array("wonderland".utf8))

  @Test("a secret tells its name and nothing else, however it is printed")
  func silence() {
    var dumped = ""
    dump((secret, OutgoingLine([.secret(secret)])), to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
      #expect(!text.contains("wonderland") && !text.contains("119"), "\(text)")
    }
    #expect(secret.octets == Array("wonderland".utf8) && secret.count == 10)
    #expect(secret.forgotten.octets == Array("**********".utf8) && secret.forgotten.name == "password")
  }

  @Test("secrets are the same when name and octets are")
  func equality() {
    #expect(secret == Secret(name: "password", octets: Array("wonderland".utf8)))
    #expect(secret != Secret(name: "password", octets: Array("wonderlanD".utf8)))
    #expect(secret != Secret(name: "token", octets: Array("wonderland".utf8)))
    #expect(Set([secret, secret.forgotten]).count == 2)
    #expect(Secret(name: "auth.plain", octets: []).isEmpty && !secret.isEmpty)
  }

  @Test("memory that held a secret is overwritten")
  func wiped() {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 10, alignment: 1)
    defer { buffer.deallocate() }
    buffer.copyBytes(from: Array("wonderland".utf8))
    SecretStorage.wipe(buffer)
    #expect(buffer.allSatisfy { $0 == 0 })
  }

  @Test("a line that has forgotten its secret still tells that there was one")
  func line() {
    let line = OutgoingLine([.octets(Array("AUTH PLAIN ".utf8)), .secret(Secret(name: "auth.plain", octets: [1, 2]))])
    #expect(line.masked == "AUTH PLAIN ‹secret 2 chars›")
    #expect(line.forgotten.masked == line.masked)
    #expect(line.forgotten.octets == Array("AUTH PLAIN **".utf8))
  }
}
