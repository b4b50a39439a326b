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
    #expect(inbox.take() == .bytes([1, 2]))
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

  @Test("ends have the stable names")
  func names() {
    #expect(ConnectionEnd.closed.name == .connEOF && ConnectionEnd.reset.name == .connReset)
    #expect(ConnectionEnd(TLSFailure(.truncated, "")) == .tlsTruncated)
    #expect(ConnectionEnd(TLSFailure(.renegotiation, "")).name == .tlsRenegotiation)
    #expect(ConnectionEnd.tlsTruncated.name == .tlsTruncated)
  }
}
