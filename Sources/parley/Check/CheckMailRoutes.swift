import Network

/// Where the mail for domains goes: each is asked for once, and told beside the verdicts, never in them.
struct CheckMailRoutes {
  private let resolver: DNSMailResolver
  private var known: [[UInt8]: DNSMailRoute] = [:]

  /// Answers that are kept.
  private static let limit = 4_096

  init(_ resolver: DNSMailResolver) { self.resolver = resolver }

  /// Asks for the domains that are not known yet.
  mutating func ask(_ domains: [[UInt8]]) {
    if known.count > Self.limit { known = known.filter { domains.contains($0.key) } }
    var seen: Set<[UInt8]> = []
    let unknown = domains.filter { known[$0] == nil && seen.insert($0).inserted }
    for (domain, route) in zip(unknown, resolver.routes(of: unknown)) { known[domain] = route }
  }

  /// Appends a line for people; a domain of nil is a literal, for which DNS has nothing to say.
  func appendText(_ domain: [UInt8]?, to output: inout [UInt8]) {
    output += Array("  mail: \(Self.sentence(domain.map(route)))\n".utf8)
  }

  /// Appends the member `mx`.
  func appendJSON(_ domain: [UInt8]?, to output: inout [UInt8]) {
    output += Array(",\"mx\":\(Self.object(domain.map(route)))".utf8)
  }

  private func route(_ domain: [UInt8]) -> DNSMailRoute { known[domain] ?? .unknown("not asked") }

  private static func sentence(_ route: DNSMailRoute?) -> String {
    switch route {
    case .exchanges(let exchanges):
      "goes to " + exchanges.map { "\($0.preference) \($0.host)" }.joined(separator: ", ") + remark(exchanges)
    case .address: "goes to the host itself, which has no MX (RFC 5321 §5.1)"
    case .null: "the domain takes none (null MX, RFC 7505)"
    case .some(.none): "the domain has neither MX nor address"
    case .noDomain: "there is no such domain"
    case .unknown(let reason): "could not find out: \(reason)"
    case nil: "goes to the address in the literal"
    }
  }

  /// What is wrong with the hosts: an address cannot stand in an MX record, and no server will look it up.
  private static func remark(_ exchanges: [DNSMailExchange]) -> String {
    let addresses = exchanges.map(\.host).filter { host in
      let labels = host.split(separator: ".", omittingEmptySubsequences: false)
      return labels.count == 4 && labels.allSatisfy { UInt8($0) != nil }
    }
    guard let first = addresses.first else { return "" }
    return "; \(first) is an address: an MX record names a host (RFC 5321 §5.1)"
  }

  private static func object(_ route: DNSMailRoute?) -> String {
    switch route {
    case .exchanges(let exchanges):
      "{\"status\":\"mx\",\"exchanges\":[\(exchanges.map(exchange).joined(separator: ","))]}"
    case .address: "{\"status\":\"address\"}"
    case .null: "{\"status\":\"null-mx\"}"
    case .some(.none): "{\"status\":\"none\"}"
    case .noDomain: "{\"status\":\"no-domain\"}"
    case .unknown(let reason): "{\"status\":\"could not find out\",\"reason\":\"\(reason)\"}"
    case nil: "{\"status\":\"literal\"}"
    }
  }

  private static func exchange(_ exchange: DNSMailExchange) -> String {
    // A host's name has no other character that JSON escapes.
    let host = exchange.host.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
    return "{\"preference\":\(exchange.preference),\"host\":\"\(host)\"}"
  }
}
