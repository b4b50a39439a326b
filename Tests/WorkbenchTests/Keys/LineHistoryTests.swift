import Testing

@testable import Workbench

struct LineHistoryTests {
  private func history(_ lines: String...) -> LineHistory {
    var history = LineHistory()
    for line in lines { history.add(Array(line.utf8)) }
    return history
  }

  private func text(_ octets: [UInt8]?) -> String? { octets.map { String(decoding: $0, as: UTF8.self) } }

  @Test("up and down walk through the lines that begin as the typed one does")
  func prefix() {
    var history = history("EHLO a", "MAIL FROM:<a>", "RCPT TO:<b>", "MAIL FROM:<c>")
    let older = ["MA", "MAIL FROM:<c>", "MAIL FROM:<a>"].map { text(history.older(than: Array($0.utf8))) }
    #expect(older == ["MAIL FROM:<c>", "MAIL FROM:<a>", nil])
    let newer = (0..<3).map { _ in text(history.newer()) }
    #expect(newer == ["MAIL FROM:<c>", "MA", nil])
  }

  @Test("a line typed twice in a row, and an empty one, is kept once or not at all")
  func repeated() {
    #expect(history("NOOP", "NOOP", "", "RSET").lines.count == 2)
  }

  @Test("the search goes back from the newest, upper and lower case being the same")
  func search() {
    let history = history("MAIL FROM:<a>", "RCPT TO:<b>", "mail from:<c>")
    #expect(text(history.search(Array("MAIL".utf8), skipping: 0)) == "mail from:<c>")
    #expect(text(history.search(Array("mail".utf8), skipping: 1)) == "MAIL FROM:<a>")
    #expect(history.search(Array("mail".utf8), skipping: 2) == nil)
    #expect(history.search([], skipping: 0) == nil)
  }

  @Test("the last argument is the newest line's last word")
  func lastArgument() {
    #expect(text(history("EHLO a", "VRFY bob").lastArgument) == "bob")
    #expect(LineHistory().lastArgument == nil)
  }
}
