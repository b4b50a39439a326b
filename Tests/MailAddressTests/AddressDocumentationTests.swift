import MailAddress
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The examples of `docs/addresses.md`, each judged as the page says.
struct AddressDocumentationTests {
  /// The page, found from this file's own place.
  static func page(_ path: String = #filePath) -> String {
    let root = path.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    guard let file = fopen(root + "/docs/addresses.md", "r") else { return "" }
    defer { fclose(file) }
    var octets: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { octets += chunk[..<count] }
    return String(decoding: octets, as: UTF8.self)
  }

  /// The cells of each table row whose first cell is code, with the heading of its table.
  static func rows() -> [(heading: [String], cells: [String])] {
    var rows: [(heading: [String], cells: [String])] = []
    var heading: [String] = []
    for line in page().split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        heading = []
        continue
      }
      let cells = cells(line)
      if heading.isEmpty { heading = cells } else if !cells[0].hasPrefix("---") { rows.append((heading, cells)) }
    }
    return rows
  }

  /// Cells without the bars between them; `\|` is a bar in a cell.
  static func cells(_ line: Substring) -> [String] {
    var cells: [String] = [""]
    var isEscaped = false
    for character in line.dropFirst().dropLast() {
      if isEscaped {
        cells[cells.count - 1] += character == "|" ? "|" : "\\" + String(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "|" {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells.map { $0[...].trimmed }
  }

  static func code(_ cell: String) -> String {
    var text = cell[...]
    while text.first == "`", text.last == "`", text.count > 1 { text = text.dropFirst().dropLast() }
    return String(text)
  }

  static func octets(_ cell: String) -> [UInt8] {
    var octets: [UInt8] = []
    EscapedLineDecoder.decode(Array(code(cell).utf8).span, to: &octets)
    return octets
  }

  @Test("each address of the page is judged as the page says")
  func judgesExamples() {
    var checker = AddressChecker()
    let words: [AddressVerdict: String] = [.valid: "yes", .warning: "caution", .invalid: "no"]
    let rows = Self.rows().filter { $0.heading.first == "Address" && $0.heading.last == "Rule" }
    #expect(rows.count >= 60)
    for (_, cells) in rows {
      checker.check(Self.octets(cells[0]))
      let report = checker.report
      let verdicts = [AddressProfile.smtp, .header, .eai].map { words[report.verdict($0)] ?? "" }
      #expect(verdicts == Array(cells[1...3]), "\(cells[0])")
      let rule = Self.code(cells[4])
      #expect(rule.isEmpty ? report.findings.isEmpty : report.findings.contains { $0.rule.id == rule }, "\(cells[0])")
    }
  }

  @Test("the usual expressions match what the page says they match")
  func judgesExpressions() throws {
    let expressions = Self.rows().filter { $0.heading == ["Name", "Expression"] }
    #expect(expressions.count == 4)
    let rows = Self.rows().filter { $0.heading.last == "In truth" }
    #expect(rows.count > 10)
    for (column, expression) in expressions.enumerated() {
      let regex = try Regex(Self.code(expression.cells[1]))
      for (heading, cells) in rows {
        #expect(heading[column + 1] == expression.cells[0])
        let text = String(decoding: Self.octets(cells[0]), as: UTF8.self)
        let isMatch = try regex.firstMatch(in: text) != nil
        #expect((isMatch ? "match" : "no match") == cells[column + 1], "\(expression.cells[0]): \(text)")
        #expect((AddressChecker.check(text).isValid(.smtp) ? "valid" : "invalid") == cells[5], "\(text)")
      }
    }
  }
}
