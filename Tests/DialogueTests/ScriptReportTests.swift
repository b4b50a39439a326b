import Dialogue
import Failures
import Testing

@Suite("Results as JUnit XML and TAP")
struct ScriptReportTests {
  private let results = [
    ScriptResult(file: "a.smtp", outcome: .passed, seconds: 0.0126),
    ScriptResult(
      file: "b & <c>.smtp", outcome: .failed, seconds: 1.5, line: 7, expected: ["S: 250"], got: ["S: 550 \"no\" #1"],
      sentence: "The reply to RCPT is 550 where 250 was expected.", name: .scriptUnmet),
    ScriptResult(file: "d.smtp", outcome: .error, seconds: -1, sentence: "The attempt to connect failed: \u{1B}[0m"),
    ScriptResult(file: "e#f.smtp", outcome: .skipped, seconds: .nan, sentence: "no TLS"),
  ]

  @Test("JUnit XML")
  func junit() {
    #expect(
      String(decoding: JUnitReport.render(results), as: UTF8.self) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="parley" tests="4" failures="1" errors="1" skipped="1" time="1.513">
          <testsuite name="parley" tests="4" failures="1" errors="1" skipped="1" time="1.513">
            <testcase classname="parley" name="a.smtp" file="a.smtp" time="0.013"/>
            <testcase classname="parley" name="b &amp; &lt;c&gt;.smtp" file="b &amp; &lt;c&gt;.smtp" line="7" time="1.500">
              <failure type="script.unmet" message="The reply to RCPT is 550 where 250 was expected.">\
        b &amp; &lt;c&gt;.smtp:7: The reply to RCPT is 550 where 250 was expected.
        expected: S: 250
        got: S: 550 &quot;no&quot; #1</failure>
            </testcase>
            <testcase classname="parley" name="d.smtp" file="d.smtp" time="0.000">
              <error message="The attempt to connect failed: \u{FFFD}[0m">The attempt to connect failed: \u{FFFD}[0m</error>
            </testcase>
            <testcase classname="parley" name="e#f.smtp" file="e#f.smtp" time="0.000">
              <skipped message="no TLS">no TLS</skipped>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }

  @Test("TAP 14, and 13 with the same lines")
  func tap() {
    let text = String(decoding: TAPReport.render(results), as: UTF8.self)
    #expect(
      text == """
        TAP version 14
        1..4
        ok 1 - a.smtp
          ---
          duration_ms: 13
          ...
        not ok 2 - b & <c>.smtp
          ---
          message: "The reply to RCPT is 550 where 250 was expected."
          severity: fail
          name: "script.unmet"
          at:
            file: "b & <c>.smtp"
            line: 7
          expected:
            - "S: 250"
          got:
            - "S: 550 \\"no\\" #1"
          duration_ms: 1500
          ...
        not ok 3 - d.smtp
          ---
          message: "The attempt to connect failed: \\u001B[0m"
          severity: error
          duration_ms: 0
          ...
        ok 4 - e\\#f.smtp # SKIP no TLS
          ---
          message: "no TLS"
          duration_ms: 0
          ...

        """)
    let older = String(decoding: TAPReport.render(results, version: 13), as: UTF8.self)
    #expect(older == "TAP version 13" + text.dropFirst(14))
  }

  @Test("no results at all")
  func none() {
    #expect(String(decoding: TAPReport.render([]), as: UTF8.self) == "TAP version 14\n1..0\n")
    #expect(String(decoding: JUnitReport.render([]), as: UTF8.self).contains("tests=\"0\""))
  }

  @Test("a report holds no character that XML forbids or that acts on a terminal")
  func noise() {
    for seed in 1...100 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let text = String(decoding: Noise.octets(upTo: 80, &numbers), as: UTF8.self)
      let result = ScriptResult(file: text, outcome: .failed, seconds: 0, expected: [text], got: [text], sentence: text)
      for report in [JUnitReport.render([result]), TAPReport.render([result])] {
        let scalars = String(decoding: report, as: UTF8.self).unicodeScalars
        #expect(scalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }, "seed \(seed)")
      }
    }
  }
}
