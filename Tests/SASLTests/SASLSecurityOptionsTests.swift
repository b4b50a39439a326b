import SASL
import Testing

@Suite("Security options")
struct SASLSecurityOptionsTests {
  private func offered(by list: String) throws -> [String] {
    let options = try #require(SASLSecurityOptions(list))
    return SASLServerMechanisms.names.filter { options.allow(SASLServerMechanisms.traits($0)) }
  }

  @Test("each word takes away what it names")
  func words() throws {
    #expect(try offered(by: "") == SASLServerMechanisms.names)
    #expect(try !offered(by: "noanonymous").contains("ANONYMOUS"))
    #expect(
      try offered(by: "noplaintext, noanonymous") == [
        "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1", "DIGEST-MD5", "CRAM-MD5", "EXTERNAL",
      ])
    #expect(try !offered(by: "NOACTIVE").contains("CRAM-MD5"))
    #expect(try offered(by: "mutual_auth").allSatisfy { $0.hasPrefix("SCRAM") || $0 == "DIGEST-MD5" })
    #expect(try !offered(by: "nodictionary").contains("DIGEST-MD5"))
    #expect(try offered(by: "forward_secrecy") == [])
  }

  @Test("a word that is none is told")
  func unknown() {
    #expect(SASLSecurityOptions("noplain") == nil)
  }
}
