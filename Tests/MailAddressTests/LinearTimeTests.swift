import MailAddress
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Eight times the octets take about eight times as long. A reader that goes over the text again for each octet would
/// take sixty-four times as long; the bound lies between, far enough from both for a busy machine.
struct LinearTimeTests {
  static let units = [
    "(", ")", "\"", "\\", "@", ".", ":", ",", ";", "<", "[", "\u{301}", "é.", "xn--a.", "a@b,\"", "a b ", "\r\n ", "g:",
    "<@a,", "mailto:",
  ]

  /// The seconds of this thread's processor time that a call takes, the best of three.
  private static func seconds(_ body: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    return (0..<3).map { _ in
      let start = now()
      body()
      return now() - start
    }.min() ?? 0
  }

  private static func expectLinear(_ octets: [UInt8], _ name: String, _ judge: ([UInt8]) -> Void) {
    let texts = [8_000, 64_000].map { size in (0..<size / octets.count).flatMap { _ in octets } }
    let times = texts.map { text in seconds { judge(text) } }
    #expect(times[1] < max(times[0], 0.0005) * 30, "\(name): \(times)")
  }

  private static func expectLinear(_ octets: [UInt8], _ name: String) {
    expectLinear(octets, "\(name) as an address") {
      var checker = AddressChecker()
      checker.check($0)
    }
    expectLinear(octets, "\(name) as a domain") {
      var checker = AddressChecker()
      checker.check(Array("a@".utf8) + $0)
    }
    expectLinear(octets, "\(name) as a list") { _ = AddressListParser.parse($0) }
    expectLinear(octets, "\(name) to recover") { _ = AddressListRecovery.recover($0) }
    expectLinear(octets, "\(name) as a path") {
      var parser = SMTPPathParser()
      _ = parser.parse(line: Array("RCPT TO:<".utf8) + $0)
    }
  }

  @Test("time is linear in what is most laborious", arguments: units)
  func isLinear(_ unit: String) { Self.expectLinear(Array(unit.utf8), unit.debugDescription) }

  @Test("time is linear in octets that are no UTF-8")
  func isLinearInMalformed() { Self.expectLinear([0xFF], "FF") }
}
