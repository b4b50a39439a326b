/// Where the mail for a domain goes, as DNS has it (RFC 5321 §5.1).
package enum DNSMailRoute: Sendable, Equatable {
  /// To these hosts, the preferred first.
  case exchanges([DNSMailExchange])
  /// To the domain itself: it has no MX record, and an address.
  case address
  /// Nowhere: the domain says that it takes no mail (RFC 7505).
  case null
  /// Nowhere: the domain exists, and has neither MX nor address records.
  case none
  /// Nowhere: there is no such domain.
  case noDomain
  /// Nobody knows: why, in a few words.
  case unknown(String)

  /// What MX records say; nil where there are none.
  init?(_ exchanges: [DNSMailExchange]) {
    guard !exchanges.isEmpty else { return nil }
    let named = exchanges.filter { !$0.host.isEmpty }
    self = named.isEmpty ? .null : .exchanges(named)
  }
}
