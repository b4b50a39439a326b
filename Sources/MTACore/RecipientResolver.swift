package import SMTPSession

/// What an address means here: the address in its final form, and the class of its domain.
package struct ResolvedAddress: Hashable, Sendable {
  /// Where mail to a domain goes, as Postfix's address classes have it.
  package enum DomainClass: String, Hashable, Sendable {
    /// `mydestination`: a mailbox here.
    case local
    /// `relay_domains`: passed on for anybody.
    case relay
    /// Everything else: passed on for those who may.
    case other = "default"
  }

  /// The final address, unquoted.
  package let octets: [UInt8]
  /// The class of the final address's domain.
  package let domainClass: DomainClass
  /// Whether a local address hid another destination in its local-part (`user%elsewhere@here`).
  package let isRouted: Bool

  /// The local-part of the final address.
  package var localPart: ArraySlice<UInt8> { ServerAddress(typed: [], octets: octets).localPart }
  /// The domain of the final address, in lower case.
  package var domain: String {
    String(decoding: ServerAddress(typed: [], octets: octets).domain ?? [], as: UTF8.self).lowercased()
  }
  /// The final address in lower case: the key for tables.
  package var key: String { String(decoding: octets, as: UTF8.self).lowercased() }
}

/// Brings an address into its final form and finds the class of its domain, as Postfix's `trivial-rewrite` does.
package struct RecipientResolver: Sendable {
  private let configuration: MTAConfiguration
  private static let at = UInt8(ascii: "@")

  /// Makes a resolver with its configuration.
  package init(_ configuration: MTAConfiguration) {
    self.configuration = configuration
  }

  /// What an address means; nil when it is none.
  ///
  /// - Parameter smtputf8: Whether the domain may be UTF-8.
  package func resolve(_ address: ServerAddress, smtputf8: Bool = false) -> ResolvedAddress? {
    var octets = rewrite(address.octets)
    var isRouted = false
    // Each turn shortens the address, so this loop ends; the bound only makes that plain.
    for _ in 0..<1000 {
      guard let split = octets.lastIndex(of: Self.at) else { return nil }
      let domain = octets[(split + 1)...]
      guard isLocal(domain) else {
        return isDomain(domain, smtputf8)
          ? ResolvedAddress(octets: octets, domainClass: domainClass(domain), isRouted: isRouted) : nil
      }
      let localPart = Array(octets[..<split])
      guard let inner = route(in: localPart) else {
        return ResolvedAddress(octets: octets, domainClass: .local, isRouted: isRouted)
      }
      octets = inner
      isRouted = true
    }
    return nil
  }

  /// The address with a domain: routing by `!` and `%` written out, the own domain added, a last dot taken away.
  private func rewrite(_ octets: [UInt8]) -> [UInt8] {
    var address = octets
    if !address.contains(Self.at) {
      address = route(in: address) ?? address + [Self.at] + configuration.origin.utf8
    }
    if address.last == UInt8(ascii: "."), !address.hasSuffixes { address.removeLast() }
    return address
  }

  /// The address that a local-part holds: `a@b`, `b!a`, `a%b`; nil when it holds none.
  private func route(in localPart: [UInt8]) -> [UInt8]? {
    if localPart.contains(Self.at) { return localPart }
    if let bang = localPart.firstIndex(of: UInt8(ascii: "!")) {
      let rest = localPart[(bang + 1)...]
      // `!a!b`: the empty site is passed over.
      if bang == 0, rest.contains(UInt8(ascii: "!")) { return route(in: Array(rest)) }
      return Array(rest) + [Self.at] + localPart[..<bang]
    }
    if let percent = localPart.lastIndex(of: UInt8(ascii: "%")) {
      return localPart[..<percent] + [Self.at] + localPart[(percent + 1)...]
    }
    return nil
  }

  private func isLocal(_ domain: ArraySlice<UInt8>) -> Bool {
    if let address = HostNameSyntax.address(ofLiteral: domain) { return configuration.ownAddresses.contains(address) }
    return configuration.localDomains.contains(String(decoding: domain, as: UTF8.self).lowercased())
  }

  private func isDomain(_ domain: ArraySlice<UInt8>, _ smtputf8: Bool) -> Bool {
    domain.first == UInt8(ascii: "[")
      ? HostNameSyntax.isLiteral(domain) : HostNameSyntax.isName(domain, allowsUTF8: smtputf8)
  }

  private func domainClass(_ domain: ArraySlice<UInt8>) -> ResolvedAddress.DomainClass {
    var rest = String(decoding: domain, as: UTF8.self).lowercased()[...]
    while !rest.isEmpty {
      if configuration.relayDomains.contains(String(rest)) { return .relay }
      guard let dot = rest.firstIndex(of: ".") else { break }
      rest = rest[rest.index(after: dot)...]
    }
    return .other
  }
}

extension [UInt8] {
  /// Whether the octets end in two dots, or in a dot behind the at sign: then the dot is no mere root.
  fileprivate var hasSuffixes: Bool {
    let before = dropLast().last
    return before == UInt8(ascii: ".") || before == UInt8(ascii: "@")
  }
}
