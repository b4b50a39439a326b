import Testing

@testable import SMTPWire

@Suite struct ExtensionTableTests {
  private func match(_ word: String, _ verb: Command.Verb = .mail) -> ParameterMatch? {
    ExtensionTable.match(Array(word.utf8)[...], of: verb)
  }

  @Test func `each keyword stands once, in upper case, with a sentence that can be put into another`() {
    let keywords = ExtensionTable.all.map(\.keyword)
    #expect(Set(keywords).count == keywords.count)
    for entry in ExtensionTable.all {
      #expect(entry.keyword == entry.keyword.uppercased() && !entry.keyword.contains(" "))
      #expect(!entry.summary.isEmpty && !entry.summary.hasSuffix(".") && entry.summary.first?.isLowercase == true)
      #expect(entry.clause.isEmpty || entry.clause.hasPrefix("RFC "), "\(entry.keyword)")
      #expect((entry.mail + entry.rcpt).allSatisfy { $0.name == $0.name.uppercased() && !$0.name.contains("=") })
    }
  }

  @Test func `what is proposed is a value, or the beginning of one`() {
    for entry in ExtensionTable.all {
      for parameter in entry.mail + entry.rcpt {
        for proposal in parameter.proposals {
          let fit = parameter.value?.fit(Array(proposal.utf8)[...])
          #expect(fit == .whole || fit == .beginning, "\(parameter.name)=\(proposal)")
        }
      }
    }
  }

  @Test func `a verb leads to the extension that adds it, and those of every server to none`() {
    #expect(ExtensionTable.entry(adding: "BDAT")?.keyword == "CHUNKING")
    #expect(ExtensionTable.entry(adding: "STARTTLS")?.offer == .beforeTLS)
    #expect(ExtensionTable.entry(adding: "BURL")?.clause == "RFC 4468")
    #expect(ExtensionTable.entry(adding: "MAIL") == nil)
  }

  @Test func `a parameter belongs to the extension whose value it has`() {
    #expect(match("BODY=8bitmime")?.owner.keyword == "8BITMIME")
    #expect(match("body=BINARYMIME")?.owner.keyword == "BINARYMIME")
    #expect(match("BODY=BIN")?.owner.keyword == "BINARYMIME")
    #expect(match("BODY=9BIT")?.fit == ParameterValue.Fit.none)
    #expect(match("BODY=9BIT")?.expected == "7BIT or 8BITMIME (RFC 6152), or BINARYMIME (RFC 3030)")
    #expect(match("NOTIFY=NEVER", .rcpt)?.owner.keyword == "DSN")
    #expect(match("NOTIFY=NEVER", .mail) == nil)
    #expect(match("SIZE=1", .data) == nil)
    #expect(match("") == nil)
  }

  @Test func `a parameter has a value exactly when it takes one`() {
    #expect(match("SMTPUTF8")?.fit == .whole)
    #expect(match("SMTPUTF8=1")?.fit == ParameterValue.Fit.none)
    #expect(match("SIZE")?.fit == .beginning)
    #expect(match("SIZE=")?.fit == .beginning)
    #expect(match("SIZE=1").flatMap { $0.value(in: Array("SIZE=1".utf8)) } == Array("1".utf8)[...])
    #expect(match("SIZE").flatMap { $0.value(in: Array("SIZE".utf8)) } == nil)
    #expect(match("SMTPUTF8").flatMap { $0.value(in: Array("SMTPUTF8".utf8)) }?.isEmpty == true)
    #expect(match("SMTPUTF8").flatMap { $0.value(in: Array("SMTPUTF8=".utf8)) } == nil)
  }
}
