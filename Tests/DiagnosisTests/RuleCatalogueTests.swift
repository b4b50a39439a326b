import Failures
import Foundation
import SMTPWire
import Testing

@testable import Diagnosis

@Suite struct RuleCatalogueTests {
  @Test func `no id stands twice`() {
    let ids = RuleCatalogue.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.count > 150)
  }

  @Test func `every entry has a title and a clause, safe on a terminal`() {
    for entry in RuleCatalogue.all {
      #expect(!entry.title.isEmpty && !entry.clause.isEmpty && isSafe(entry.title + entry.clause), "\(entry.id)")
    }
  }

  @Test func `every warning of the wire is listed`() {
    let deviations: [Deviation] = [
      .bareLF, .strayCR, .nul, .longReplyLine(octets: 1), .enhancedMismatch(250, EnhancedStatusCode(5, 0, 0)),
      .oddCode(199), .challengeNotBase64,
    ]
    let listed = RuleCatalogue.all.filter { $0.kind == .warning }.map(\.id)
    #expect(deviations.map(\.name) == FailureName.warnings)
    #expect(FailureName.warnings.map(\.rawValue) == listed)
  }

  @Test func `docs/rules.md lists every rule`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/rules.md").standardized
    let found = try String(contentsOf: file, encoding: .utf8)
    let begin = "<!-- generated: sessions -->\n"
    let end = "<!-- end of sessions -->"
    let start = try #require(found.firstRange(of: begin)?.upperBound)
    let stop = try #require(found.firstRange(of: end)?.lowerBound)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try (found[..<start] + Self.generated + found[stop...]).write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(found[start..<stop] == Self.generated, "UPDATE_GOLDEN=1 writes the list anew")
    }
  }

  private static let generated: String = {
    let headings: [(RuleCatalogue.Kind, String, String)] = [
      (
        .failure, "Failures",
        "Why a session did not come to its end: the NAME in `parley: error [NAME]: …`. `smtp.CODE` exists for every reply code; those that an RFC defines are listed."
      ),
      (
        .warning, "Warnings",
        "Odd ways of a server that do not end a session; they stand in a recording as `* deviation NAME`."
      ),
      (.finding, "Findings", "What can be said about a whole session from its events; no command says it yet."),
      (.wording, "Known texts of servers", "Texts that a refusal is recognized by, whatever its code."),
    ]
    return headings.map { kind, title, text in
      let rows = RuleCatalogue.all.filter { $0.kind == kind }.map { "| `\($0.id)` | \($0.title) | \($0.clause) |\n" }
      return "\n## \(title)\n\n\(text)\n\n| id | what it says | clause |\n|---|---|---|\n\(rows.joined())"
    }.joined() + "\n"
  }()
}
