import CResolver
import Dispatch
import Glibc
import Synchronization

/// Asks DNS where the mail for domains goes, with the system's resolver.
package struct DNSMailResolver: Sendable {
  /// How many domains are asked for at once.
  package static let width = 8

  private let server: sockaddr_in?
  private let timeout: Int

  /// A resolver that takes at most `timeout` seconds for a domain, from 1 to 600. `server` is `ADDRESS` or
  /// `ADDRESS:PORT` with an IPv4 address, to be asked in place of the system's servers; nil is returned where it is
  /// malformed.
  package init?(server: String?, timeout: Int) {
    self.timeout = min(max(timeout, 1), 600)
    guard let server else {
      self.server = nil
      return
    }
    guard let address = Self.address(server) else { return nil }
    self.server = address
  }

  /// The route of each domain, given in ASCII. Blocks until all are known or their time is over: a look-up that is late
  /// is left to itself, and the answer is that nobody knows.
  package func routes(of domains: [[UInt8]]) -> [DNSMailRoute] {
    var routes: [DNSMailRoute] = []
    var start = 0
    while start < domains.count {
      let end = min(start + Self.width, domains.count)
      let pending = domains[start..<end].map(begin)
      let deadline = DispatchTime.now() + .seconds(timeout)
      routes += pending.map { $0.wait(until: deadline) ?? .unknown("no answer in \(timeout) s") }
      start = end
    }
    return routes
  }

  private func begin(_ domain: [UInt8]) -> DNSPendingRoute {
    let pending = DNSPendingRoute()
    // A queue of its own has a thread of its own, however many others are blocked.
    DispatchQueue(label: "dns").async { [self] in pending.set(route(of: domain)) }
    return pending
  }

  private func route(of domain: [UInt8]) -> DNSMailRoute {
    guard !domain.isEmpty, domain.count <= 253, domain.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return .noDomain }
    switch ask(domain, .mx) {
    case .nothing: break
    case .noDomain: return .noDomain
    case .failure(let reason): return .unknown(reason)
    case .message(let message):
      if let route = DNSMailRoute(message.exchanges) { return route }
    }
    return addressRoute(of: domain)
  }

  private func addressRoute(of domain: [UInt8]) -> DNSMailRoute {
    for type in [DNSMessage.RecordType.a, .aaaa] {
      switch ask(domain, type) {
      case .nothing: continue
      case .noDomain: return .noDomain
      case .failure(let reason): return .unknown(reason)
      case .message(let message): if message.hasAddress { return .address }
      }
    }
    return .none
  }

  /// What came of one question.
  private enum Answer {
    case message(DNSMessage)
    case nothing, noDomain
    case failure(String)
  }

  private func ask(_ domain: [UInt8], _ type: DNSMessage.RecordType) -> Answer {
    var state = parley_res_blank()
    guard parley_res_init(&state) == 0 else { return .failure("the resolver's configuration cannot be read") }
    defer { parley_res_close(&state) }
    // Two tries, the second twice as long as the first, end before the deadline.
    parley_res_set_limits(&state, Int32(max(1, timeout / 3)), 2)
    if let server { parley_res_set_server(&state, server) }
    var octets = [UInt8](repeating: 0, count: 65_535)
    let name = domain.map { CChar(bitPattern: $0) } + [0]
    errno = 0
    let length = parley_res_query(&state, name, Int32(type.rawValue), &octets, Int32(octets.count))
    let code = errno
    guard length >= 0 else { return Self.answer(parley_res_reason(&state), code, octets) }
    guard let message = DNSMessage(Array(octets.prefix(Int(length)))) else {
      return .failure("the name server's answer is malformed")
    }
    return .message(message)
  }

  private static func answer(_ reason: Int32, _ code: Int32, _ octets: [UInt8]) -> Answer {
    switch (reason, code) {
    // Who knows that a name does not exist names the zone in which it does not (RFC 2308 §2.1); a filter, or a name
    // server without a network behind it, does not.
    case (HOST_NOT_FOUND, _):
      octets[8] | octets[9] != 0 ? .noDomain : .failure("the name server denies the name without naming its zone")
    case (NO_DATA, _): .nothing
    // The last answer of a server that could not tell (RFC 1035 §4.1.1), where one came.
    case _ where octets[2] & 0x80 != 0 && octets[3] & 15 != 0: .failure(Self.words(octets[3] & 15))
    case (_, ETIMEDOUT): .failure("no answer from the name server")
    case (_, ECONNREFUSED): .failure("no name server there")
    default: .failure("the name server could not tell")
    }
  }

  /// What a response code says.
  private static func words(_ code: UInt8) -> String {
    switch code {
    case 1: "the name server could not read the question (FORMERR)"
    case 2: "the name server failed (SERVFAIL): it could not ask others, or DNSSEC did not hold"
    case 4: "the name server does not know such questions (NOTIMP)"
    case 5: "the name server refused to answer (REFUSED)"
    default: "the name server answered with the code \(code)"
    }
  }

  private static func address(_ text: String) -> sockaddr_in? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first, parts.count <= 2, let port = parts.count == 2 ? UInt16(parts[1]) : 53, port > 0 else {
      return nil
    }
    var address = parley_res_no_address()
    return parley_res_address(String(host), port, &address) == 1 ? address : nil
  }
}

/// A route that somebody waits for.
private final class DNSPendingRoute: Sendable {
  private let route = Mutex<DNSMailRoute?>(nil)
  private let isSet = DispatchSemaphore(value: 0)

  func set(_ found: DNSMailRoute) {
    route.withLock { $0 = found }
    isSet.signal()
  }

  /// The route; nil when the time is over before it is known.
  func wait(until deadline: DispatchTime) -> DNSMailRoute? {
    _ = isSet.wait(timeout: deadline)
    return route.withLock { $0 }
  }
}
