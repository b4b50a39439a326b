import SMTPWire
import Testing

@testable import Diagnosis

@Suite struct EnhancedCodeMeaningTests {
  @Test func `each subject has all its registered details in order`() {
    let counts = [1, 11, 5, 7, 8, 7, 11, 31]
    for (subject, count) in counts.enumerated() {
      #expect(EnhancedCodeTable.entries.filter { $0.subject == subject }.map(\.detail) == Array(0..<count))
    }
    #expect(EnhancedCodeTable.entries.count == counts.reduce(0, +))
  }

  @Test(arguments: [
    ("550 5.1.1", "no such mailbox"), ("552 5.2.2", "mailbox full"), ("452 4.3.1", "mail system full"),
    ("554 5.4.6", "routing loop"),
    ("501 5.5.4", "invalid arguments"), ("553 5.6.7", "addresses beyond ASCII"), ("535 5.7.8", "credentials invalid"),
    ("550 5.7.23", "SPF failed"), ("550 5.7.27", "sender has null MX"), ("550 5.7.30", "REQUIRETLS needed"),
  ])
  func `a registered code has its meaning`(text: String, title: String) throws {
    let code = try #require(EnhancedStatusCode(prefixOf: text.utf8.dropFirst(4)))
    #expect(EnhancedCodeMeaning.of(code)?.title == title)
  }

  @Test func `an unregistered detail keeps its subject`() {
    let code = EnhancedStatusCode(5, 7, 509)
    #expect(EnhancedCodeMeaning.of(code) == nil)
    #expect(EnhancedCodeMeaning.layer(code).contains("security or policy"))
    #expect(EnhancedCodeMeaning.layer(EnhancedStatusCode(5, 99, 1)).contains("not a registered code"))
  }
}
