import Testing

@testable import TLSEngine

@Suite("times for people") struct UnixTimeTests {
  @Test(
    "seconds become dates",
    arguments: [
      (0, "1970-01-01 00:00:00 UTC"), (-1, "1969-12-31 23:59:59 UTC"), (951_782_400, "2000-02-29 00:00:00 UTC"),
      (951_868_799, "2000-02-29 23:59:59 UTC"), (1_577_836_800, "2020-01-01 00:00:00 UTC"),
      (1_763_840_045, "2025-11-22 19:34:05 UTC"), (4_107_542_399, "2100-02-28 23:59:59 UTC"),
      (4_107_542_400, "2100-03-01 00:00:00 UTC"), (253_402_300_799, "9999-12-31 23:59:59 UTC"),
    ] as [(Int64, String)])
  func dates(seconds: Int64, text: String) {
    #expect(utcText(seconds) == text)
  }
}
