import Failures
import TLSEngine
import Testing

@testable import Network

@Suite("what arrived and was not read") struct ConnectionInboxTests {
  @Test("bytes come before the end, the first end counts and stays")
  func order() {
    var inbox = ConnectionInbox()
    #expect(inbox.isEmpty && inbox.take() == nil)
    inbox.append([1, 2])
    inbox.end(.reset)
    inbox.end(.closed)
    inbox.append([3])
    #expect(inbox.take()?.merged == .bytes([1, 2]))
    #expect(inbox.take() == .ended(.reset))
    #expect(inbox.take() == .ended(.reset) && !inbox.isEmpty)
  }

  @Test("it is full at its limit")
  func limit() {
    var inbox = ConnectionInbox()
    inbox.append(repeatElement(0, count: ConnectionInbox.limit - 1))
    #expect(!inbox.isFull)
    inbox.append([0])
    #expect(inbox.isFull)
    #expect(inbox.takeBytes().count == ConnectionInbox.limit && !inbox.isFull)
  }

  @Test("each part keeps the instant at which it came; parts that came together are one")
  func arrivals() {
    var inbox = ConnectionInbox()
    let start = ContinuousClock.now
    inbox.append([1], at: start)
    inbox.append([2], at: start + .microseconds(100))
    inbox.append([], at: start + .seconds(1))
    inbox.append([3], at: start + .seconds(2))
    #expect(
      inbox.take() == .arrived([Arrival(octets: [1, 2], at: start), Arrival(octets: [3], at: start + .seconds(2))]))
    for index in 0..<10_000 { inbox.append([0], at: start + .seconds(index)) }
    guard case .arrived(let arrivals)? = inbox.take() else { return _ = Issue.record("nothing came") }
    #expect(arrivals.count == ConnectionInbox.maximumArrivals)
    #expect(arrivals.map(\.octets.count).reduce(0, +) == 10_000)
  }

  @Test("ends have the stable names")
  func names() {
    #expect(ConnectionEnd.closed.name == .connEOF && ConnectionEnd.reset.name == .connReset)
    #expect(ConnectionEnd(TLSFailure(.truncated, "")) == .tlsTruncated)
    #expect(ConnectionEnd(TLSFailure(.renegotiation, "")).name == .tlsRenegotiation)
    #expect(ConnectionEnd.tlsTruncated.name == .tlsTruncated)
  }
}
