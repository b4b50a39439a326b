/// What an onlooker or attacker can do with a mechanism, and what it gives besides, as Cyrus SASL and Dovecot tell it.
package struct SASLMechanismTraits: OptionSet, Hashable, Sendable {
  /// One bit for each trait.
  package let rawValue: Int

  /// Makes a set of its bits.
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Who reads the wire reads the password or token.
  package static let plaintext = Self(rawValue: 1)
  /// Nobody in particular logs in.
  package static let anonymous = Self(rawValue: 2)
  /// Anyone between client and server can use what they see.
  package static let active = Self(rawValue: 4)
  /// Who reads the wire can try passwords against it.
  package static let dictionary = Self(rawValue: 8)
  /// One session's secrets do not open another.
  package static let forwardSecrecy = Self(rawValue: 16)
  /// The server proves itself, too.
  package static let mutual = Self(rawValue: 32)
}

/// Which mechanisms a server may offer: `smtpd_sasl_security_options`.
package struct SASLSecurityOptions: Hashable, Sendable {
  /// What a mechanism must not have.
  package var forbidden: SASLMechanismTraits
  /// What a mechanism must have.
  package var needed: SASLMechanismTraits

  /// Makes options of their two sides; without any, everything is allowed.
  package init(forbidden: SASLMechanismTraits = [], needed: SASLMechanismTraits = []) {
    self.forbidden = forbidden
    self.needed = needed
  }

  /// Postfix's default: anybody but a nobody.
  package static let noAnonymous = Self(forbidden: .anonymous)

  /// Reads Postfix's list of words, in any case, with blanks or commas between them; nil when a word is not known.
  package init?(_ list: String) {
    self.init()
    for word in list.lowercased().split(whereSeparator: { " ,\t".contains($0) }) {
      switch word {
      case "noplaintext": forbidden.insert(.plaintext)
      case "noanonymous": forbidden.insert(.anonymous)
      case "noactive": forbidden.insert(.active)
      case "nodictionary": forbidden.insert(.dictionary)
      case "forward_secrecy": needed.insert(.forwardSecrecy)
      case "mutual_auth": needed.insert(.mutual)
      default: return nil
      }
    }
  }

  /// Whether a mechanism of such traits may be offered.
  package func allow(_ traits: SASLMechanismTraits) -> Bool {
    forbidden.isDisjoint(with: traits) && needed.isSubset(of: traits)
  }
}

/// A mechanism that a back end speaks.
package struct SASLMechanismOffer: Hashable, Sendable {
  /// In upper case.
  package let name: String
  /// What the back end says of it.
  package let traits: SASLMechanismTraits

  /// Makes an offer.
  package init(_ name: String, traits: SASLMechanismTraits = []) {
    self.name = name
    self.traits = traits
  }
}
