package import SMTPSession

/// Who speaks the mechanisms of AUTH.
package enum MTAAuthBackEnd: String, Hashable, Sendable {
  /// The server itself, with its users and the words of Cyrus SASL.
  case own = "cyrus"
  /// Dovecot's auth service.
  case dovecot
}

/// What the reference MTA is: its names, its domains, its users, whom it trusts.
///
/// The initial values are those of `parley mta run` without a configuration: mail is taken for its own domains and users
/// only, from anybody; to other places from users who logged in.
package struct MTAConfiguration: Hashable, Sendable {
  /// What the session says and limits.
  package var session: ServerConfiguration
  /// The domain of addresses without one: `myorigin`.
  package var origin: String
  /// Domains, in lower case, whose recipients have their mailbox here: `mydestination`.
  package var localDomains: Set<String>
  /// Domains, in lower case and with their subdomains, that mail is passed on for: `relay_domains`.
  package var relayDomains: Set<String> = []
  /// Clients that may send anywhere: `mynetworks`. Nobody by default, for on a workbench every client is a neighbour.
  package var trustedNetworks: [IPNetwork] = []
  /// Whether only users who logged in may send: for the submission port (RFC 6409 §3.3).
  package var requiresLogin = false
  /// Clients whose incomplete headers are completed: `local_header_rewrite_clients`.
  package var localClients: [IPNetwork] = IPNetwork.loopback
  /// The addresses, as text, that mean this host in a domain literal.
  package var ownAddresses: Set<String> = ["127.0.0.1", "::1"]
  /// Who has a mailbox and may log in.
  package var users: [MTAUser]
  /// Who speaks the mechanisms of AUTH: `smtpd_sasl_type`.
  package var authBackEnd = MTAAuthBackEnd.own
  /// The socket of Dovecot's auth service: a path, or `inet:HOST:PORT`; `smtpd_sasl_path`.
  package var authSocket = "private/auth"
  /// The realm of DIGEST-MD5; empty for none: `smtpd_sasl_local_domain`.
  package var realm = ""
  /// Whether clients are asked for a certificate, which EXTERNAL needs: `smtpd_tls_ask_ccert`.
  package var asksCertificate = false
  /// The PEM file of the authorities that vouch for clients; the server's own when nil: `smtpd_tls_CAfile`.
  package var clientAuthorities: String?
  /// The greatest number of Received fields: `hopcount_limit`.
  package var hopLimit = 50
  /// Whether the Received field tells of TLS: `smtpd_tls_received_header`.
  package var tellsTLS = true
  /// Whether the Received field names who logged in: `smtpd_sasl_authenticated_header`.
  package var tellsLogin = false

  /// The configuration of a host whose domain is what stands behind its first label.
  package init(hostname: String = "mail.example.com", users: [MTAUser] = MTAConfiguration.sampleUsers) {
    var session = ServerConfiguration(hostname: hostname)
    session.tls = .may
    session.mechanisms = ["PLAIN", "LOGIN"]
    session.bareLineFeed = .consistent
    self.session = session
    let domain = hostname.split(separator: ".").dropFirst().joined(separator: ".").lowercased()
    origin = domain.isEmpty ? hostname : domain
    localDomains = [hostname.lowercased(), "localhost", "localhost.\(origin)", origin, "example.org"]
    self.users = users
  }

  /// The users that one may try without configuring any.
  package static let sampleUsers = [MTAUser("alice", password: "wonderland"), MTAUser("bob", password: "builder")]

  /// The name of the host.
  package var hostname: String { session.hostname }
}
