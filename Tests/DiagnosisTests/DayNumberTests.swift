import Testing

@testable import Diagnosis

@Suite struct DayNumberTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1970-01-02T10:00:00Z", 1), ("2000-02-29", 11_016), ("2000-03-01", 11_017),
    ("2026-11-22T19:34:05.123Z", 20_779),
    ("1969-12-31", -1), ("9999-12-31T23:59:59Z", 2_932_896),
  ])
  func `a date is a number of days`(text: String, days: Int) {
    #expect(DayNumber(rfc3339: Array(text.utf8))?.value == days)
  }

  @Test(arguments: ["", "2026-11", "2026-13-01", "2026-00-01", "2026-01-32", "20261-1-01", "abcd-01-01", "Nov 22 2026"])
  func `what is no date is none`(text: String) {
    #expect(DayNumber(rfc3339: Array(text.utf8)) == nil)
  }
}
