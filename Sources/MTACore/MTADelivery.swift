package import SMTPSession

/// Where one copy of a message goes.
package struct MTADelivery: Hashable, Sendable {
  /// The kinds of places.
  package enum Place: Hashable, Sendable {
    /// The mailbox of this name.
    case mailbox(String)
    /// Nowhere: mail for MAILER-DAEMON.
    case discard
    /// Somebody else's server.
    case elsewhere
  }

  /// Where the copy goes.
  package let place: Place
  /// The recipient as the client gave it, quoted.
  package let original: [UInt8]
  /// The recipient in its final form, quoted.
  package let final: [UInt8]
}

extension MTAPolicy {
  /// The copies that a message's recipients need: one for each address, duplicates left out.
  package func deliveries(for recipients: [ServerRecipient]) -> [MTADelivery] {
    var seen: Set<[String]> = []
    var deliveries: [MTADelivery] = []
    for recipient in recipients {
      guard let resolved = resolver.resolve(recipient.address, smtputf8: true) else { continue }
      let original = recipient.address.quoted
      let mark = [String(decoding: original, as: UTF8.self).lowercased(), resolved.key]
      guard seen.insert(mark).inserted else { continue }
      let final = ServerAddress(typed: [], octets: resolved.octets).quoted
      deliveries.append(MTADelivery(place: place(of: resolved), original: original, final: final))
    }
    return deliveries
  }

  private func place(of resolved: ResolvedAddress) -> MTADelivery.Place {
    guard resolved.domainClass == .local else { return .elsewhere }
    return mailbox(of: resolved).map { $0.isEmpty ? .discard : .mailbox($0) } ?? .elsewhere
  }

  /// The name of the mailbox of a local address; empty when its mail is discarded, nil when there is none.
  func mailbox(of resolved: ResolvedAddress) -> String? {
    let name = String(decoding: resolved.localPart, as: UTF8.self).lowercased()
    if name.isEmpty || name == "mailer-daemon" || name == "double-bounce" { return "" }
    if name == "postmaster" { return name }
    return configuration.users.first { $0.name == name }?.name
  }
}
