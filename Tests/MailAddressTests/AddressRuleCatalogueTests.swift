import MailAddress
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The list of the rules in `docs/rules.md`, complete and as the catalogue has it.
struct AddressRuleCatalogueTests {
  private static let path =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    + "/docs/rules.md"

  private static let generated: String = {
    let groups = [
      ("Addresses", "address."), ("Demands of the caller", "policy."), ("Lists in header fields", "list."),
      ("Paths of MAIL and RCPT", "path."),
    ]
    return groups.map { heading, prefix in
      let entries = AddressRuleCatalogue.allRules.filter { $0.rule.id.hasPrefix(prefix) }
      return "\n### \(heading)\n\n| id | what it says | smtp | header | eai | eai-header | clause |\n"
        + "|---|---|---|---|---|---|---|\n" + entries.map(row).joined()
    }.joined() + "\n"
  }()

  private static func row(_ entry: AddressRuleEntry) -> String {
    let words = AddressProfile.allCases.map { word(entry.severities[$0]) }.joined(separator: " | ")
    let title = entry.title.description.split(separator: "{}", omittingEmptySubsequences: false)
      .joined(separator: "CHARACTER")
    return "| `\(entry.rule.id)` | \(title) | \(words) | \(entry.clause) |\n"
  }

  private static func word(_ severity: FindingSeverity) -> String {
    severity == .none ? "–" : severity.name
  }

  private static func page() -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var octets: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { octets += chunk[..<count] }
    return String(decoding: octets, as: UTF8.self)
  }

  @Test("docs/rules.md lists every rule of addresses, lists and paths")
  func listsEveryRule() throws {
    let page = Self.page()
    let begin = try #require(page.firstRange(of: "<!-- generated: addresses -->\n")).upperBound
    let end = try #require(page.firstRange(of: "<!-- end of addresses -->")).lowerBound
    if getenv("UPDATE_GOLDEN") != nil {
      let text = Array((page[..<begin] + Self.generated + page[end...]).utf8)
      let file = try #require(fopen(Self.path, "w"))
      #expect(fwrite(text, 1, text.count, file) == text.count)
      fclose(file)
    } else {
      #expect(page[begin..<end] == Self.generated, "UPDATE_GOLDEN=1 writes the list anew")
    }
  }

  @Test("every rule belongs to a group, and no id stands twice")
  func groupsAreComplete() {
    let ids = AddressRuleCatalogue.allRules.map(\.rule.id)
    #expect(Set(ids).count == ids.count)
    for id in ids { #expect(Self.generated.contains("| `\(id)` |"), "\(id)") }
  }
}
