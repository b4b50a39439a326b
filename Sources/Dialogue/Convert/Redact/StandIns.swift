import SMTPWire

/// The stand-ins of one dialogue: the same name always has the same one.
struct StandIns {
  /// Names and addresses that stay, since they are reserved for examples; no stand-in may be one of them.
  private(set) var taken: Set<[UInt8]> = []
  /// Domains of mailboxes, which get other stand-ins than hosts do.
  private(set) var mailDomains: Set<[UInt8]> = []
  private var names: [[UInt8]: [UInt8]] = [:]
  private var users: [[UInt8]: [UInt8]] = [:]
  private var addresses: [[UInt8]: [UInt8]] = [:]
  private var counts: [String: Int] = [:]

  /// Takes note of a name that stays.
  mutating func keep(_ octets: some Collection<UInt8>) { taken.insert(Self.key(octets)) }

  /// Takes note that mailboxes are in a domain.
  mutating func meet(domain: some Collection<UInt8>) {
    let key = Self.key(domain)
    if Self.isReserved(name: key) { taken.insert(key) } else { mailDomains.insert(key) }
  }

  /// What stands for a host's name or a domain.
  mutating func name(_ name: some Collection<UInt8>) -> [UInt8] {
    let key = Self.key(name)
    if Self.isReserved(name: key) { return Array(name) }
    if let known = names[key] { return known }
    let new = mailDomains.contains(key) ? newDomain() : fresh("host") { "host\($0).example.net" }
    names[key] = new
    return new
  }

  /// What stands for the local part of a mailbox, or of a message id.
  mutating func user(_ local: some Collection<UInt8>, isMessageID: Bool = false) -> [UInt8] {
    let key = Self.key(local)
    if Self.roles.contains(key.text) { return Array(local) }
    if let known = users[key] { return known }
    let new = isMessageID ? fresh("id") { "id\($0)" } : fresh("user") { "user\($0)" }
    users[key] = new
    return new
  }

  /// What stands for an IP address (RFC 5737, RFC 3849).
  mutating func address(_ address: some Collection<UInt8>) -> [UInt8] {
    let key = Self.key(address)
    if Self.isReserved(address: key) { return Array(address) }
    if let known = addresses[key] { return known }
    let new =
      key.contains(UInt8(ascii: ":"))
      ? fresh("ipv6") { "2001:db8::\(String($0, radix: 16))" }
      : fresh("ipv4") { number in
        let networks = ["192.0.2", "198.51.100", "203.0.113"]
        return "\(networks[(number - 1) / 254 % 3]).\((number - 1) % 254 + 1)"
      }
    addresses[key] = new
    return new
  }

  private mutating func newDomain() -> [UInt8] {
    fresh("domain") { number in
      switch number {
      case 1: "example.com"
      case 2: "example.org"
      default: "domain\(number).example"
      }
    }
  }

  /// The next of a row of names that does not stand in the dialogue already.
  private mutating func fresh(_ row: String, _ make: (Int) -> String) -> [UInt8] {
    while true {
      let number = counts[row, default: 0] + 1
      counts[row] = number
      let name = Array(make(number).utf8)
      // There are no more than 762 addresses of IPv4 for examples.
      if !taken.contains(name) || (row == "ipv4" && number > 762) { return name }
    }
  }

  private static func key(_ octets: some Collection<UInt8>) -> [UInt8] {
    octets.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
  }
}

// What needs no stand-in.
extension StandIns {
  /// Mailboxes that every domain has (RFC 2142).
  private static let roles: Set<String> = [
    "postmaster", "abuse", "mailer-daemon", "double-bounce", "noreply", "no-reply",
  ]

  /// RFC 2606 and RFC 6761.
  static func isReserved(name: [UInt8]) -> Bool {
    let labels = name.split(separator: UInt8(ascii: ".")).map(\.text)
    guard let last = labels.last else { return true }
    if ["example", "test", "invalid", "localhost", "localdomain"].contains(last) { return true }
    return labels.count >= 2 && labels[labels.count - 2] == "example" && ["com", "net", "org", "edu"].contains(last)
  }

  /// Loopback, unspecified, and what is for documentation.
  static func isReserved(address: [UInt8]) -> Bool {
    let text = address.text
    return ["127.", "0.0.0.0", "192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:"].contains { text.hasPrefix($0) }
      || ["::1", "::"].contains(text)
  }
}
