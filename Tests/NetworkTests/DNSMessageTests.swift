import Testing

@testable import Network

@Suite struct DNSMessageTests {
  /// An answer about `a.test` with these records behind the question, each name a pointer to the question's.
  static func message(_ records: [[UInt8]]) -> [UInt8] {
    let header: [UInt8] = [0, 1, 0x81, 0x80, 0, 1, 0, UInt8(records.count), 0, 0, 0, 0]
    return header + question + records.joined()
  }

  private static let question: [UInt8] = [1, 0x61, 4] + Array("test".utf8) + [0, 0, 15, 0, 1]

  static func record(_ type: UInt8, _ data: [UInt8]) -> [UInt8] {
    [0xC0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, UInt8(data.count)] + data
  }

  /// `mx1` under the name of the question.
  static let mx1: [UInt8] = [3] + Array("mx1".utf8) + [0xC0, 12]

  @Test func `exchanges come by preference, their compressed names whole`() throws {
    let message = try #require(
      DNSMessage(Self.message([Self.record(15, [0, 20, 0xC0, 12]), Self.record(15, [0, 10] + Self.mx1)])))
    let expected = [
      DNSMailExchange(preference: 10, host: "mx1.a.test"), DNSMailExchange(preference: 20, host: "a.test"),
    ]
    #expect(message.exchanges == expected)
    #expect(!message.hasAddress)
  }

  @Test func `A and AAAA records are addresses, others are passed over`() throws {
    #expect(try #require(DNSMessage(Self.message([Self.record(1, [192, 0, 2, 1])]))).hasAddress)
    #expect(try #require(DNSMessage(Self.message([Self.record(28, [UInt8](repeating: 0, count: 16))]))).hasAddress)
    #expect(try !#require(DNSMessage(Self.message([Self.record(5, Self.mx1)]))).hasAddress)
  }

  @Test func `octets that a host's name does not have are written as numbers`() throws {
    let message = try #require(DNSMessage(Self.message([Self.record(15, [0, 1, 2, 0x1B, 0x22, 0])])))
    #expect(message.exchanges.map(\.host) == ["\\027\\034"])
  }

  @Test func `a message cut off anywhere in its header, question or records is refused`() {
    let whole = Self.message([Self.record(15, [0, 10] + Self.mx1), Self.record(1, [192, 0, 2, 1])])
    #expect(DNSMessage(whole) != nil)
    for length in 0..<whole.count { #expect(DNSMessage(Array(whole[..<length])) == nil, "\(length)") }
  }

  @Test func `names that point at themselves, forward or in a circle are refused`() {
    let here = UInt8(Self.message([]).count + 12 + 2)
    #expect(DNSMessage(Self.message([Self.record(15, [0, 1, 0xC0, here])])) == nil)
    #expect(DNSMessage(Self.message([Self.record(15, [0, 1, 0xC0, here + 2, 0xC0, here])])) == nil)
    #expect(DNSMessage(Self.message([Self.record(15, [0, 1, 0x80, 0])])) == nil)
  }

  @Test func `a route is null when the only exchange is the root`() {
    #expect(DNSMailRoute([]) == nil)
    #expect(DNSMailRoute([DNSMailExchange(preference: 0, host: "")]) == .null)
    let named = DNSMailExchange(preference: 5, host: "mx")
    #expect(DNSMailRoute([DNSMailExchange(preference: 0, host: ""), named]) == .exchanges([named]))
  }
}
