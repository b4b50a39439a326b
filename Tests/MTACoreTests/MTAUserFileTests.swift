import MTACore
import SASL
import SMTPSession
import SMTPWire
import Testing

@Suite("The file of users")
struct MTAUserFileTests {
  private static let verifier =
    "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="

  private func diagnostic(_ text: String) -> MTAUserFileDiagnostic? {
    do throws(MTAUserFileDiagnostic) {
      _ = try MTAUserFile.read(Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test("a user's secrets, one a line; the password is taken as it is")
  func secrets() throws {
    let text = "# users\n\nalice \(Self.verifier)\r\nbob PLAIN$ a:\"b\" c \nalice\t BEARER$tok.en\nalice PLAIN$é"
    let users = try MTAUserFile.read(Array(text.utf8))
    #expect(users.map(\.name) == ["alice", "bob"])
    #expect(users[0].verifiers.map(\.text) == [Self.verifier])
    #expect(users[0].token == "tok.en")
    #expect(users[0].password == Array("é".utf8))
    #expect(users[1].password == Array(" a:\"b\" c ".utf8))
  }

  @Test("the last verifier of a hash counts")
  func twice() throws {
    let other = Self.verifier.replacing("4096", with: "5000")
    let users = try MTAUserFile.read(Array("alice \(Self.verifier)\nalice \(other)\n".utf8))
    #expect(users[0].verifiers.map(\.iterations) == [5000])
  }

  @Test(
    "what is wrong is told with its place",
    arguments: [
      ("alice", 1, 6, "expected SCRAM"), ("a PLAIN$x\n\nbob secret\n", 3, 5, "expected SCRAM"),
      ("alice PLAIN$", 1, 7, "empty"), ("alice PLAIN$a\0b", 1, 7, "NUL"), ("alice BEARER$a b", 1, 7, "ASCII"),
      ("alice SCRAM-SHA-256$x", 1, 7, "ITERATIONS"), ("alice@example.com PLAIN$x", 1, 1, "without a domain"),
      ("Alice PLAIN$x", 1, 1, "lower case"), (" PLAIN$x", 1, 1, "name"), ("a\u{7} PLAIN$x", 1, 1, "name"),
      ("a SCRAM-SHA-1$9999999:AA==$AA==:AA==", 1, 3, "at most 1000000"),
    ])
  func wrong(text: String, line: Int, column: Int, words: String) throws {
    let told = try #require(diagnostic(text))
    #expect(told.line == line)
    #expect(told.column == column)
    #expect(told.words.contains(words))
  }

  @Test("the mechanisms are those that somebody's secret is there for")
  func mechanisms() throws {
    func offered(_ text: String) throws -> [String] { MTAUser.mechanisms(for: try MTAUserFile.read(Array(text.utf8))) }
    #expect(try offered("") == ["EXTERNAL"])
    #expect(
      try offered("alice \(Self.verifier)") == ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "PLAIN", "LOGIN", "EXTERNAL"])
    #expect(try offered("alice BEARER$x") == ["OAUTHBEARER", "XOAUTH2", "EXTERNAL"])
    #expect(try offered("alice PLAIN$x").contains("DIGEST-MD5"))
  }
}
