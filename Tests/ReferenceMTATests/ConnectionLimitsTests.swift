import Testing

@testable import ReferenceMTA

@Suite struct ConnectionLimitsTests {
  @Test func `a client has as many connections as it may, and others are not touched by it`() {
    let limits = ConnectionLimits(maximum: 100, perClient: 2)
    #expect((0..<3).map { _ in limits.acquire("192.0.2.1") } == [true, true, false])
    #expect(limits.acquire("192.0.2.2"))
  }

  @Test func `a connection that has ended makes room for one`() {
    let limits = ConnectionLimits(maximum: 100, perClient: 1)
    #expect(limits.acquire("192.0.2.1"))
    limits.release("192.0.2.1")
    #expect((0..<2).map { _ in limits.acquire("192.0.2.1") } == [true, false])
  }

  @Test func `stress begins beyond four fifths, and connections that were refused do not add to it`() {
    let limits = ConnectionLimits(maximum: 5, perClient: 4)
    for _ in 0..<9 { _ = limits.acquire("192.0.2.1") }
    #expect(!limits.isUnderStress)
    #expect(limits.acquire("192.0.2.2"))
    #expect(limits.isUnderStress)
    limits.release("192.0.2.2")
    #expect(!limits.isUnderStress)
  }
}
