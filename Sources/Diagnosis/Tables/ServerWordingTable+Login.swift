extension ServerWordingTable {
  /// What servers say when they refuse a login.
  static let loginRefusals: [ServerWording] = [
    ServerWording(
      "app-password-needed", "an application password is needed",
      ["application-specific password", "app password", "app-specific password"],
      cause:
        "The account uses two steps to log in, so programs need a password made for them instead of the person's own.",
      next: ["make an application password in the account's settings and use it here"], clause: "RFC 4954 §6"),
    ServerWording(
      "web-login-needed", "a login by web browser is needed",
      ["log in via your web browser", "web login required", "webloginrequired"],
      cause: "The provider wants the person to confirm this login in a web browser first.",
      next: ["log in by a browser, follow the provider's notice, and try again"], clause: "RFC 4954 §6"),
    ServerWording(
      "password-login-disabled", "login by password is switched off",
      [
        "basic authentication is disabled", "smtpclientauthentication is disabled",
        "smtp client authentication is disabled",
      ],
      cause: "The provider's administrator has switched off login by password for this tenant or this mailbox.",
      next: [
        "the administrator can allow SMTP AUTH for this mailbox",
        "or use a mechanism with tokens: XOAUTH2, OAUTHBEARER",
      ],
      clause: "RFC 4954 §6"),
    ServerWording(
      "login-throttled", "too many failed logins",
      ["too many login", "too many auth", "too many failed login", "account locked", "locked out"],
      cause: "The server has seen too many failed logins and refuses even right ones for a while.",
      next: ["stop trying, wait some minutes, then log in once with a password that you are sure of"],
      clause: "RFC 4954 §9"),
    ServerWording(
      "login-temporary", "the login cannot be checked now",
      [
        "temporary authentication failure", "authentication temporarily", "authentication server",
        "connection lost to authentication", "auth service",
      ],
      codes: 400...499,
      cause: "The server could not ask whoever checks its passwords; user name and password were not judged.",
      next: [
        "try again later; your credentials may be right",
        "on the server (Postfix): does smtpd_sasl_path lead to a running Dovecot or saslauthd? See its log",
      ],
      clause: "RFC 4954 §6"),
    ServerWording(
      "login-bad-base64", "the login was not understood",
      [
        "invalid base64", "cannot decode", "base64 decod", "bad protocol / cancel", "another step is needed",
        "not valid base64",
      ],
      cause: "The answer of AUTH was no base64, or held not what the mechanism prescribes.",
      next: [
        "parley auth decode STRING takes the string apart; for PLAIN it must be NUL user NUL password",
        "parley auth plain builds it; a shell's echo adds a line feed, and an unquoted NUL is lost",
      ],
      clause: "RFC 4954 §4, RFC 4616 §2"),
    ServerWording(
      "login-no-mechanism", "the mechanism is not available",
      [
        "no mechanism available", "invalid authentication mechanism", "unrecognized authentication type",
        "unsupported authentication", "mechanism not supported", "unknown authentication mechanism",
        "authentication mechanism is not supported", "unknown auth",
      ],
      cause: "The server does not know the mechanism of this AUTH command, or does not allow it here.",
      next: [
        "use one of those that EHLO lists after AUTH; without --auth NAME parley send chooses by itself",
        "some mechanisms are offered only inside TLS: parley send --tls --auth …",
        "on the server (Postfix): smtpd_sasl_security_options, smtpd_sasl_mechanism_filter, and the mechanisms of Dovecot or Cyrus",
      ],
      clause: "RFC 4954 §4"),
    ServerWording(
      "login-cancelled", "the login was cancelled",
      ["authentication aborted", "authentication cancel", "auth aborted", "auth cancel"],
      cause: "The client answered * and so gave the login up; the server says that it understood.",
      next: ["begin again with AUTH"], clause: "RFC 4954 §4"),
    ServerWording(
      "login-refused", "user name or password is wrong",
      [
        "authentication failed", "authentication failure", "authentication unsuccessful",
        "authentication credentials invalid",
        "incorrect authentication data", "username and password not accepted", "invalid credentials",
        "bad username or password",
        "invalid login", "login failed", "authentication rejected", "invalid user", "incorrect password",
        "incorrect username", "auth failed",
      ],
      isLoginOnly: true,
      cause: "The server did not accept this user name with this password; it does not say which of the two is wrong.",
      next: [
        "check user and password; is the user name with or without @domain? Try both",
        "parley auth plain shows what AUTH PLAIN sends, parley auth decode STRING takes a recorded string apart",
        "on the server (Postfix): the log line SASL … authentication failed; for Cyrus smtpd_sasl_local_domain, for Dovecot doveadm auth test USER",
      ],
      clause: "RFC 4954 §6"),
  ]

  /// What servers say when there should have been a login, or when AUTH itself is out of place.
  static let loginDemands: [ServerWording] = [
    ServerWording(
      "login-not-enabled", "AUTH is not enabled here",
      [
        "authentication not enabled", "auth command used when not advertised", "auth not available",
        "authentication is not enabled", "auth not enabled", "authentication not supported",
        "authentication is not allowed",
      ],
      cause: "The server does no AUTH here: not at all, not on this port, or only inside TLS.",
      next: [
        "use STARTTLS first, or the submission ports: smtp://HOST:587, smtps://HOST:465",
        "on the server (Postfix): smtpd_sasl_auth_enable = yes for the submission service; smtpd_tls_auth_only = yes demands TLS",
      ],
      clause: "RFC 4954 §4"),
    ServerWording(
      "login-twice", "already logged in", ["already authenticated"],
      cause: "A session has one login; a second AUTH is refused after the first succeeded.",
      next: ["go on with MAIL; for another user QUIT and connect again"], clause: "RFC 4954 §4"),
    ServerWording(
      "login-in-transaction", "AUTH in the middle of a message",
      [
        "mail transaction in progress", "auth command is not permitted during",
        "not permitted during a mail transaction",
      ],
      cause: "AUTH is not allowed between MAIL and the end of the message.",
      next: ["RSET ends the message; then AUTH, then MAIL"], clause: "RFC 4954 §4"),
    ServerWording(
      "login-needed", "a login is needed",
      [
        "authentication required", "authentication is required", "auth required", "must authenticate",
        "must be authenticated", "client was not authenticated",
        "authenticate first", "not authenticated", "log in first", "login first", "authentication needed",
        "requires authentication",
        "need to authenticate", "5.7.57", "no smtp auth", "smtp auth required",
      ],
      cause: "The server takes this command only from a client that has logged in.",
      next: [
        "@login",
        "on the server (Postfix): permit_sasl_authenticated comes before reject in smtpd_recipient_restrictions or smtpd_client_restrictions",
      ],
      clause: "RFC 4954 §6"),
    ServerWording(
      "relay-denied", "relaying is denied",
      [
        "relay access denied", "relaying denied", "relay denied", "unable to relay", "relay not permitted",
        "relaying not permitted", "not permitted to relay",
        "do not relay", "don't relay", "relaying not allowed", "relay prohibited", "relaying prohibited",
        "not allowed to relay", "relay not allowed",
        "allowed rcpthosts", "not an open relay", "relaying is",
      ],
      cause:
        "The recipient's domain is none of this server's own, and it passes mail on to others only for clients that it trusts.",
      next: [
        "@login", "is this the right server for the recipient's domain? Its MX records say which is",
        "on the server (Postfix): the domain belongs into mydestination, relay_domains or virtual_mailbox_domains, or the client into mynetworks; see smtpd_relay_restrictions",
      ],
      clause: "RFC 5321 §7.8"),
  ]
}
