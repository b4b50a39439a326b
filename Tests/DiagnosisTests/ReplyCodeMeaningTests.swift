import SMTPSession
import SMTPWire
import Testing

@testable import Diagnosis

@Suite struct ReplyCodeMeaningTests {
  @Test func `no code stands twice and every one is well-formed`() {
    let codes = ReplyCodeTable.entries.map(\.code)
    #expect(Set(codes).count == codes.count)
    #expect(codes.allSatisfy { ReplyCode(rawValue: $0)?.isWellFormed == true })
  }

  @Test func `every refusal says what to try`() {
    for entry in ReplyCodeTable.entries where entry.code >= 500 {
      #expect(!entry.next.isEmpty, "\(entry.code)")
    }
  }

  @Test(arguments: [(250, "2yz"), (354, "3yz"), (451, "4yz"), (550, "5yz"), (199, "1yz")])
  func `the class is said by the first digit`(code: Int, digits: String) throws {
    #expect(ReplyCodeMeaning.classLayer(try #require(ReplyCode(rawValue: code))).hasPrefix(digits))
  }

  @Test func `a code that no RFC defines has no meaning of its own`() {
    #expect(ReplyCodeMeaning.of(599) == nil)
    #expect(ReplyCodeMeaning.of(550)?.title == "mailbox unavailable")
  }
}
