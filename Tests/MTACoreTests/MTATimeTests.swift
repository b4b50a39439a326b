import MTACore
import Testing

@Suite("Times")
struct MTATimeTests {
  @Test("are written as headers and log lines have them")
  func formats() {
    let time = MTATime(seconds: 1_136_239_445, microseconds: 7, zoneOffset: -25_200, zoneName: "MST")
    #expect(time.messageDate == "Mon, 02 Jan 2006 15:04:05 -0700 (MST)")
    #expect(time.logStamp == "Jan  2 15:04:05")
    #expect(time.idStamp == "20060102220405")
  }

  @Test(
    "leap days, centuries and the time before 1970",
    arguments: [
      (0, "Thu, 01 Jan 1970 00:00:00 +0000 (UTC)"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000 (UTC)"),
      (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 +0000 (UTC)"), (-1, "Wed, 31 Dec 1969 23:59:59 +0000 (UTC)"),
      (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 +0000 (UTC)"),
    ] as [(Int64, String)])
  func dates(_ seconds: Int64, _ expected: String) {
    #expect(MTATime(seconds: seconds).messageDate == expected)
  }

  @Test("the time between two is never negative")
  func difference() {
    let earlier = MTATime(seconds: 10, microseconds: 900_000)
    let later = MTATime(seconds: 12, microseconds: 100_000)
    #expect(later.microseconds(since: earlier) == 1_200_000)
    #expect(earlier.microseconds(since: later) == 0)
  }
}
