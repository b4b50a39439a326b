import Testing

@testable import MailAddress

struct OctetScanTests {
  /// The places of the octets that a predicate holds for, as `OctetScan` has them.
  func places(_ octets: [UInt8], _ holds: (UInt8) -> Bool) -> UInt64 {
    octets.indices.reduce(0) { $0 | (holds(octets[$1]) ? 1 << UInt64($1) : 0) }
  }

  @Test("each octet of a text of any length has its classes at its place")
  func classifies() {
    for count in 0...OctetScan.limit {
      for start in stride(from: 0, to: 256, by: 13) {
        let octets = (0..<count).map { UInt8(truncatingIfNeeded: start &+ $0 &* 37) }
        let scan = OctetScan(octets.span)
        #expect(scan.atext == places(octets, OctetClass.isAtext))
        #expect(scan.ldh == places(octets, OctetClass.isLDH))
        #expect(scan.dots == places(octets) { $0 == Octet.dot })
        #expect(scan.edges == places(octets) { $0 == Octet.dot || $0 == Octet.hyphen })
        #expect(scan.hasNonASCII == octets.contains { $0 >= 0x80 })
      }
    }
  }

  @Test("runs and ranges end where they should, at the last place too")
  func findsRuns() {
    #expect(OctetScan.endOfRun(0b1_0111, from: 0) == 3)
    #expect(OctetScan.endOfRun(0b1_0111, from: 3) == 3)
    #expect(OctetScan.endOfRun(.max, from: 5) == 64)
    #expect(OctetScan.endOfRun(.max, from: 64) == 64)
    #expect(OctetScan.places(0..<64) == .max)
    #expect(OctetScan.places(63..<64) == 1 << 63)
    #expect(OctetScan.places(2..<5) == 0b1_1100)
    #expect(OctetScan.places(0..<0) == 0)
  }
}
