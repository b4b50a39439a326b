import Dispatch
import Glibc
import Testing

@testable import Network

/// A name server on loopback that answers from a table; a name that is not in it gets no answer.
private final class TableServer: Sendable {
  /// What the server says of a name: a response code, and for each type of record its data.
  struct Entry: Sendable {
    var code: UInt8 = 0
    var namesZone = true
    var records: [UInt8: [[UInt8]]] = [:]
  }

  let port: UInt16
  private let socket: Int32

  init(_ table: [String: Entry]) throws {
    let descriptor = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    try #require(descriptor >= 0 && bound)
    (socket, port) = (descriptor, UInt16(bigEndian: address.sin_port))
    DispatchQueue(label: "name server").async { Self.serve(descriptor, table) }
  }

  deinit {
    shutdown(socket, Int32(SHUT_RDWR))
  }

  func resolver(timeout: Int = 60) -> DNSMailResolver? {
    DNSMailResolver(server: "127.0.0.1:\(port)", timeout: timeout)
  }

  private static func serve(_ descriptor: Int32, _ table: [String: Entry]) {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      var peer = sockaddr()
      var length = socklen_t(MemoryLayout<sockaddr>.size)
      let count = recvfrom(descriptor, &buffer, buffer.count, 0, &peer, &length)
      guard count > 12 else {
        close(descriptor)
        return
      }
      guard let answer = answer(Array(buffer[..<count]), table) else { continue }
      sendto(descriptor, answer, answer.count, 0, &peer, length)
    }
  }

  private static func answer(_ query: [UInt8], _ table: [String: Entry]) -> [UInt8]? {
    var labels: [String] = []
    var offset = 12
    while query[offset] > 0 {
      let end = offset + Int(query[offset])
      labels.append(String(decoding: query[(offset + 1)...end], as: UTF8.self))
      offset = end + 1
    }
    guard let entry = table[labels.joined(separator: ".")] else { return nil }
    let records = entry.records[query[offset + 2]] ?? []
    let header =
      query[..<2] + [0x81, 0x80 | entry.code, 0, 1, 0, UInt8(records.count), 0, entry.namesZone ? 1 : 0, 0, 0]
    let answers = records.map { DNSMessageTests.record(query[offset + 2], $0) }.joined()
    let zone = entry.namesZone ? DNSMessageTests.record(6, [0, 0] + [UInt8](repeating: 0, count: 20)) : []
    return Array(header + query[12..<(offset + 5)] + answers + zone)
  }
}

@Suite struct DNSMailResolverTests {
  private static func routes(
    _ table: [String: TableServer.Entry], _ domains: String..., timeout: Int = 60
  ) throws -> [DNSMailRoute] {
    let server = try TableServer(table)
    return try #require(server.resolver(timeout: timeout)).routes(of: domains.map { Array($0.utf8) })
  }

  @Test func `MX records are told by preference`() throws {
    let records: [UInt8: [[UInt8]]] = [15: [[0, 20, 1, 0x62, 0], [0, 10, 1, 0x61, 0]]]
    let routes = try Self.routes(["a.test": .init(records: records)], "a.test")
    #expect(routes == [.exchanges([.init(preference: 10, host: "a"), .init(preference: 20, host: "b")])])
  }

  @Test func `a null MX, an address without MX, nothing and no domain are four things`() throws {
    let table: [String: TableServer.Entry] = [
      "null.test": .init(records: [15: [[0, 0, 0]]]), "four.test": .init(records: [1: [[192, 0, 2, 1]]]),
      "six.test": .init(records: [28: [[UInt8](repeating: 1, count: 16)]]), "bare.test": .init(),
      "gone.test": .init(code: 3),
    ]
    let routes = try Self.routes(table, "null.test", "four.test", "six.test", "bare.test", "gone.test")
    #expect(routes == [.null, .address, .address, DNSMailRoute.none, .noDomain])
  }

  @Test func `a server that fails, or does not answer, leaves the question open`() throws {
    let routes = try Self.routes(["fails.test": .init(code: 2)], "fails.test", "silent.test", timeout: 2)
    for route in routes {
      guard case .unknown(let reason) = route else { return #expect(Bool(false), "\(route)") }
      #expect(!reason.isEmpty)
    }
  }

  @Test func `a server that fails is told from one that refuses, and from none`() throws {
    let routes = try Self.routes(
      ["fails.test": .init(code: 2), "refused.test": .init(code: 5)], "fails.test", "refused.test", "silent.test",
      timeout: 2)
    let reasons = routes.map { if case .unknown(let reason) = $0 { reason } else { "" } }
    #expect(reasons[0].contains("SERVFAIL") && reasons[1].contains("REFUSED"), "\(reasons)")
    #expect(reasons[2].contains("no answer"), "\(reasons)")
  }

  @Test func `a denial that names no zone leaves the question open`() throws {
    let routes = try Self.routes(["denied.test": .init(code: 3, namesZone: false)], "denied.test")
    #expect(routes == [.unknown("the name server denies the name without naming its zone")])
  }

  @Test func `more domains than are asked for at once come back in their order`() throws {
    let names = (0..<20).map { "d\($0).test" }
    let table = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { index, name in
        (name, TableServer.Entry(records: [15: [[0, UInt8(index), 1, 0x61, 0]]]))
      })
    let server = try TableServer(table)
    let routes = try #require(server.resolver()).routes(of: names.map { Array($0.utf8) })
    #expect(routes == names.indices.map { .exchanges([.init(preference: UInt16($0), host: "a")]) })
  }

  @Test(arguments: ["", "localhost", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "1.2.3.4:5:6", "::1"])
  func `a server that is no IPv4 address with a port is refused`(_ text: String) {
    #expect(DNSMailResolver(server: text, timeout: 1) == nil)
  }

  @Test func `a name that DNS cannot have is not asked for`() throws {
    let resolver = try #require(DNSMailResolver(server: "127.0.0.1:9", timeout: 1))
    #expect(
      resolver.routes(of: [[], [0x61, 0, 0x62], [UInt8](repeating: 0x61, count: 254)]) == [
        .noDomain, .noDomain, .noDomain,
      ])
  }
}
